"""How a model is made: one module per recipe."""

NETWORK_RECIPES = ("thorough", "classify", "triplet", "siamese", "supcon", "proxy", "arcface")
"""Those that train a network itself, each a module whose `begin` opens it."""

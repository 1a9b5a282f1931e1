"""Recipes: one module per way of training an embedding model."""

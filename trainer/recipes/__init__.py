"""How a model is made: one module per recipe."""

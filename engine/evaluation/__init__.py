"""How well a model finds what belongs together: metrics as pure functions, and their use on labelled photos."""

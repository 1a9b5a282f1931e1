"""A training as a page for people, as pictures and as vectors for TensorBoard."""

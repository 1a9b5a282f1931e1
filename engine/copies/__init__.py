"""Is it the same picture? Two pictures are laid over each other, and their pixels decide."""

"""Copies and bursts in the library: groups, each with the photo that is worth keeping."""

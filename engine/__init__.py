"""Finds lookalikes among a person's own photos: a library of its own, without Qt, torch, printing or global state."""

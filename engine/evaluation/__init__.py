"""Retrieval metrics: pure functions of rankings, in plain numpy."""

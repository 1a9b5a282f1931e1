"""Trains embedding models: the only package that knows torch. It also runs alone, as `lookalike train`."""

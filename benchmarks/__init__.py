"""Reproducible measurements: each module prints one line of JSON with its ratio to the reference it names."""

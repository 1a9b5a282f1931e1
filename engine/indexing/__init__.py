"""Keeping the catalogue in step with the disk: scan, read in worker processes, commit, index."""

"""Nearest neighbours: an exact index, an HNSW graph, and the file that keeps the graph."""

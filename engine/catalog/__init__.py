"""The SQLite files of a library: what is true about photos, embeddings, queries, and the thumbnail cache."""

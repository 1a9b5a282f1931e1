"""From pixels to embeddings: model folders, and the ONNX Runtime sessions that run them."""

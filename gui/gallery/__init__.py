"""The grid of matches: model, view, cell painting, thumbnails, drag."""

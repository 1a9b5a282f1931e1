"""The parts of the filter panel: models with counts, the histogram, and who counts."""

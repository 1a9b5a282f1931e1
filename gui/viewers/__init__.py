"""Large views: one photo at full size."""

"""What asks, welcomes or explains."""

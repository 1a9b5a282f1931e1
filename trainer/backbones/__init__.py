"""Networks: the ones that are trained, and the ones that teach."""

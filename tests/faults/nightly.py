"""How much the fault tests take on: a few rounds of each by day, very many at night (`make nightly`)."""

import os

NIGHTLY = bool(int(os.environ.get("LOOKALIKE_NIGHTLY", "0")))

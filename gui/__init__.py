"""The PySide6 front end: it shows what the engine knows and owns no rule of its own."""

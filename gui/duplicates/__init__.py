"""Groups of copies and bursts: looked through, decided about, and moved to the trash."""

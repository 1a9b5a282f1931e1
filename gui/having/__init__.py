"""Do I have this? Files from outside, each beside what the library has of it."""

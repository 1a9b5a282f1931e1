"""Do I have this? Files from outside, each with what the library has of it."""

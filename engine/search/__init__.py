"""From a question to a ranked page of matches."""

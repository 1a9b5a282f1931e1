"""Files the program ships: models, icons, translations."""

"""What all recipes share that train a network itself: where it starts, what it is shown, how it is validated."""

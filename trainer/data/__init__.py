"""What a training run reads: photos from folders and files."""

"""From file to pixels: formats, decoding, colour, EXIF, thumbnails, perceptual hashes and model inputs."""

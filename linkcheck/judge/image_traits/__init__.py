"""What an article declares about an image, and signs that an image is a placeholder."""

"""What an article declares of an image, and signs that an image stands for another."""

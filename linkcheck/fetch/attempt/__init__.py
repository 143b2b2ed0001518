"""One attempt at a target: follows redirects hop by hop and reads as much of the final response as the probe needs."""

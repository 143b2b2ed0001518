"""One attempt at a target: redirects followed hop by hop, and the final response read as closely as the probe wants."""

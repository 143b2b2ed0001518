"""Which target is requested next, and what is done with its outcome."""

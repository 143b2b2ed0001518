"""How often and how many at once; when to retry, and when to leave a host alone."""

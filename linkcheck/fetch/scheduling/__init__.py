"""Decides which target is requested next, and what happens with its outcome."""

"""Recordings: written during a run, and played back instead of the network."""

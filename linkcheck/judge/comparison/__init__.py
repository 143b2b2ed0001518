"""Compares what an article declares with what was found."""

"""A recorded web: written down during a run, and played back in place of the network."""

"""Targets to outcomes: the only part that speaks to the network, and the only asynchronous one."""

"""Looks for what can be corrected in all articles, and writes it.

Nothing is written that was not seen to answer: what the web gives as a new URL is requested itself before it counts. And
nothing is written that is not safe, unless the user says so: judge decides which is which (`linkcheck.judge.comparison.replacements`).
"""

from linkcheck.fixing.change import Change, difference, write
from linkcheck.fixing.looking import Found, find_corrections

__all__ = ["Change", "Found", "difference", "find_corrections", "write"]

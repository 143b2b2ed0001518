"""Looks for what can be corrected in all articles, and writes it.

Nothing is written that was not seen to answer: what the web gives as a new URL is asked for itself before it counts.
"""

from linkcheck.fixing.change import Change, difference, write
from linkcheck.fixing.desk import Done
from linkcheck.fixing.looking import Found, find_corrections

__all__ = ["Change", "Done", "Found", "difference", "find_corrections", "write"]

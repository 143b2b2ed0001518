"""Looks for what can be corrected in all articles, and writes it.

Nothing is written that was not seen to answer: what the web gives as a new URL is requested itself before it counts. And
nothing is written that is not safe, unless the user says so: judge decides which is which
(`linkcheck.judge.comparison.replacements`).
"""

from linkcheck.commands.fix.diff import FixedFile, difference, write
from linkcheck.commands.fix.find import FixesFound, find_corrections

__all__ = ["FixedFile", "FixesFound", "difference", "find_corrections", "write"]

"""Finds the corrections of all articles, and writes them.

A URL that a server or page declares is requested before it is written. Only safe corrections are written, unless the user
requests the unsafe ones too; judge decides which are safe (`linkcheck.judge.comparison.replacements`).
"""

from linkcheck.commands.fix.archived_copies import ArchiveFixes
from linkcheck.commands.fix.diff import FixedFile, difference, write
from linkcheck.commands.fix.find import FixesFound, find_corrections

__all__ = ["ArchiveFixes", "FixedFile", "FixesFound", "difference", "find_corrections", "write"]

"""Titles of articles and pages compared, in any language."""

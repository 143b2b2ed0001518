"""Checks the links, images and AMP pages that Markdown front matter names."""

__version__ = "0.1.0"

"""Looks up copies of pages in web archives, by the Memento protocol (RFC 7089)."""

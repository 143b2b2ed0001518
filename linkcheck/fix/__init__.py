"""Findings and the bytes of an article -> the bytes that correct them; every other byte stays as it is (pure)."""

from linkcheck.fix.correct import Corrected, Refusal, correct
from linkcheck.fix.corrections import Correction, correction, corrections_of, left_out

__all__ = [
    "Corrected",
    "Correction",
    "Refusal",
    "correct",
    "correction",
    "corrections_of",
    "left_out",
]

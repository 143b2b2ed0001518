"""Corrects the findings of an article in its bytes; all other bytes are preserved (pure)."""

from linkcheck.fix.correct import Corrected, Refusal, correct
from linkcheck.fix.corrections import Correction, correction, corrections_of, uncorrected

__all__ = [
    "Corrected",
    "Correction",
    "Refusal",
    "correct",
    "correction",
    "corrections_of",
    "uncorrected",
]

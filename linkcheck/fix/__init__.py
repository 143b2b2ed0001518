"""Corrects the findings of an article in its bytes; all other bytes are preserved (pure)."""

from linkcheck.fix.correct import Corrected, Refusal, correct, is_empty, texts_of
from linkcheck.fix.corrections import Correction, correction, corrections_of, uncorrected
from linkcheck.fix.edits import edits_of

__all__ = [
    "Corrected",
    "Correction",
    "Refusal",
    "correct",
    "correction",
    "corrections_of",
    "edits_of",
    "is_empty",
    "texts_of",
    "uncorrected",
]

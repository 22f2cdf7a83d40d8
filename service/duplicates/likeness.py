"""Two documents in, whether they may be one out, and why not.

Words alone do not tell: the same letter goes to twenty units with twenty numbers, a report comes each month
in the same words. So what names a document speaks first, where it was read for certain; its words only where
that agrees or is missing.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import fuzz

from pipeline.text import fold, nfc
from service.duplicates.sketch import LEAST, figures, shingles
from service.mapping import number_key

NAMED = 0.4  # of the shorter text's shingles that the other has, where number and day are the same
UNNAMED = 0.8  # the same where one of them lacks its number or day
UNNAMED_BOTH_WAYS = 0.6  # of all shingles of both, then
FIGURES = 0.85  # of all numbers in both texts, then: what tells this month's report from the last
_HEAD = 1500  # characters in which a document's own number stands
_OWN_NUMBER = re.compile(r"\bso\s*:\s*(\d{1,5}[a-z]?\s*/\s*[\w/-]+)")  # "số 5/CT-UBND" is another's
_SAME_ISSUER = 80  # of 100: "UBND tỉnh X" and "Ủy ban nhân dân tỉnh X" are told apart by less


@dataclass(frozen=True, slots=True)
class Named:
    """What names a document: the keys of service/mapping.py, and which of them were read in doubt."""

    number: str
    issued_on: dt.date | None
    issuer: str
    addressees: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    text: str = field(default="", repr=False)

    def sure(self, name: str) -> bool:
        """Whether a field was read, and without doubt."""
        return bool(getattr(self, name)) and name not in self.doubtful

    @property
    def numbered(self) -> str:
        """Its number; where none was read, or in doubt, what its head says."""
        if self.sure("number"):
            return self.number
        said = _OWN_NUMBER.search(fold(nfc(self.text[:_HEAD])))
        return number_key(said[1]) if said else ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Shares of what two texts have in common: `contained` of the shorter one's shingles, `shared` of all,
    `figures` of all numbers."""

    contained: float
    shared: float
    figures: float


def conflict(one: Named, other: Named) -> str:
    """What says that they are two: "number", "issued_on", "issuer" or "addressees"; "" where nothing does."""
    if one.numbered and other.numbered and one.numbered != other.numbered:
        return "number"
    if one.sure("issued_on") and other.sure("issued_on") and one.issued_on != other.issued_on:
        return "issued_on"
    if one.sure("issuer") and other.sure("issuer") and not _same_issuer(one.issuer, other.issuer):
        return "issuer"
    apart = one.addressees and other.addressees and not one.addressees & other.addressees
    return "addressees" if apart and not _identified(one, other) else ""


def likeness(one: str, other: str) -> Likeness:
    """What two texts share."""
    here, there = shingles(one), shingles(other)
    both = len(np.intersect1d(here, there, assume_unique=True))
    least, most = min(len(here), len(there)), len(here) + len(there) - both
    numbers, others = figures(one), figures(other)
    all_numbers = (numbers | others).total()
    return Likeness(
        both / least if least >= LEAST else 0.0,
        both / most if most else 0.0,
        (numbers & others).total() / all_numbers if all_numbers else 1.0,
    )


def may_be_one(one: Named, other: Named) -> Likeness | None:
    """How alike they are, where they may be one document; else None."""
    if conflict(one, other):
        return None
    found = likeness(one.text, other.text)
    if _identified(one, other):
        return found if found.contained >= NAMED else None
    alike = found.contained >= UNNAMED and found.shared >= UNNAMED_BOTH_WAYS
    return found if alike and found.figures >= FIGURES else None


def _identified(one: Named, other: Named) -> bool:
    """Whether number and day name the same document for certain."""
    return all(
        one.sure(name) and getattr(one, name) == getattr(other, name) for name in ("number", "issued_on")
    )


def _same_issuer(one: str, other: str) -> bool:
    short = (one.replace("uy ban nhan dan", "ubnd"), other.replace("uy ban nhan dan", "ubnd"))
    return max(fuzz.ratio(*short), fuzz.partial_ratio(*short) - 5) >= _SAME_ISSUER

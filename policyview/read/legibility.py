"""Judges whether a page's text can be read as language, and says why where it cannot."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from policyview.model import Loss
from policyview.read.formats import SHOWN_ONLY

_FEWEST_CHARS = 80  # fewer visible characters are too few to judge by
_MOST_CONTROLS = 0.3  # share of control characters, also of a short text: glyph numbers look like that
_LEAST_READABLE = 0.7  # share of letters, digits, marks and punctuation among visible characters; prose has 1.0
_USUAL_VOWELS = 0.34  # share of vowels among Latin letters: English has 0.38; pages of codes less, so look closer
_FEWEST_LETTERS = 400  # for the shares of vowels and pairs; a short list of codes must not trip them
_LEAST_PAIRS = 0.18  # share of common pairs of letters: English has 0.45, letters exchanged for others 0.1
_COMMON_PAIRS = frozenset((
    "th", "he", "in", "er", "an", "re", "on", "at", "en", "nd", "ti", "es", "or", "te", "of", "ed", "is", "it", "al",
    "ar", "st", "to", "nt", "ng", "se", "ha", "as", "ou", "io", "le", "ve", "co", "me", "de", "hi", "ri", "ro", "ic",
    "ne", "ea", "ra", "ce", "la", "el", "os", "ue", "ci", "di", "ie", "ch", "un",
))
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
_RUN_OCR = "Run text recognition (OCR) elsewhere and add the result."
_MOST_OBJECTS = 500  # drawn objects looked at on a page without text


def losses(page: pypdfium2.PdfPage, number: int, printed: str, text: str) -> tuple[Loss, ...]:
    """What of a page's text is missing, not language or was replaced."""
    if not text or text.isspace():
        reason = _why_no_text(page)
        return (Loss(number, f"Page {number} {reason}"),) if reason else ()
    found = []
    if not is_language(text):
        found.append(Loss(number, f"Page {number} has text that is not language (its font hides the letters): "
                                  "compare its picture, or run text recognition (OCR) on the file."))
    replaced = len(_UNHOLDABLE.findall(printed))
    if replaced:
        characters = "a character" if replaced == 1 else f"{replaced} characters"
        found.append(Loss(number, f"Page {number} has {characters} that no text can hold; "
                                  "\N{REPLACEMENT CHARACTER} stands there."))
    return tuple(found)


def is_language(text: str) -> bool:
    """Whether the text is made of letters that make up words; short texts pass."""
    counts = Counter(text)
    visible = sum(count for char, count in counts.items() if not char.isspace())
    controls = sum(count for char, count in counts.items() if unicodedata.category(char) == "Cc" and not char.isspace())
    if controls > _MOST_CONTROLS * visible:
        return False
    if visible < _FEWEST_CHARS:
        return True
    readable = sum(count for char, count in counts.items() if _is_readable(char))
    if readable < _LEAST_READABLE * visible:
        return False
    latin = sum(count for char, count in counts.items() if char.isascii() and char.isalpha())
    vowels = sum(count for char, count in counts.items() if char in "aeiouyAEIOUY")
    return latin < _FEWEST_LETTERS or vowels >= _USUAL_VOWELS * latin or _has_common_pairs(text)


def _has_common_pairs(text: str) -> bool:
    """Whether letters follow each other as in English or Spanish words."""
    pairs = Counter(a + b for a, b in pairwise(text.lower()) if a.isalpha() and b.isalpha())
    common = sum(count for pair, count in pairs.items() if pair in _COMMON_PAIRS)
    return common >= _LEAST_PAIRS * pairs.total()


@lru_cache(maxsize=4096)
def _is_readable(char: str) -> bool:
    return char != "\N{REPLACEMENT CHARACTER}" and unicodedata.category(char)[0] in "LNPSM"


def _why_no_text(page: pypdfium2.PdfPage) -> str | None:
    """The end of a sentence that says why a page has no text; None for a blank page."""
    count = raw.FPDFPage_CountObjects(page)
    kinds = Counter(raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, k)) for k in range(min(count, _MOST_OBJECTS)))
    if kinds[raw.FPDF_PAGEOBJ_IMAGE] or kinds[raw.FPDF_PAGEOBJ_FORM]:
        return f"is scanned: no text layer; {SHOWN_ONLY}. {_RUN_OCR}"
    if kinds[raw.FPDF_PAGEOBJ_PATH] + kinds[raw.FPDF_PAGEOBJ_SHADING] > 20:
        return f"is drawn without letters: no text layer; {SHOWN_ONLY}. {_RUN_OCR}"
    if kinds[raw.FPDF_PAGEOBJ_TEXT]:
        return f"has text that could not be decoded; {SHOWN_ONLY}. {_RUN_OCR}"
    return None

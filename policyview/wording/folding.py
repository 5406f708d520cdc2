"""Folds text so that the same words compare equal, with a map back to where they stood."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_QUOTES = {**dict.fromkeys("‘’‚‛′ʼ＇", "'"), **dict.fromkeys("“”„‟″＂", '"')}
_BLANK = dict.fromkeys("\u00ad\ufffe\u200b\u200c\u200d\u2060\ufeff", "")
_SPECIAL = {**_DASHES, **_QUOTES, **_BLANK}


@dataclass(frozen=True)
class Folded:
    """Folded text; ``text[i]`` comes from the original at ``offsets[i]``."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original half-open span of ``text[start:end]``, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str, *, keep_spaces: bool = True) -> Folded:
    """Lower case, compatibility forms, plain dashes and quotes, soft hyphens out, white space to one blank.

    With ``keep_spaces`` false all white space goes: two texts that differ in line breaks only fold equal.
    """
    characters, offsets = list[str](), list[int]()
    for at, original in enumerate(text):
        if original.isspace():
            if keep_spaces and characters and characters[-1] != " ":
                characters.append(" ")
                offsets.append(at)
            continue
        for character in _folded(original):
            characters.append(character)
            offsets.append(at)
    if characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    return Folded("".join(characters), offsets)


def _folded(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isascii():
        return character.lower()
    folded = unicodedata.normalize("NFKC", character).casefold()
    return "".join(_SPECIAL.get(c, c) for c in folded if not c.isspace())

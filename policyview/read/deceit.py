"""Characters that make a text read otherwise than it is shown: turned writing, unseen signs, look-alike letters."""

from __future__ import annotations

import re
import unicodedata

from policyview.model import Loss

_ODD = re.compile("[^\x00-\u00ff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("(?<=\\w)[\u200b-\u200d\u2060-\u2064\ufeff]+(?=\\w)|[\U000e0000-\U000e007f]+")
_LOOK_ALIKE = re.compile("[a-zA-Z][\u0400-\u052f]|[\u0400-\u052f][a-zA-Z]")  # Greek letters stand in many names
_KINDS = (
    (_TURNING, "characters that turn the direction of writing", "words may show in another order than they stand"),
    (_UNSEEN, "characters within words that nobody sees", "such words are not found by searching"),
    (_LOOK_ALIKE, "Cyrillic letters within words", "they look like ours but are others"),
)
_MOST_NAMED = 3


def losses(page: int | None, text: str) -> tuple[Loss, ...]:
    """A sentence for each kind of such characters that a stretch of text holds."""
    if not _ODD.search(text):
        return ()
    where = "The text" if page is None else f"Page {page}"
    return tuple(
        Loss(page, f"{where} holds {what} ({_named(found)}): {so}.")
        for pattern, what, so in _KINDS if (found := "".join(pattern.findall(text)))
    )


def _named(found: str) -> str:
    odd = dict.fromkeys(char for char in found if not char.isascii())
    named = [unicodedata.name(char, f"U+{ord(char):04X}").lower() for char in list(odd)[:_MOST_NAMED]]
    return ", ".join(named) + (", …" if len(odd) > _MOST_NAMED else "")

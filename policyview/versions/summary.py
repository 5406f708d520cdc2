"""One plain sentence for a change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from policyview.versions.model import Action

ALTERNATIVE = "it is one of several alternatives"
"""Why what came or went does not have to hold by itself."""
_LONGEST = 160  # characters of a quoted unit
_AROUND = 5  # words before and behind what changed
_WORD = re.compile(r"\S+")


def summary(action: Action, before: str, after: str, why: Sequence[str] = ()) -> str:
    """What changed, as a reviewer would say it; of long texts the changed words with some around them."""
    as_what = " alternative" if ALTERNATIVE in why else ""
    if action == "added":
        return f"Added{as_what}: {_short(after)}"
    if action == "removed":
        return f"Removed{as_what}: {_short(before)}"
    if action == "moved":
        return f"Moved: {_short(before)} → {_short(after)}"
    if len(before) + len(after) > _LONGEST:
        before, after = _changed_part(before, after)
    return f"Changed: {_short(before)} → {_short(after)}"


def _changed_part(before: str, after: str) -> tuple[str, str]:
    """The stretch of two texts from the first to the last word that differs, with the words around it."""
    one, other = _WORD.findall(before), _WORD.findall(after)
    differing = [code for code in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if code[0] != "equal"]
    if not differing:
        return before, after
    first, last = differing[0], differing[-1]
    return _stretch(one, first[1], last[2]), _stretch(other, first[3], last[4])


def _stretch(words: list[str], start: int, end: int) -> str:
    start, stop = max(0, start - _AROUND), min(len(words), end + _AROUND)
    return ("… " if start else "") + " ".join(words[start:stop]) + (" …" if stop < len(words) else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST - 2].rsplit(" ", 1)[0] + " …"

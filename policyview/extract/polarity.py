"""Finds negations that stand away from determination words and turn them round ("does not consider X …")."""

from __future__ import annotations

import re
from functools import lru_cache

from policyview.lexicon import Entry, Lexicon

KEPT = 16  # lexicons
_SENTENCE = re.compile(r"[.!?;:]\s+(?=[A-Z])")


def turned(
    text: str, start: int, end: int, entry: Entry, since: int, lexicon: Lexicon
) -> tuple[Entry, int | None] | None:
    """What ``text[start:end]`` says together with what stands before it, and where a negation begins, if there is one.

    ``since`` is where the determination words before end. None where the words, being negated, decide nothing.
    """
    opposite = entry.get("negated")
    if opposite is None:
        return entry, None
    if opposite and lexicon["polarity"]["behind"].regex.match(text, end):
        return None
    begin = max((match.end() for match in _SENTENCE.finditer(text, since, start)), default=since)
    before = text[begin:start]
    polarity = lexicon["polarity"]
    if not polarity["negation"].regex.search(before):
        return entry, None
    has_verb = bool(polarity["verb"].regex.match(text, start, end))
    for negation in _negations(lexicon):
        if negation.name == "beside-or" and not opposite:
            continue
        if has_verb and not negation.get("whole") and negation.name != "beside":
            continue
        if match := negation.regex.search(before):
            return (lexicon["determinations"][opposite], begin + match.start()) if opposite else None
    is_shown = not opposite or not polarity["not-shown"].regex.search(before)
    return (entry, None) if is_shown else None


@lru_cache(maxsize=KEPT)
def _negations(lexicon: Lexicon) -> tuple[Entry, ...]:
    """The kinds of negation that turn words round, in the order they are tried."""
    names = ("beside", "beside-or", "opinion", "opinion-that", "subject")
    return tuple(lexicon["polarity"][name] for name in names)

"""Recognises the words that limit an approval: its period, how much and how often."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from policyview.anchor import anchor_of
from policyview.extract.conditions import without_brackets
from policyview.extract.criteria import without_rows
from policyview.extract.logic import is_connector
from policyview.lexicon import Entry, Lexicon
from policyview.model import Block, Document, Limit, LimitKind, Passage

LONGEST = 400  # characters of a sentence that is a limit as a whole
_BETWEEN = 60  # characters from the words of approval to the period
_NAME = 90  # characters before a colon that say for whom or for what a period holds
_JOINT = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b)\s*")
_ASKED = re.compile(r".*?\bfor\b", re.IGNORECASE)
_LABELS = ("label-approval", "label-stage", "label-quantity", "label-duration")
_LETTERS = re.compile(r"[^\W\d_]")
_BARE = 12  # words of a line that is a limit for nothing but its heading


def limits_of(document: Document, passage: Passage, items: Sequence[Block], lexicon: Lexicon) -> tuple[Limit, ...]:
    """Quantities, doses and periods in a statement and in the items below it."""
    below = [b.passage for b in without_rows(items) if not is_connector(b, lexicon)]
    return tuple(limit for source in (passage, *below) for limit in _limit_in(document, source, lexicon))


def _limit_in(document: Document, source: Passage, lexicon: Lexicon) -> tuple[Limit, ...]:
    for entry in _entries(lexicon):
        match = entry.regex.search(source.text)
        part = source.part(match.start(), match.end()) if match else None
        if part and not is_bare_label(part.text, lexicon):
            return (Limit(entry.get("limit"), part.text, anchor_of(document, part)),)
    return ()


@lru_cache(maxsize=4)
def _entries(lexicon: Lexicon) -> tuple[Entry, ...]:
    return tuple(entry for entry in lexicon["statements"].values() if entry.get("limit"))


def kind_of_heading(heading: str, lexicon: Lexicon) -> LimitKind | None:
    """What kind of limits a section gives, by its heading; None for other sections."""
    words = lexicon["limits"]
    plain = heading.strip(" :.")
    for name in ("heading-approval", "heading-quantity"):
        if words[name].regex.fullmatch(plain):
            kind: LimitKind = words[name].get("kind")
            return kind
    return None


def kind_of_line(text: str, lexicon: Lexicon, under: LimitKind | None = None) -> LimitKind | None:
    """What a sentence limits, if it does nothing else; ``under`` is the kind of its section, if that is of limits.

    The names before a colon ("Gout: approve for 6 months") do not matter.
    """
    if len(text) > LONGEST or not lexicon["limits"]["near"].regex.search(text):
        return None
    found = _labelled(text, lexicon, under) or _said(text, lexicon)
    if found or (colon := text.find(": ", 0, _NAME)) < 0:
        return found or _bare(text, lexicon, under)
    rest = text[colon + 1 :].strip()
    return _said(rest, lexicon) or _labelled(rest, lexicon, under) or _bare(rest, lexicon, under)


def names_of(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What alone a line holds for: the names before its colon ("Gout and toeitis: 6 months"), or the narrower thing
    that its sentence is about ("Trials are limited to …")."""
    narrower = lexicon["limits"]["narrower"].regex.match(text.lstrip("*†‡•- "))
    return (narrower["thing"],) if narrower else _names_before(text, lexicon)


def _names_before(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The names before a colon, none where the words there are for all ("All members: 6 months") or no name."""
    name, colon, _ = text.partition(": ")
    name = without_brackets(name.lstrip("*†‡•- "))
    words = lexicon["limits"]
    if not colon or len(name) > _NAME or kind_of_line(name, lexicon):
        return ()
    if any(words[label].regex.fullmatch(name.strip()) for label in _LABELS):
        return ()
    if any(words[sentence].regex.match(name) for sentence in ("approval-sentence", "treatment-sentence")):
        return ()
    asked = _ASKED.match(name)  # "Refills for gout and toeitis": of refills for each
    listed = name[asked.end() :] if asked else name
    each = [f"{asked.group() if asked else ''} {one}" for one in filter(None, _JOINT.split(listed))]
    plain = [" ".join(words["for-all"].regex.sub(" ", one).split()) for one in each]
    return tuple(filter(_LETTERS.search, plain))


def is_bare_label(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is only the name of a limit, without the limit ("Quantity limits apply")."""
    return bool(lexicon["limits"]["bare-label"].regex.fullmatch(text.strip(" :.*")))


def _labelled(text: str, lexicon: Lexicon, under: LimitKind | None) -> LimitKind | None:
    """ "Approval duration: 6 months", "Quantity 4 doses"."""
    words = lexicon["limits"]
    text = text.lstrip("*†‡•- ")
    names = ["label-approval", "label-stage", "label-quantity", *(["label-duration"] if under else [])]
    for name in names:
        label = words[name].regex.match(text)
        joint = words["joint"].regex.match(text, label.end()) if label else None
        if joint is None or not (under or joint.group().strip()):
            continue
        value = text[joint.end() :]
        period = words["period"].regex.match(value) if name == "label-stage" else words["period"].regex.search(value)
        if period or (name == "label-quantity" and value.strip()):
            kind: LimitKind = words[name].get("kind")
            return kind
    return None


def _said(text: str, lexicon: Lexicon) -> LimitKind | None:
    """ "Authorization will be issued for 12 months", "no more than two visits per 30 days"."""
    words = lexicon["limits"]
    text = text.lstrip("*†‡•- ")
    if often := words["frequency"].regex.search(text):
        return "dose" if words["amount"].regex.search(often.group()) else "quantity"
    for name in ("approval-sentence", "treatment-sentence"):
        opening = words[name].regex.match(text)
        period = words["period"].regex.search(text, opening.end(), opening.end() + _BETWEEN) if opening else None
        if opening and period and not words["no-period"].regex.search(text[: period.start()]):
            kind: LimitKind = words[name].get("kind")
            return kind
    return None


def _bare(text: str, lexicon: Lexicon, under: LimitKind | None) -> LimitKind | None:
    """ "12 months" below a heading that says what for."""
    if under is None or len(text.split()) > _BARE:
        return None
    return under if lexicon["limits"]["period"].regex.match(text.lstrip()) else None

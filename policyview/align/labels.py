"""What a row is called and under which head it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from policyview.align.compare import Profile
from policyview.align.population import BANDS
from policyview.align.topic import Topic

_LONGEST = 110  # characters of a label; longer ones are cut at a word
_COMFORTABLE = (12, 80)  # a member's own words within these lengths make the best label
_BOILERPLATE = re.compile(
    r"\s*(?:\b(?:is|are|may be|will be|can be|meets?)\b\s*)?(?:\b(?:considered|covered|approved|proven|unproven|authori[sz]ed)\b\s*)?"
    r"(?:\b(?:medically|reasonable|investigational|experimental|not medically|the definition of medical|not covered)\b"
    r".*|\b(?:when|if|based on) (?:all|any|one|both|either|the following).*)$",
    re.IGNORECASE | re.DOTALL,
)
_GROUPS = {"preterm": "Newborns", "term": "Newborns", "infant": "Infants and children", "child": "Infants and children",
           "adolescent": "Infants and children", "adult": "Adults"}


def label_of(row: Sequence[Profile]) -> str:
    """A short neutral label in the words of the member that says it most plainly."""
    best = min(row, key=lambda p: (_plainness(_short(p)), _short(p).lower(), p.use.key))
    text = _short(best)
    if best.main is not None and best.use.is_borrowed and best.main.replace("_", " ") not in text.lower():
        text = f"{best.main.replace('_', ' ').capitalize()}: {text}"
    if best.use.stage == "continuation" and not re.search(r"continu|re-?auth|renew", text, re.IGNORECASE):
        text += " (continuation)"
    return text


def _short(profile: Profile) -> str:
    text = " ".join(re.sub(r"</?[a-zA-Z]+>|\*+", "", profile.use.indication.text).split())
    cut = _BOILERPLATE.sub("", text).strip(" ,;:.-–—")
    text = cut if len(cut) >= _COMFORTABLE[0] // 2 else text.strip(" ,;:.")
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:(") + " …"
    return text[:1].upper() + text[1:]


def _plainness(text: str) -> int:
    low, high = _COMFORTABLE
    return max(low - len(text), 0) * 3 + max(len(text) - high, 0) + (20 if text.endswith("…") else 0)


def group_of(row: Sequence[Profile], topic: Topic) -> str:
    """The procedure where the topic has several, else the population, that heads a group of rows."""
    services = Counter(name for p in row for name in p.services)
    if services:
        name = min(services.items(), key=lambda pair: (-pair[1], pair[0]))[0]
        return name.replace("_", " ").capitalize()
    bands = [frozenset(p.use.population.bands) for p in row if p.use.population]
    if not bands:
        return ""
    heads = {_GROUPS[b] for group in bands for b in group}
    return " and ".join(sorted(heads, key=_group_order)).replace("Infants and children and adults", "Children and adults") \
        if len(heads) < 3 else "All ages"


def _group_order(name: str) -> int:
    return next(i for i, band in enumerate(BANDS) if _GROUPS[band] == name)

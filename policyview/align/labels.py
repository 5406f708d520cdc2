"""What a row is called and under which head it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from policyview.align.population import BANDS
from policyview.align.profiles import Profile
from policyview.align.vocabulary import vocabulary_of
from policyview.lexicon import Lexicon

_LONGEST = 110  # characters of a label; longer ones are cut at a word
_COMFORTABLE = (12, 80)  # a member's own words within these lengths make the best label
_GROUPS = {"preterm": "Newborns", "term": "Newborns", "infant": "Infants and children", "child": "Infants and children",
           "adolescent": "Infants and children", "adult": "Adults"}


def label_of(row: Sequence[Profile], lexicon: Lexicon) -> str:
    """A short neutral label: the words of the member that says it most plainly, else what the row is on."""
    texts = [_short(profile, lexicon) for profile in row]
    at = min(range(len(row)), key=lambda k: (_plainness(texts[k]), texts[k].lower(), row[k].use.key))
    best, text = row[at], texts[at]
    if len(text) > _COMFORTABLE[1] and best.main is not None:
        return _composed(best, lexicon)
    if best.main is not None and best.use.is_borrowed:
        condition = vocabulary_of(lexicon).labels([best.main])
        text = text if condition in text.lower() else f"{condition.capitalize()}: {text}"
    if best.use.stage == "continuation" and not re.search(r"continu|re-?auth|renew", text, re.IGNORECASE):
        text += " (continuation)"
    return text


def _composed(profile: Profile, lexicon: Lexicon) -> str:
    """Service, condition, population and stage, as far as the statement names them."""
    vocabulary, population = vocabulary_of(lexicon), profile.use.population
    services = vocabulary.labels(profile.services[:1]) + ": " if profile.services else ""
    text = services + vocabulary.labels(profile.heads[:1])
    limit = next((i.text for i in (population.gestation, population.ages) if i and i.text), population.label)
    text += f", {limit}" if population else ""
    text += " (continuation)" if profile.use.stage == "continuation" else ""
    return text[:1].upper() + text[1:]


def _short(profile: Profile, lexicon: Lexicon) -> str:
    text = " ".join(re.sub(r"</?[a-zA-Z]+>|\*+", "", profile.use.indication.text).split())
    cut = text
    for name in ("determination_head", "determination_tail"):
        entry = lexicon.files.get("labels", {}).get(name)
        cut = entry.regex.sub("", cut, count=1) if entry else cut
    cut = cut.strip(" ,;:.-–—")
    text = cut if len(cut) >= _COMFORTABLE[0] // 2 else text.strip(" ,;:.")
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:(") + " …"
    return text[:1].upper() + text[1:]


def _plainness(text: str) -> int:
    low, high = _COMFORTABLE
    return max(low - len(text), 0) * 3 + max(len(text) - high, 0) + (20 if text.endswith("…") else 0)


def group_of(row: Sequence[Profile], lexicon: Lexicon) -> str:
    """The procedure where the topic has several, else the population, that heads a group of rows."""
    services = Counter(name for p in row for name in p.services)
    if services:
        name = min(services.items(), key=lambda pair: (-pair[1], pair[0]))[0]
        return vocabulary_of(lexicon).labels([name]).capitalize()
    bands = [frozenset(p.use.population.bands) for p in row if p.use.population]
    if not bands:
        return ""
    heads = {_GROUPS[b] for group in bands for b in group}
    if len(heads) == len(set(_GROUPS.values())):
        return "All ages"
    return ", ".join(sorted(heads, key=_group_order))


def _group_order(name: str) -> int:
    return next(i for i, band in enumerate(BANDS) if _GROUPS[band] == name)

"""Whom a statement is about, in its own words."""

from __future__ import annotations

import re

from policyview.lexicon import Lexicon
from policyview.model import Passage

_NEXT = re.compile(r",[^.;:,()]+")


def population(passage: Passage, lexicon: Lexicon) -> str:
    """The people that a statement names, as printed; "" where it names none or speaks of anyone."""
    statements = lexicon["statements"]
    match = statements["population"].regex.search(passage.text)
    if match is None:
        return ""
    people, end = match.group(), match.end()
    lacks_noun = statements["lacks-noun"].regex
    while " " in people and (following := _NEXT.match(passage.text, end)):
        if not (lacks_noun.search(people) or lacks_noun.search(following.group())):
            break
        people, end = people + following.group(), following.end()  # "adults with slow, painful gout"
    for name in ("population-end", "population-tail"):
        cut = statements[name].regex.search(people)
        people = people[: cut.start()] if cut else people
    people = people.strip()
    return "" if statements["anyone"].regex.fullmatch(people) else people

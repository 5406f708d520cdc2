"""Tells statements in the same words apart, by what is printed over each ("… (Adult)", "… (Pediatric)")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from policyview.model import Indication


def told_apart(indications: Sequence[Indication], over: Mapping[str, str]) -> list[Indication]:
    """The indications; those of equal text and stage begin with the name printed over each where these differ.

    ``over`` gives that name by id, "" or nothing where there is none.
    """
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for i in indications:
        alike[i.text, i.stage, i.determination].append(i.id)
    named = {
        each for ids in alike.values() for each in ids
        if len({over.get(other) for other in ids}) == len(ids) > 1 and over.get(each)
    }
    return [replace(i, text=f"{over[i.id]}: {i.text}") if i.id in named else i for i in indications]

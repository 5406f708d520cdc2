"""Reads invented versions of a policy through the real readers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from policyview import extract, lexicon, read, segment, versions
from policyview.model import Reading

POLICY = """\
# Snow Shoe Therapy

Policy Number: FH-12
Effective Date: January 1, 2024

## Policy

Snow shoe therapy is considered medically necessary when ALL of these hold:

1. The logger is 18 years old or older; and
2. The logger has frost foot, confirmed by a podiatrist; and
3. The logger has tried at least 2 warming agents, unless they are contraindicated; and
4. Snow shoes must be fitted by a shoemaker; and
5. ONE of the following:
    a. Swelling of the toes
    b. Loss of feeling for more than 6 weeks
    c. Frost burns of 20 mm or more

Snow shoe therapy is considered medically necessary for chilblain in adults.

Snow shoe therapy is considered not medically necessary for cold hands.

Renewal requires that criteria 1-3 above are met.

All other uses are considered investigational.

## Background

Frost foot affects about 3 in 1000 adults who work outdoors (1). It may heal without treatment.

## Coding

| Code | Description |
| --- | --- |
| E9901 | Snow shoe, custom made, each |
| E9902 | Snow shoe, ready made, each |

## References

1. Winter A, Frost B. A study of frost foot among loggers. J Cold. 2021.

## Policy History

| Date | Action |
| --- | --- |
| 01/2022 | New policy |
"""


def reading_of(folder: Path, text: str, name: str = "policy.md") -> Reading:
    """A text as the worker reads it, with the units by which versions are compared."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    words = lexicon.load()
    document = read.document(path, name)
    structure = segment.segment(document, words)
    facts = extract.extract(document, structure, words)
    return Reading(document, replace(facts, units=versions.units_of(document, structure, facts)))


def diff_of(folder: Path, old: str, new: str) -> versions.Diff:
    """Two texts compared."""
    return versions.compare(reading_of(folder, old, "old.md"), reading_of(folder, new, "new.md"), lexicon.load())

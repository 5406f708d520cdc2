"""What a lexicon holds: entries, by file and name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


def expression(patterns: Sequence[str], at_word: bool = False) -> re.Pattern[str]:
    """All patterns as one expression, tried in the order they are written; a blank stands for any white space.

    ``at_word``: tried only where no word is under way, which takes a quarter of the time.
    """
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    joined = joined.replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{joined})" if at_word else joined, re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One meaning and the wordings that carry it."""

    name: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return expression(self.patterns, self.get("at_word", False))

    def get(self, key: str, default: Any = None) -> Any:
        return self.attributes.get(key, default)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All lexicon files: ``lexicon["determinations"]["investigational"].regex``. Hashable by identity."""

    files: Mapping[str, Mapping[str, Entry]]

    def __getitem__(self, name: str) -> Mapping[str, Entry]:
        return self.files[name]

    def entries(self, name: str) -> tuple[Entry, ...]:
        return tuple(self.files[name].values())


def entry_of(name: str, table: Mapping[str, Any], base: Entry | None) -> Entry:
    """The entry that a table of a file describes; it extends ``base`` unless it says ``replace = true``."""
    attributes = {key: value for key, value in table.items() if key not in {"patterns", "examples", "replace"}}
    patterns, examples = tuple(table.get("patterns", ())), tuple(table.get("examples", ()))
    if base is None or table.get("replace"):
        return Entry(name, patterns, examples, attributes)
    known = {key: value for key, value in base.attributes.items() if key != "needs" or not patterns}  # not of these
    return Entry(name, base.patterns + patterns, base.examples + examples, {**known, **attributes})

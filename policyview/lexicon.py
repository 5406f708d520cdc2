"""Loads resources/lexicon: everything that recognises policy language is data.

A file ``NAME.toml`` holds entries; each is a table with ``patterns`` (regular expressions, matched without
regard to case; a blank stands for any white space, a blank with a question mark for any or none), ``examples``
(own wording that must match, tested) and whatever attributes its reader wants. A user's folder may hold files of
the same names: an entry of the same name is extended by the user's patterns, or replaced where it says
``replace = true``.

``needs`` lists lower-case words of which each match of the entry holds one: text without any is not searched.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from policyview.errors import UseError
from policyview.resources import resource


@dataclass(frozen=True)
class Entry:
    """One meaning and the wordings that carry it."""

    name: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """All patterns as one expression, tried in the order they are written."""
        joined = "|".join(f"(?:{pattern})" for pattern in self.patterns)
        return re.compile(joined.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)

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


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UseError(f"The lexicon file {path} cannot be read: {error}") from error


def _entry(name: str, table: Mapping[str, Any], base: Entry | None) -> Entry:
    attributes = {key: value for key, value in table.items() if key not in {"patterns", "examples", "replace"}}
    patterns, examples = tuple(table.get("patterns", ())), tuple(table.get("examples", ()))
    if base is None or table.get("replace"):
        return Entry(name, patterns, examples, attributes)
    known = {key: value for key, value in base.attributes.items() if key != "needs" or not patterns}  # not of these
    return Entry(name, base.patterns + patterns, base.examples + examples, {**known, **attributes})


@lru_cache(maxsize=4)
def load(user_folder: Path | None = None) -> Lexicon:
    """The shipped lexicon, merged with the user's own."""
    files: dict[str, dict[str, Entry]] = {}
    for folder in (resource("lexicon"), user_folder):
        if folder is None:
            continue
        for path in sorted(folder.glob("*.toml")):
            entries = files.setdefault(path.stem, {})
            for name, table in _read(path).items():
                entries[name] = _entry(name, table, entries.get(name))
    return Lexicon(files)

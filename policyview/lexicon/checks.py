"""What a user's lexicon may say: whatever is let through here, the readers of the lexicon can use.

What an entry needs is learned from the shipped entries: the keys that all of its kind have, the type of each, and
for words that mean something to the code, which there are.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from policyview.errors import UseError
from policyview.lexicon.entries import Entry, Lexicon, expression
from policyview.lexicon.source import Source, error_at

_NAMED = frozenset({
    "clauses", "definitions", "headings", "labels", "marks", "polarity", "purposes", "residuals", "site", "stages",
    "status",
})  # fmt: skip
"""Files of which each entry is asked for by its name: one of another name would never be asked for."""
_NAMED_KINDS = frozenset({
    ("codes", "skip"), ("codes", "rule"), ("codes", "none"), ("history", "column"), ("history", "skip"),
    ("history", "start"), ("thresholds", "link"), ("thresholds", "dose"), ("thresholds", "other"),
    ("lines_of_business", "product"), ("lines_of_business", "excluded"), ("authorization", "product"),
})  # fmt: skip
"""Kinds of entry of which the same holds."""
_NEEDED = {"statements": "limit", "fields": "field", "lines_of_business": "line", "editions": "payer"}
"""What makes a reader look at an entry whose name it does not know."""
_VOCABULARY = ("conditions", "procedures", "drugs", "settings")
_REFERRING = frozenset({"wider", "near", "treats"})  # to entries of the vocabulary
_FREE = frozenset({"name", "unit", "units", "axis", "long", "needs"})  # keys whose words are the user's own
_COMMON: Mapping[str, frozenset[type]] = {
    "patterns": frozenset({list}), "examples": frozenset({list}), "replace": frozenset({bool}),
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z][\w-]*")
_POINTING_BACK = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\(\?\()")
_ANY_TEXT = string.printable
_GROUP_NAME = "units"  # entries become named groups of one expression

Fault = Callable[..., UseError]


def check_file(source: Source, shipped: Lexicon) -> None:
    """The file is one that is read, and holds nothing but entries."""
    name = source.path.stem
    if name not in shipped.files:
        like = get_close_matches(name, shipped.files, 1)
        hint = f"did you mean {like[0]}.toml?" if like else f"there are {', '.join(shipped.files)}"
        raise error_at(source.path, 1, f"all is in vain, for no file of this name is read ({hint})")
    for entry, table in source.tables.items():
        if not isinstance(table, dict):
            raise source.error(f"“{entry}” stands outside of an entry; write [NAME] above it", entry)
        _check_table(source, entry, table, _keys(name, shipped))


def check_entry(source: Source, table: Mapping[str, Any], entry: Entry, base: Entry | None, shipped: Lexicon) -> None:
    """The merged ``entry`` is one that its reader can use."""
    file = source.path.stem

    def fault(what: str, key: str = "", value: object = None) -> UseError:
        return source.error(what, entry.name, key, value)

    _check_name(file, entry, base, fault)
    _check_words(table, _closed(file, shipped), fault)
    wanting = sorted(_wanted(file, entry, shipped) - entry.attributes.keys())
    if wanting:
        raise fault(f"the entry “{entry.name}” says no {' and no '.join(wanting)}")
    patterns = table.get("patterns", ())
    if not patterns and (base is None or table.get("replace")):
        raise fault(f"the entry “{entry.name}” has no patterns")
    if file == "kinds" and len(entry.get("needs", ())) > len(entry.patterns):
        raise fault("there are more needs than patterns, and each belongs to one", "needs")
    _check_patterns(patterns, None if table.get("replace") else base, base, fault)
    _check_examples(table, entry, fault)


def check_references(source: Source, lexicon: Lexicon) -> None:
    """Entries that an entry refers to are there; asked when all files are merged."""
    if source.path.stem not in _VOCABULARY:
        return
    known = {name for file in _VOCABULARY for name in lexicon.files.get(file, {})}
    for name, table in source.tables.items():
        for key in sorted(_REFERRING & table.keys()):
            for other in table[key]:
                if other not in known:
                    raise source.error(f"{key} names “{other}”, and there is no such entry", name, key, other)


# --------------------------------------------------------------------------- keys, types, words


@lru_cache(maxsize=64)
def _keys(file: str, shipped: Lexicon) -> Mapping[str, frozenset[type]]:
    """The keys of a file's entries, and what types their values have."""
    found: dict[str, set[type]] = {}
    for entry in shipped.entries(file):
        for key, value in entry.attributes.items():
            found.setdefault(key, set()).add(type(value))
    return {**_COMMON, **{key: frozenset(types) for key, types in found.items()}}


def _check_table(source: Source, entry: str, table: Mapping[str, Any], keys: Mapping[str, frozenset[type]]) -> None:
    for key, value in table.items():
        if key not in keys:
            like = get_close_matches(key, keys, 1)
            hint = f"did you mean {like[0]}?" if like else f"there are {', '.join(sorted(keys))}"
            raise source.error(f"no reader asks for “{key}” ({hint})", entry, key)
        if not _is_of(value, keys[key]):
            raise source.error(f"{key} must be {_NAMES[_kind(keys[key])]}", entry, key)


_NAMES = {
    list: "a list of texts, each in quotation marks", str: "a text in quotation marks", bool: "true or false",
    int: "a whole number", float: "a number",
}  # fmt: skip


def _kind(types: frozenset[type]) -> type:
    return float if float in types else next(iter(types))


def _is_of(value: object, types: frozenset[type]) -> bool:
    kind = _kind(types)
    if kind is list:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return type(value) is kind or (kind is float and type(value) is int)


@lru_cache(maxsize=64)
def _closed(file: str, shipped: Lexicon) -> Mapping[str, frozenset[str]]:
    """The words that the code knows, of each key that takes such words only."""
    found: dict[str, set[str]] = {}
    for entry in shipped.entries(file):
        for key, value in entry.attributes.items():
            if key not in _FREE | _REFERRING and isinstance(value, str | list):
                found.setdefault(key, set()).update([value] if isinstance(value, str) else value)
    return {key: frozenset(words) for key, words in found.items()}


def _check_words(table: Mapping[str, Any], closed: Mapping[str, frozenset[str]], fault: Fault) -> None:
    for key in table.keys() & closed.keys():
        for word in [table[key]] if isinstance(table[key], str) else table[key]:
            if word not in closed[key]:
                known = ", ".join(sorted(filter(None, closed[key])))
                raise fault(f"{key} cannot be “{word}”; it is one of {known}", key, word)


def _kind_of(file: str, entry: Entry) -> str | None:
    kind: str | None = entry.get("role" if file == "authorization" else "kind")
    return kind


def _wanted(file: str, entry: Entry, shipped: Lexicon) -> frozenset[str]:
    """The keys without which a reader cannot use such an entry: those that all shipped ones of its kind have."""
    alike = [e for e in shipped.entries(file) if _kind_of(file, e) == _kind_of(file, entry)] or shipped.entries(file)
    common = frozenset.intersection(*(frozenset(e.attributes) for e in alike))
    needed = frozenset({_NEEDED[file]}) if file in _NEEDED and entry.name not in shipped[file] else frozenset()
    return (common | needed) - {"needs", "at_word"}


def _check_name(file: str, entry: Entry, base: Entry | None, fault: Fault) -> None:
    name = entry.name
    if base is not None:
        return
    if not _NAME.fullmatch(name) or (file == _GROUP_NAME and not name.isidentifier()):
        raise fault(f"“{name}” is no name for an entry; use letters, digits and underscores, a letter first")
    if file in _NAMED:
        raise fault(f"no reader asks for an entry “{name}”; those of this file can be extended, not added to")
    if (file, _kind_of(file, entry)) in _NAMED_KINDS:
        raise fault(f"no reader asks for another entry of the kind “{_kind_of(file, entry)}”; extend the one there is")


# --------------------------------------------------------------------------- patterns and examples


def _check_patterns(patterns: Sequence[str], extended: Entry | None, base: Entry | None, fault: Fault) -> None:
    groups = _groups(base.patterns) if base else frozenset[str]()
    if patterns and extended and groups:
        raise fault(f"the entry “{extended.name}” names parts of its matches, so it can be replaced, not extended",
                    "patterns", patterns[0])  # fmt: skip
    for pattern in patterns:
        what = _wrong(pattern, groups)
        if what:
            raise fault(f"the pattern “{pattern}” {what}", "patterns", pattern)
    try:
        expression([*(extended.patterns if extended else ()), *patterns])
    except _REFUSED as error:
        raise fault(f"the patterns cannot stand side by side ({error})", "patterns") from error


_REFUSED = (re.error, OverflowError, RecursionError)


def _groups(patterns: Sequence[str]) -> frozenset[str]:
    """The named groups by which a reader asks for parts of a match."""
    return frozenset(name for pattern in patterns for name in re.compile(pattern).groupindex)


def _wrong(pattern: str, groups: frozenset[str]) -> str | None:
    """Why a pattern cannot be used, None where it can."""
    try:
        named = frozenset(re.compile(pattern).groupindex)
        regex = expression([pattern])
    except _REFUSED as error:
        return f"is no regular expression ({error})"
    if _POINTING_BACK.search(pattern):
        return "points back to one of its groups, which does not work beside other patterns"
    if named - groups:
        return f"names a part of its match, “{min(named - groups)}”, that no reader asks for; write (?:…)"
    if groups and not named:
        return f"must name the part of its match that is read: (?P<{min(groups)}>…)"
    if any(not match.group() for text in ("", _ANY_TEXT) for match in regex.finditer(text)):
        return "matches the empty text, so it would be found everywhere"
    return None


def _check_examples(table: Mapping[str, Any], entry: Entry, fault: Fault) -> None:
    regex = expression(table.get("patterns") or entry.patterns, entry.get("at_word", False))
    needs = [word for words in entry.get("needs", ()) for word in words.split("|")]
    for example in table.get("examples", ()):
        if not regex.search(example):
            raise fault(f"no pattern of the entry “{entry.name}” matches the example “{example}”", "examples", example)
        if needs and not any(word in example.lower() for word in needs):
            raise fault(f"the example “{example}” holds none of the words in needs", "examples", example)

"""Loads resources/lexicon: everything that recognises policy language is data.

A file ``NAME.toml`` holds entries; each is a table with ``patterns`` (regular expressions, matched without
regard to case; a blank stands for any white space, a blank with a question mark for any or none), ``examples``
(own wording that must match, tested) and whatever attributes its reader wants. A user's folder may hold files of
the same names: an entry of the same name is extended by the user's patterns, or replaced where it says
``replace = true``. What stands in a user's file is checked, and a mistake is named by file and line.

``needs`` lists lower-case words of which each match of the entry holds one: text without any is not searched.
``at_word = true`` says that each match begins where no word is under way: a search looks nowhere else.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from policyview.errors import UseError
from policyview.lexicon import checks, source
from policyview.lexicon.entries import Entry, Lexicon, entry_of
from policyview.resources import resource

__all__ = ["Entry", "Lexicon", "load"]

_Stamp = tuple[tuple[str, int, int], ...]
"""Name, time and size of each file of a folder."""


def load(user_folder: Path | None = None) -> Lexicon:
    """The shipped lexicon, merged with the user's own as it stands now. UseError names what is wrong in that."""
    return _shipped() if user_folder is None else _merged(user_folder, _stamp(user_folder))


@lru_cache(maxsize=1)
def _shipped() -> Lexicon:
    sources = [source.read(path) for path in sorted(resource("lexicon").glob("*.toml"))]
    return Lexicon({
        each.path.stem: {name: entry_of(name, table, None) for name, table in each.tables.items()} for each in sources
    })


def _stamp(folder: Path) -> _Stamp:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
        stats = [path.stat() for path in paths]
    except OSError as error:
        raise UseError(f"The lexicon folder {folder} cannot be read: {error.strerror or error}.") from error
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in zip(paths, stats, strict=True))


@lru_cache(maxsize=4)
def _merged(folder: Path, stamp: _Stamp) -> Lexicon:
    shipped = _shipped()
    files = {name: dict(entries) for name, entries in shipped.files.items()}
    sources = [source.read(folder / name) for name, *_ in stamp]
    for each in sources:
        checks.check_file(each, shipped)
        entries = files[each.path.stem]
        for name, table in each.tables.items():
            base = entries.get(name)
            entries[name] = entry_of(name, table, base)
            checks.check_entry(each, table, entries[name], base, shipped)
    lexicon = Lexicon(files)
    for each in sources:
        checks.check_references(each, lexicon)
    return lexicon

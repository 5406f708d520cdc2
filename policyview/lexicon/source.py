"""A lexicon file as it is written: its tables, and the line on which each of them says what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from policyview.errors import UseError

_AT = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, eq=False)
class Source:
    """One file of a lexicon folder."""

    path: Path
    lines: tuple[str, ...]
    tables: Mapping[str, Any]

    @cached_property
    def _starts(self) -> Mapping[str, int]:
        """Where each entry begins; entries stand in the order of ``tables``."""
        starts, at = dict[str, int](), 0
        for name in self.tables:
            at = self._first(rf"""\s*\[?\s*["']?{re.escape(name)}["']?\s*[\].=]""", at, len(self.lines), at)
            starts[name] = at
        return starts

    def _first(self, pattern: str, start: int, end: int, otherwise: int) -> int:
        return next((k for k in range(start, end) if re.match(pattern, self.lines[k])), otherwise)

    def line(self, entry: str, key: str = "", value: object = None) -> int:
        """The line, counted from 1, of an entry, of a key in it, or of a text in the key's list."""
        start = self._starts[entry]
        end = min((at for at in self._starts.values() if at > start), default=len(self.lines))
        if key:
            start = self._first(rf"""\s*(?:\[?[^=]*\.\s*)?["']?{re.escape(key)}["']?\s*[\]=]""", start, end, start)
        if isinstance(value, str) and value:
            start = next((k for k in range(start, end) if any(w in self.lines[k] for w in _written(value))), start)
        return start + 1

    def error(self, what: str, entry: str, key: str = "", value: object = None) -> UseError:
        """What is wrong at that line, as one sentence."""
        return error_at(self.path, self.line(entry, key, value), what)


def _written(text: str) -> tuple[str, ...]:
    """A text as TOML may write it."""
    first = text.strip("\n").split("\n")[0]
    escaped = first.replace("\\", r"\\").replace('"', r"\"")
    return f"'{first}'", f'"{escaped}"', *((first,) if "\n" in text else ())


def error_at(path: Path, line: int, what: str) -> UseError:
    """What is wrong in a lexicon file, as one sentence."""
    return UseError(f"In the lexicon file {path}, line {line}, {what}.")


def read(path: Path) -> Source:
    """The file; UseError, naming the line, where it is no TOML."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UseError(f"The lexicon file {path} cannot be read: {error.strerror or error}.") from error
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")  # some editors begin a file with a mark of their own
        return Source(path, tuple(text.split("\n")), tomllib.loads(text))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise error_at(path, line, "there are bytes that are no UTF-8; save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at and at[1] else len(text.rstrip().split("\n"))
        raise error_at(path, line, f"there is a mistake in the TOML: {_plain(_AT.sub('', str(error)))}") from error
    except RecursionError as error:
        raise error_at(path, 1, "brackets are nested too deeply") from error


def _plain(reason: str) -> str:
    reason = reason.rstrip(".")
    return reason[:1].lower() + reason[1:]

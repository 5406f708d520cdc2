"""Two versions compared, as all formats show it: its counts, its order, and which words changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from policyview import dating
from policyview.export.editions import version_words
from policyview.model import Reading

if TYPE_CHECKING:
    from policyview.versions import Change, Diff

_SHORTEST = 5  # characters that two changes have between them; with fewer they are one
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


CONTRADICTED = "BUT what bears on coverage was changed"
"""Said of a history entry by which nothing was changed."""


class Piece(NamedTuple):
    """Words that both versions have (``same``), only the older one (``old``) or only the newer one (``new``)."""

    text: str
    sort: Literal["same", "old", "new"]


@dataclass(frozen=True)
class VersionReport:
    """What changed between two documents that were read."""

    old: Reading
    new: Reading
    diff: Diff

    @cached_property
    def coverage(self) -> tuple[Change, ...]:
        """The substantive changes that bear on coverage."""
        return tuple(c for c in self.diff.changes if c.significance == "substantive" and c.bears_on == "coverage")

    @cached_property
    def other(self) -> tuple[Change, ...]:
        """The substantive changes that bear on evidence or administration."""
        return tuple(c for c in self.diff.changes if c.significance == "substantive" and c.bears_on != "coverage")

    @cached_property
    def editorial(self) -> tuple[Change, ...]:
        return tuple(c for c in self.diff.changes if c.significance == "editorial")

    @property
    def counts(self) -> str:
        """One line: how many changes of each weight."""
        return (f"{len(self.coverage)} on coverage, {len(self.other)} on evidence or administration, "
                f"{len(self.editorial)} editorial, {len(self.diff.suppressed)} suppressed")

    @property
    def verdict(self) -> str:
        """The sentence a reviewer looks for first."""
        if not self.coverage:
            if self._silent:
                return "Whether coverage changed cannot be told."
            return f"Nothing that bears on coverage changed{' in what could be read' if self.cautions else ''}."
        undocumented = sum(change.documented is None for change in self.coverage)
        many = "1 change bears" if len(self.coverage) == 1 else f"{len(self.coverage)} changes bear"
        told = "all told" if not undocumented else "none told" if undocumented == len(self.coverage) else (
            f"{undocumented} not told")
        return f"{many} on coverage, {told} in the newer version’s revision history."

    @cached_property
    def cautions(self) -> tuple[str, ...]:
        """Why it may be wrong to compare them, and what it may miss: what could not be read, or states nothing."""
        found = [*self.diff.kinship]
        found += [f"In the {name} version no statement of coverage was found." for name in self._silent]
        for name, reading in (("older", self.old), ("newer", self.new)):
            found += [f"Of the {name} version: {loss.reason}" for loss in reading.losses]
        return tuple(found)

    @cached_property
    def _silent(self) -> tuple[str, ...]:
        """The versions in which no statement of coverage was found."""
        return tuple(
            name for name, reading in (("older", self.old), ("newer", self.new))
            if not (reading.facts.indications or reading.facts.catch_all)
        )


def version_of(reading: Reading) -> str | None:
    """The date by which a version is known."""
    version = dating.version_of(reading)
    return version.date if version else None


def version_named(reading: Reading) -> str:
    """The same, and which of the printed dates it is."""
    return version_words(dating.version_of(reading))


def redline(change: Change) -> tuple[Piece, ...]:
    """The words of a change, those of the older version before those of the newer one where they differ."""
    before, after = (side.text if side else "" for side in (change.before, change.after))
    return redline_of(before, after)


def redline_of(was_text: str, now_text: str) -> tuple[Piece, ...]:
    """The words of two wordings of one unit; all pieces that are not ``new`` make the older one, and so on."""
    before, after = _WORD.findall(was_text), _WORD.findall(now_text)
    stretches: list[tuple[str, str]] = []  # of both versions; what is shared within a change is told with it
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal" and (len(now) >= _SHORTEST or not stretches or c == 0 or d == len(after)):
            stretches.append((now, now))
        elif stretches and stretches[-1][0] != stretches[-1][1]:
            stretches[-1] = stretches[-1][0] + was, stretches[-1][1] + now
        else:
            stretches.append((was, now))
    pieces: list[Piece] = []
    for was, now in stretches:
        told = [Piece(now, "same")] if was == now else [Piece(was, "old"), Piece(now, "new")]
        pieces += [piece for piece in told if piece.text]
    return tuple(pieces)

"""The values that a grid is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from policyview.codes import bare, holds, is_code
from policyview.model import Anchor

Name = Literal["Authorization", "Limits", "Codes"]
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Saying:
    """One thing that a document says in a cell: a word or two, what more there is to it, and where it stands.

    ``is_derived`` where it was not said of this line itself, but of something wider that holds it.
    """

    word: str
    detail: str
    anchor: Anchor
    is_derived: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class Square:
    """What one document says in one line; ``empty`` is what is shown where it says nothing."""

    sayings: tuple[Saying, ...] = ()
    empty: str = NOT_STATED

    @property
    def words(self) -> tuple[str, ...]:
        """What is said, each once."""
        return tuple(dict.fromkeys(saying.word for saying in self.sayings))

    @property
    def own(self) -> tuple[str, ...]:
        """Likewise, of this line itself."""
        return tuple(dict.fromkeys(saying.word for saying in self.sayings if not saying.is_derived))

    @property
    def look(self) -> str:
        """Why a person should check it, empty where nothing speaks against it."""
        doubts = [saying.doubt for saying in self.sayings if saying.doubt]
        if len(self.own) > 1:
            doubts.insert(0, f"its statements differ: {', '.join(self.own)}")
        return "; ".join(dict.fromkeys(doubts))


@dataclass(frozen=True)
class Line:
    """A line of a grid: what it is on, under which head, and a square for each column of the matrix."""

    group: str
    label: str
    detail: str
    squares: tuple[Square, ...]
    codes: tuple[str, str] | None = None
    """The first and the last code that it is on; the last is empty where it is one code."""

    @cached_property
    def found_by(self) -> str:
        """What a filter looks for words in; case folded."""
        said = (f"{each.word} {each.detail} {each.anchor.quote}" for square in self.squares for each in square.sayings)
        return "\n".join((self.group, self.label, self.detail, *said)).casefold()

    def is_found(self, word: str) -> bool:
        """Whether a word that is looked for, case folded, stands in the line, or is a code of its range."""
        if word in self.found_by:
            return True
        if self.codes is None or not is_code(word):
            return False
        first, last = self.codes
        return bare(first) == bare(word) or (bool(last) and holds(first, last, word))

    def differs(self, columns: Sequence[int]) -> bool:
        """Whether the documents in these columns say different things."""
        said = {frozenset(self.squares[column].words) for column in columns if self.squares[column].sayings}
        return len(said) > 1


@dataclass(frozen=True)
class Grid:
    """``silence`` is what to say where no document says anything."""

    name: Name
    lines: tuple[Line, ...]
    silence: str

"""What the readers of all formats yield: the front matter of a document and pieces of its canonical text."""

from __future__ import annotations

from dataclasses import dataclass

from policyview.model import Line, Loss, OutlineEntry, Rule


@dataclass(frozen=True)
class Front:
    """What a document says of itself beside its text. ``pages`` is None for unpaged media.

    ``is_damaged`` where the file is not in order, so that all its pages are doubtful; ``hidden_layers`` are the names
    of those that are switched off.
    """

    media_type: str
    pages: int | None = None
    outline: tuple[OutlineEntry, ...] = ()
    info: tuple[tuple[str, str], ...] = ()
    page_labels: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    is_damaged: bool = False
    hidden_layers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Piece:
    """The next stretch of canonical text; the canonical text is all pieces, one after the other.

    A piece of paged media is one page, and ends with the character that parts it from the next page
    (a newline in PDFs, the form feed in texts). ``lines`` and ``signs`` count their offsets from the piece's start.
    ``is_doubtful`` where its text may not be what the page shows.
    """

    page: int | None
    text: str
    lines: tuple[Line, ...] = ()
    losses: tuple[Loss, ...] = ()
    signs: tuple[tuple[int, str], ...] = ()
    rules: tuple[Rule, ...] = ()
    is_doubtful: bool = False

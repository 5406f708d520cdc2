"""What a person should check, and why; told alike by the window and by every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyview.export import vocabulary
from policyview.export.legible import on_one_line
from policyview.model import CatchAll, CatchAllCell, Cell, Determination, Indication, Reading, Silent

LOW_MATCH = 0.6  # a match weaker than this is to be checked
LOW_CONFIDENCE = 0.6  # likewise an extraction
NOTHING_FOUND = "no determination found"
"""In place of "not addressed", which would be said of the payer: this is said of our reading."""


def percent(share: float) -> str:
    """A share (0-1) as it is printed, its parts never on two lines."""
    return f"{share * 100:.0f}\u00a0%"


def of_statement(said: Indication | None, cell: Cell | None) -> tuple[str, ...]:
    """The reasons to check a statement and its match with the row; ``cell`` is None where it is a wider one."""
    return tuple(_reasons(said, cell))


def _reasons(said: Indication | None, cell: Cell | None) -> Iterator[str]:
    if said is not None and said.doubt:
        yield f"{said.doubt} (confidence {percent(said.confidence)})"
    elif said is not None and said.confidence < LOW_CONFIDENCE:
        yield f"read with {percent(said.confidence)} confidence"
    if said is not None and (said.basis is None or said.determination is Determination.UNCLEAR):
        yield "the words in which the payer decides were not found"
    if cell is not None and cell.score < LOW_MATCH:
        yield f"the match with this row is weak ({percent(cell.score)})"
    if cell is not None and cell.doubt:
        yield on_one_line(cell.doubt)


def of_silence(silent: Silent | None) -> tuple[str, ...]:
    """The reason to check a silent cell: a statement that may mean the row, and a clause that was not applied."""
    return (on_one_line(silent.doubt),) if silent is not None and silent.doubt else ()


def of_answers(determinations: Iterable[Determination]) -> tuple[str, ...]:
    """The reason to check a cell in which a payer gives several answers."""
    words = [vocabulary.determination_word(each) for each in dict.fromkeys(determinations)]
    return (f"its statements differ: {', '.join(words)}",) if len(words) > 1 else ()


def of_clause(clause: CatchAll | None, cell: CatchAllCell | None = None) -> tuple[str, ...]:
    """The reasons to check the residual clause behind a cell, and whether it means the row."""
    return tuple(on_one_line(each.doubt) for each in (clause, cell) if each is not None and each.doubt)


def of_document(reading: Reading | None) -> str:
    """Why a column is empty although its document was read; empty where something was found in it."""
    if reading is None or reading.facts.indications or reading.facts.catch_all:
        return ""
    if not reading.document.text.strip():
        return "This document has no text that could be read, only pages to look at: see what was lost of it"
    return "No determination was found in this document, which may be for want of recognising its words"

"""What a column is in a row, with the facts behind it; and the places in the source that this stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policyview.export import doubts, elsewhere
from policyview.model import (
    Anchor,
    Broader,
    CatchAll,
    CatchAllCell,
    Cell,
    Column,
    Determination,
    Indication,
    Matrix,
    Reading,
    Row,
    Silent,
    State,
)


@dataclass(frozen=True)
class Target:
    """A place in a document: the words of a statement and those of its determination, lit together.

    ``styles`` are those in which ``words`` and ``basis`` are lit, see ``lit_boxes``; ``called`` is what the words are.
    ``at`` is the page that is meant where no words are, and ``why`` what is to be seen there.
    """

    reading: Reading
    words: tuple[Anchor, ...] = ()
    basis: tuple[Anchor, ...] = ()
    section: str = ""
    styles: tuple[str, str] = ("words", "basis")
    called: str = "indication"
    at: int | None = None
    why: str = ""

    @property
    def anchor(self) -> Anchor | None:
        """The anchor that is scrolled to."""
        return (self.words or self.basis or (None,))[0]

    @property
    def page(self) -> int | None:
        return self.anchor.page if self.anchor else self.at

    @property
    def is_paged(self) -> bool:
        """Whether its document has page images."""
        return self.reading.document.media_type == "application/pdf"


def parts(anchor: Anchor | None) -> tuple[Anchor, ...]:
    """An anchor and what continues it beyond page furniture."""
    return (anchor, *anchor.continues) if anchor else ()


@dataclass(frozen=True)
class Standing:
    """One column in one row. ``cells`` may hold several statements of the one document."""

    row: Row
    column: Column
    reading: Reading
    state: State
    cells: tuple[Cell, ...] = ()
    broader: tuple[Broader, ...] = ()
    catch_all: CatchAllCell | None = None
    silent: Silent | None = None
    indications: tuple[Indication, ...] = ()

    @property
    def determinations(self) -> tuple[Determination, ...]:
        """Those of all its statements, each once, the first statement's first."""
        said = [*(cell.determination for cell in self.cells), *(wider.determination for wider in self.broader)]
        if self.catch_all:
            said.append(self.catch_all.determination)
        return tuple(dict.fromkeys(said))

    @property
    def clause(self) -> CatchAll | None:
        """The residual clause behind a catch-all cell."""
        if self.catch_all is None:
            return None
        clauses = self.reading.facts.catch_all
        return next((c for c in clauses if c.anchor.start == self.catch_all.anchor.start), None)

    @property
    def state_word(self) -> str:
        """Its state in a word; of a document in which nothing was found it is not known."""
        unread = self.state is State.SILENT and doubts.of_document(self.reading)
        return doubts.NOTHING_FOUND if unread else elsewhere.state_word(self.state, self.elsewhere)

    @property
    def elsewhere(self) -> Broader | Silent | None:
        """Its wider statement, or its silence, either of which may name the row in which it speaks."""
        return self.broader[0] if self.broader else self.silent

    def doubts(self, number: int) -> tuple[str, ...]:
        """Why its ``number``-th statement is to be checked."""
        cell = self.cells[number] if self.cells else None
        return doubts.of_statement(self.indications[number], cell)

    def target(self, number: int = 0) -> Target:
        """Where its ``number``-th statement stands; the document's beginning where nothing is said."""
        if self.catch_all is not None:
            return Target(self.reading, (), parts(self.catch_all.anchor))
        if not self.indications:
            return Target(self.reading)
        indication = self.indications[number]
        return Target(self.reading, parts(indication.anchor), parts(indication.basis), section_of(indication))


def section_of(indication: Indication) -> str:
    """The headings an indication stands under, outermost first."""
    return indication.section or " / ".join(indication.context[:2])


@dataclass(frozen=True, eq=False)
class Facts:
    """All readings by file and their indications by id."""

    readings: Mapping[str, Reading]
    indications: Mapping[tuple[str, str], Indication] = field(default_factory=dict)

    @classmethod
    def of(cls, readings: Mapping[str, Reading]) -> Facts:
        found = {(file, i.id): i for file, reading in readings.items() for i in reading.facts.indications}
        return cls(readings, found)


def standings(matrix: Matrix, row: Row, facts: Facts) -> Iterator[Standing]:
    """The standing of every column of the matrix in one row, in column order."""
    for column in matrix.columns:
        yield standing_in(row, column, facts)


def standing_in(row: Row, column: Column, facts: Facts) -> Standing:
    """The standing of one column in a row."""
    file, reading = column.file, facts.readings[column.file]
    cells = tuple(cell for cell in row.cells if cell.file == file)
    broader = tuple(wider for wider in row.broader if wider.file == file)
    ids = [cell.indication for cell in cells] + [wider.indication for wider in broader]
    said = tuple(facts.indications[file, id_] for id_ in ids)
    if cells:
        return Standing(row, column, reading, State.STATED, cells=cells, indications=said)
    if broader:
        return Standing(row, column, reading, State.BROADER, broader=broader, indications=said)
    clause = next((clause for clause in row.catch_all if clause.file == file), None)
    if clause is not None:
        return Standing(row, column, reading, State.CATCH_ALL, catch_all=clause)
    silent = next((silence for silence in row.silent if silence.file == file), None)
    return Standing(row, column, reading, State.SILENT, silent=silent)

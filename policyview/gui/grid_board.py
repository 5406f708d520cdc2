"""Authorization, limits and codes as they are shown: a board like the matrix's, every string computed beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policyview.export.grids import Grid, Line, Saying, Square, grids_of
from policyview.gui.board import Board, Face, flat
from policyview.gui.standing import Target, parts
from policyview.model import Agreement, Determination, Row, State

_ICONS = {"Authorization": "authorization", "Limits": "limit", "Codes": "code"}
_POSITIONS = {
    "supports coverage": Determination.MEDICALLY_NECESSARY, "not covered": Determination.NOT_COVERED,
    "not listed: not covered": Determination.NOT_COVERED,
    "not listed: supports coverage": Determination.MEDICALLY_NECESSARY,
}  # fmt: skip
_RESIDUAL = "not listed: "  # so begins what a rule for the codes that are not listed says
_SIGNS = {
    Determination.MEDICALLY_NECESSARY: ("check", "check-outline"), Determination.NOT_COVERED: ("bar", "bar-outline"),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class GridBoard:
    """A grid with the faces of all its squares. ``told`` says of each line whether payers differ, ``who`` which of the
    documents in force say something on it, and how many."""

    grid: Grid
    rows: tuple[Row, ...]
    labels: tuple[str, ...]
    told: tuple[str, ...]
    who: tuple[str, ...]
    faces: tuple[tuple[Face, ...], ...]

    def shown(self, board: Board) -> Board:
        """As a board that the matrix's table shows, with the columns of ``board``."""
        found_by = tuple(line.found_by for line in self.grid.lines)
        matrix = replace(board.matrix, rows=self.rows)
        return replace(
            board, matrix=matrix, labels=self.labels, told=self.told, faces=self.faces, found_by=found_by, grids=()
        )

    def square(self, row: int, column: int) -> Square:
        return self.grid.lines[row].squares[column]


def iter_grids(board: Board) -> Iterator[GridBoard | None]:
    """The grids of a board; None between lines, so that the work can be left."""
    for grid in grids_of(board.matrix, board.facts.readings):
        columns = enumerate(zip(board.heads, board.matrix.columns, strict=True))
        counted = [n for n, (head, column) in columns if head.counts and column.in_force]
        rows, faces, told, who = [], [], [], []
        names = _names(board)
        for number, line in enumerate(grid.lines):
            differs = line.differs(counted)
            agreement = Agreement.WORDS_DIFFER if differs else Agreement.SAME
            rows.append(Row(f"{grid.name} {number}", line.label, agreement, group=flat(line.group)))
            faces.append(tuple(_face(grid, line, square, head.payer)
                               for square, head in zip(line.squares, board.heads, strict=True)))  # fmt: skip
            who.append(_who(line, board, names))
            said = flat(line.detail), who[-1], "Payers differ" if differs else ""
            told.append("\n".join(filter(None, said)))
            yield None
        yield GridBoard(grid, tuple(rows), tuple(map(_label, grid.lines)), tuple(told), tuple(who),
                        tuple(faces))  # fmt: skip


def target_of(board: Board, column: int, square: Square, number: int = 0, called: str = "place") -> Target:
    """Where the ``number``-th saying of a square stands; the document's beginning where it says nothing."""
    reading = board.facts.readings[board.matrix.columns[column].file]
    if not square.sayings:
        return Target(reading)
    return Target(reading, parts(square.sayings[number].anchor), called=called)


def _names(board: Board) -> tuple[str, ...]:
    """What each document is called; where one payer has several, by its number too."""
    payers = Counter(head.payer for head in board.heads)
    return tuple(f"{head.payer} {head.number}".strip() if payers[head.payer] > 1 else head.payer
                 for head in board.heads)  # fmt: skip


def _who(line: Line, board: Board, names: Sequence[str]) -> str:
    """Which of the documents in force say something themselves: of a code, which list it, alone or in a range."""
    in_force = [number for number, column in enumerate(board.matrix.columns) if column.in_force]
    own = [n for n in in_force if any(_is_own(each, line) for each in line.squares[n].sayings)]
    act = "Listed" if line.codes else "Said"
    if len(own) == len(in_force):
        return f"{act} by all {len(in_force)} documents" if len(own) > 1 else ""
    listed = f": {', '.join(dict.fromkeys(names[number] for number in own))}" if own else ""
    return f"{act} by {len(own)} of {len(in_force)} documents{listed}"


def _is_own(saying: Saying, line: Line) -> bool:
    """Whether a document says it of the line; a code stands in a range, too, but a rule for all others lists none."""
    return not saying.word.startswith(_RESIDUAL) if line.codes else not saying.is_derived


def _label(line: Line) -> str:
    """What the line is on; of a code, what it stands for."""
    return flat(f"{line.label} {line.detail}" if line.codes else line.label)


def _face(grid: Grid, line: Line, square: Square, payer: str) -> Face:
    about = f"{flat(line.label)}; {payer}"
    if not square.sayings:
        empty = flat(square.empty)
        return Face(State.SILENT, None, "silent", empty, "", "", empty, f"{about}: {empty}")
    first = square.sayings[0]
    position = _POSITIONS.get(first.word)
    icon = _SIGNS[position][first.is_derived] if position else _ICONS[grid.name]
    more = len(square.sayings) - 1
    detail = " · ".join(filter(None, (flat(first.detail), f"+{more} more" if more else "")))
    look = flat(square.look)
    said = [f"{flat(each.word)}{': ' if each.detail else ''}{flat(each.detail)}" for each in square.sayings]
    tip = "\n".join((*dict.fromkeys(said), *((f"To check: {look}",) if look else ())))
    spoken = "; ".join((f"{about}: {flat(first.word)}", *filter(None, (detail, f"to check: {look}" if look else ""))))
    state = State.BROADER if first.is_derived else State.STATED
    return Face(state, position, icon, flat(first.word), detail, look, tip, spoken)

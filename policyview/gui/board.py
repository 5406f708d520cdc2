"""One matrix with everything it shows: every string of every cell, computed once and before any view asks."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from policyview.amend import clause_at
from policyview.dating import columns_of
from policyview.export import acts, doubts, editions, elsewhere, vocabulary
from policyview.export.doubts import percent
from policyview.export.legible import printable
from policyview.gui import row_groups
from policyview.gui.citation import short_name
from policyview.gui.row_groups import GroupedBy
from policyview.gui.standing import Facts, Standing, standing_in, standings
from policyview.model import Agreement, Column, Determination, Indication, Matrix, Overrides, Reading, Row, State

if TYPE_CHECKING:
    from policyview.gui.grid_board import GridBoard

DIFFERENT = frozenset({Agreement.OPPOSED, Agreement.WORDS_DIFFER, Agreement.CRITERIA_DIFFER})
LESSONS = {
    State.STATED: "Match: how sure it is that this statement and the row speak of the same use.",
    State.BROADER: "Broader statement: this payer has no statement for just this row, but a wider one that reaches it. "
    "In another row: its statement is on this very use, and stands there.",
    State.CATCH_ALL: "Catch-all: the use is not named, so the payer's clause on all other uses applies.",
    State.SILENT: "Not addressed: the document neither names the use nor has a clause that reaches it. "
    "See another row: what it says of nearly this use stands there.",
}
_SAME_BEGINNING = 28  # characters
_BEGUN = 160  # characters of a full cell's first words: two lines hold fewer
Place: TypeAlias = tuple[int, int]
"""A row and a column of a matrix."""
_LONGEST = 2_500  # characters: half a page; a person reads more in the source, and wrapping it holds up the window
LOOK_LESSON = "The dot asks a person to check this cell."
AS_LABELED_LESSON = ": ".join(vocabulary.word(family, "as_labeled") for family in ("rows", "rows_told"))


@dataclass(frozen=True)
class Face:
    """How a cell looks and sounds. ``look`` says why it wants a look, empty where it does not; ``signs`` are the icons
    of what people said of it, ``first`` its first criteria or the words it is derived from."""

    state: State
    determination: Determination | None
    icon: str
    word: str
    detail: str
    look: str
    tip: str
    spoken: str
    signs: tuple[str, ...] = ()
    first: str = ""


@dataclass(frozen=True)
class Head:
    """What stands over a column. ``counts`` is False where its words never count as a payer's.

    ``scope`` tells whom it is for, where its payer has another policy of that number; ``badge`` why it is not in force,
    with a sign of its own; ``look`` why its version is to be checked; ``corrected`` what of it a person set.
    """

    payer: str
    number: str
    version: str
    note: str
    tip: str
    counts: bool
    scope: str = ""
    badge: str = ""
    badge_icon: str = ""
    look: str = ""
    corrected: str = ""

    @property
    def spoken(self) -> str:
        look = f"to check: {self.look}" if self.look else ""
        said = self.payer, self.number, self.scope, self.version, self.badge, self.note, self.corrected, look
        return ", ".join(filter(None, said))


@dataclass(frozen=True, eq=False)
class Board:
    """A matrix ready to be shown. ``faces[row][column]`` and ``heads[column]`` follow the matrix's order."""

    matrix: Matrix
    facts: Facts
    heads: tuple[Head, ...]
    labels: tuple[str, ...]
    told: tuple[str, ...]
    """What is said of each row as a whole: whether payers differ, and how."""
    faces: tuple[tuple[Face, ...], ...]
    found_by: tuple[str, ...]
    """What the filter looks for words in, a text a row, case folded."""
    places: Mapping[tuple[str, str], tuple[Place, ...]] = field(default_factory=dict)
    """The cells that stand on a statement, told by its document's sum and its id; those that state it before others."""
    grids: tuple[GridBoard, ...] = ()
    """Authorization, limits and codes of the same documents."""

    def standing(self, row: int, column: int) -> Standing:
        """The facts behind a cell."""
        return standing_in(self.matrix.rows[row], self.matrix.columns[column], self.facts)

    def differs(self, row: int) -> bool:
        """Whether payers differ in a row."""
        return row in self.disputes

    def headings(self, by: GroupedBy) -> tuple[str, ...]:
        """The head over each row, grouped so; computed once, for rows are many."""
        if by not in self._headings:
            self._headings[by] = row_groups.headings(self.matrix.rows, by)
        return self._headings[by]

    @cached_property
    def _headings(self) -> dict[GroupedBy, tuple[str, ...]]:
        return {}

    @cached_property
    def disputes(self) -> Mapping[int, Agreement]:
        """The rows in which payers differ, and how; computed once, for rows are many."""
        shown = ((number, row.agreement_shown) for number, row in enumerate(self.matrix.rows))
        return {number: agreement for number, agreement in shown if agreement in DIFFERENT}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that stands in a cell as its determination; computed once, for cells are many."""
        return frozenset(face.word for faces in self.faces for face in faces)

    @cached_property
    def alike(self) -> frozenset[str]:
        """How labels begin that another one begins with too."""
        begun = Counter(map(beginning, self.labels))
        return frozenset(each for each, count in begun.items() if count > 1)

    @property
    def looks(self) -> int:
        """How many cells want a look, of the versions in force."""
        shown = self.in_force
        return sum(bool(faces[column].look) for faces in self.faces for column in shown)

    @property
    def in_force(self) -> frozenset[int]:
        """The columns that are shown where not all versions are."""
        shown = {column.file for column in editions.shown(self.matrix)}
        return frozenset(number for number, column in enumerate(self.matrix.columns) if column.file in shown)


def iter_board(matrix: Matrix, facts: Facts) -> Iterator[Board | None]:
    """The board of a matrix, as the last thing yielded; None after each row, so that the work can be left."""
    faces: list[tuple[Face, ...]] = []
    found_by: list[str] = []
    for row in matrix.rows:
        faces.append(tuple(face(standing) for standing in standings(matrix, row, facts)))
        found_by.append("\n".join([row.label, row.group, *(each.tip for each in faces[-1])]).casefold())
        yield None
    labels = tuple(flat(row.label) for row in matrix.rows)
    told = tuple(_told(row) for row in matrix.rows)
    places = _places(matrix)
    made = Board(matrix, facts, _heads(matrix, facts), labels, told, tuple(faces), tuple(found_by), places)
    _ = made.words, made.alike  # here, and not while a window waits for them
    yield made


def _places(matrix: Matrix) -> dict[tuple[str, str], tuple[Place, ...]]:
    columns = {column.file: (number, column.sha256) for number, column in enumerate(matrix.columns)}
    found: dict[tuple[str, str], list[Place]] = {}
    for is_derived in (False, True):
        for number, row in enumerate(matrix.rows):
            for file, statement in _derived_from(row) if is_derived else ((c.file, c.indication) for c in row.cells):
                column, sha256 = columns[file]
                found.setdefault((sha256, statement), []).append((number, column))
    return {key: tuple(places) for key, places in found.items()}


def _derived_from(row: Row) -> Iterator[tuple[str, str]]:
    """(file, statement) of the cells that state nothing themselves; an empty statement is silence."""
    yield from ((wider.file, wider.indication) for wider in row.broader)
    yield from ((clause.file, clause_at(clause.anchor)) for clause in row.catch_all)
    yield from ((silence.file, "") for silence in row.silent)


def on_day(board: Board, as_of: datetime.date, overrides: Overrides) -> Board:
    """The board with the versions in force on another day."""
    readings = [board.facts.readings[column.file] for column in board.matrix.columns]
    dated = {column.file: column for column in columns_of(readings, board.matrix.versions, as_of, overrides)}
    matrix = replace(board.matrix, columns=tuple(dated[column.file] for column in board.matrix.columns))
    return replace(board, matrix=matrix, heads=_heads(matrix, board.facts))


def is_same_day(ones: Sequence[Board], others: Sequence[Board]) -> bool:
    """Whether the same versions are in force in both, so that whether those agree is known."""
    def in_force(boards: Sequence[Board]) -> list[str]:
        return [column.file for board in boards for column in board.matrix.columns if column.in_force]

    return in_force(ones) == in_force(others)


def _heads(matrix: Matrix, facts: Facts) -> tuple[Head, ...]:
    versions = editions.Told(matrix)
    return tuple(head(column, facts.readings.get(column.file), versions) for column in matrix.columns)


def board(matrix: Matrix, facts: Facts) -> Board:
    """The board of a matrix, at once."""
    *_, last = iter_board(matrix, facts)
    assert last is not None
    return last


def beginning(label: str) -> str:
    """About the first line of a label: those that share it are told apart by their ends."""
    return label[:_SAME_BEGINNING].casefold()


def flat(text: str) -> str:
    """Document text on one line, fit to be shown; what is longer than any statement ends in dots."""
    shown = " ".join(printable(text[:_LONGEST]).split())
    return shown if len(text) <= _LONGEST and len(shown) <= _LONGEST else f"{shown[:_LONGEST]} …"


def _told(row: Row) -> str:
    means = vocabulary.agreement_told(row.agreement_shown)
    told = f"Payers differ: {means}" if row.agreement_shown in DIFFERENT else means[:1].upper() + means[1:]
    return f"{told}\n{AS_LABELED_LESSON}" if row.is_label else told


def head(column: Column, reading: Reading | None = None, versions: editions.Told | None = None) -> Head:
    """What stands over a column; ``versions`` are those of its matrix."""
    policy = column.policy
    name = short_name(column.file)
    payer = flat(policy.payer or policy.title or name)
    number = flat(policy.number or "")
    version = editions.column_version(column)
    note = vocabulary.authority_word(policy.authority) if policy.is_second_hand else ""
    if not policy.payer and not note:
        note = "payer not named"
    badge = editions.badge(column)
    told = tuple(map(flat, versions.of(column.file))) if versions else ()
    look = "; ".join(map(flat, versions.policy(column.file).doubts)) if versions else ""
    doubt = doubts.of_document(reading)
    if doubt:
        note = ", ".join(filter(None, (doubts.NOTHING_FOUND, note)))
    scope = flat(versions.scope(column)) if versions else ""
    corrected = acts.corrected_words(policy)
    said = payer, flat(policy.title or ""), number, scope, version, badge, note, corrected, name, doubt, *told
    counts = not policy.is_second_hand
    sign = editions.badge_icon(column) if badge else ""
    return Head(payer, number, version, note, "\n".join(filter(None, said)), counts, scope, badge, sign, look,
                corrected)  # fmt: skip


@dataclass(frozen=True)
class Remark:
    """What people said of a cell: ``signs`` and ``told`` show it, ``look`` and ``detail`` stand in place of the cell's
    own where they are not None."""

    signs: tuple[str, ...] = ()
    told: str = ""
    look: str | None = None
    detail: str | None = None


def face(standing: Standing, said: Remark = Remark()) -> Face:
    """The face of one column in one row."""
    first = standing.determinations[0] if standing.determinations else None
    word, detail = _word(standing), _detail(standing) if said.detail is None else said.detail
    look = _look(standing) if said.look is None else said.look
    icon = vocabulary.icon_name(first, standing.state is not State.STATED) if first else "silent"
    named = f"{flat(standing.row.label)}; {head(standing.column).payer}: {word}"
    told = said.told.replace("\n", "; ")
    spoken = "; ".join(filter(None, (named, detail, f"to check: {look}" if look else "", told)))
    tip = "\n".join(filter(None, (_tip(standing, word, detail), said.told, f"To check: {look}" if look else "")))
    return Face(standing.state, first, icon, word, detail, look, tip, spoken, said.signs, _first_words(standing))


def _word(standing: Standing) -> str:
    if standing.state is State.SILENT:
        return standing.state_word
    return vocabulary.determination_word(standing.determinations[0])


def _detail(standing: Standing) -> str:
    if standing.state is State.SILENT:
        return elsewhere.row_named(standing.silent)
    if standing.state is not State.STATED:
        return standing.state_word
    counts = [criteria_count(indication) for indication in standing.indications]
    more = len(standing.cells) - 1
    others = len(standing.determinations) - 1
    score = min(cell.score for cell in standing.cells)
    count = f"{counts[0]} {'criterion' if counts[0] == 1 else 'criteria'}" if counts and counts[0] else ""
    also = f"+{more} {'other answer' if others else 'more'}" if more else ""
    match = percent(score) if count and also else f"match {percent(score)}"  # the room of a cell is for both
    return " · ".join(filter(None, (count, also, match)))


def criteria_count(indication: Indication) -> int:
    """How many conditions a person would have to check: the criteria that have none below them."""
    own = sum(not criterion.children for criterion in indication.iter_criteria())
    return own + sum(not leaf.children for criterion in indication.inherited for leaf in criterion.leaves())


def _first_words(standing: Standing) -> str:
    """What a full cell begins to tell: its criteria, the clause it is derived from, or why nothing is said."""
    if standing.clause is not None:
        return _begun([f"“{standing.clause.text}”"])
    if standing.silent is not None:
        return _begun([standing.silent.why])
    said = standing.indications[:1]
    criteria = [each.text for one in said for each in (*one.criteria, *one.inherited)]
    return _begun([f"• {text}" for text in criteria] or [f"“{one.text}”" for one in said])


def _begun(texts: Sequence[str]) -> str:
    return flat(" ".join(text[:_BEGUN] for text in texts[:3])[:_BEGUN])


def _look(standing: Standing) -> str:
    reasons = [reason for number in range(len(standing.indications)) for reason in standing.doubts(number)]
    reasons += [*doubts.of_clause(standing.clause, standing.catch_all), *doubts.of_silence(standing.silent)]
    reasons += doubts.of_answers(standing.determinations)
    return flat("; ".join(dict.fromkeys(reasons)))


def _tip(standing: Standing, word: str, detail: str) -> str:
    lines = [f"{word} · {detail}" if detail else word]
    lines += [f"“{flat(indication.text)}”" for indication in standing.indications]
    lines += [f"“{flat(indication.stated)}”" for indication in standing.indications[:1] if indication.stated]
    if standing.clause:
        lines.append(f"“{flat(standing.clause.text)}”")
    if standing.broader and (row := elsewhere.row_named(standing.broader[0])):
        lines.append(f"It stands in row {row}")
    if standing.silent:
        lines.append(flat(doubts.of_document(standing.reading) or standing.silent.why))
    return "\n".join(lines)


def first_difference(board: Board) -> tuple[int, int]:
    """Row and column of the first cell in which payers differ: opposed before other differences.

    The first cell of all where nobody differs.
    """
    order = (Agreement.OPPOSED, Agreement.WORDS_DIFFER, Agreement.CRITERIA_DIFFER)
    rows: tuple[Row, ...] = board.matrix.rows
    for agreement in order:
        for number, row in enumerate(rows):
            if row.agreement_shown is agreement:
                return number, _first_stated(board, number)
    return 0, _first_stated(board, 0) if rows else 0


def _first_stated(board: Board, row: int) -> int:
    faces = board.faces[row]
    visible = [n for n, face in enumerate(faces) if face.state is State.STATED]
    counted = [n for n in visible if board.heads[n].counts and board.matrix.columns[n].in_force]
    return (counted or visible or [0])[0]


def same_row(board: Board, was: Standing) -> int | None:
    """The row that holds the same statement; else the one called the same."""
    wanted = {(cell.file, cell.indication) for cell in was.row.cells}
    own = {(cell.file, cell.indication) for cell in was.cells} or wanted
    for meant in (own, wanted):
        for number, row in enumerate(board.matrix.rows):
            if meant & {(cell.file, cell.indication) for cell in row.cells}:
                return number
    return next((n for n, row in enumerate(board.matrix.rows) if row.label == was.row.label), None)

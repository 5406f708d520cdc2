"""How each cell stands against our own payer's: weighed behind the window, the rows that are seen first."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from policyview import pipeline
from policyview.align.against import Answer
from policyview.gui.board import Board, Place, flat
from policyview.gui.runner import Runner
from policyview.gui.standing import Standing
from policyview.model import State
from policyview.settings import Settings

_Weighed: TypeAlias = tuple[Board, int, Mapping[Place, "Verdict"]]
_ORDER = (State.STATED, State.BROADER, State.CATCH_ALL, State.SILENT)


@dataclass(frozen=True)
class Verdict:
    """``word`` is same, stricter, looser, differs both ways or cannot tell; ``why`` half a sentence; ``differences``
    each thing that is otherwise, a line each."""

    word: str
    why: str
    differences: tuple[str, ...] = ()

    @property
    def icon(self) -> str:
        return f"ours-{self.word.replace(' ', '-')}"

    @property
    def told(self) -> str:
        """In a sentence, without its full stop."""
        return f"Against ours: {self.word} ({self.why})"


def is_of(standing: Standing, ours: str) -> bool:
    """Whether a document is our own payer's word."""
    policy = standing.column.policy
    return bool(ours) and policy.payer == ours and not policy.is_second_hand


def our_answer(standings: Iterable[Standing], ours: str) -> Answer | None:
    """What our payer says of a row: its statements before a wider one, that before a clause. None where it has no
    document here; where several of its documents state the row, they answer together."""
    own = [each for each in standings if is_of(each, ours)]
    if not own:
        return None
    best = min(_ORDER.index(each.state) for each in own)
    said = [each for each in own if _ORDER.index(each.state) == best]
    determinations = dict.fromkeys(one for each in said for one in each.determinations)
    others = tuple(one for each in said for one in each.reading.facts.indications)
    return Answer(tuple(determinations), tuple(one for each in said for one in each.indications), others)


def verdict(own: Answer, standing: Standing, settings: Settings) -> Verdict | None:
    """How a document stands against ours in a row; None for what is second-hand and never speaks for a payer."""
    if standing.column.policy.is_second_hand:
        return None
    theirs = Answer(standing.determinations, standing.indications, standing.reading.facts.indications)
    found = pipeline.against(own, theirs, settings)
    return Verdict(found.verdict, flat(found.why), tuple(map(flat, found.differences)))


class Verdicts(QObject):
    """``found`` carries the places of a board whose verdict is known now."""

    found = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._board: Board | None = None
        self._columns: tuple[int, ...] = ()
        self.ours = ""
        self._known: dict[Place, Verdict] = {}
        self._weighed: set[int] = set()
        self._wanted: tuple[int, ...] = ()
        self._runner: Runner | None = None
        self._is_closed = False

    def hold(self, board: Board | None, columns: Sequence[int], ours: str) -> None:
        """The board whose columns are held against our payer's, empty for nobody's; what was weighed before of this
        board and these columns stays."""
        of = board, tuple(sorted(columns)), ours
        if of == (self._board, self._columns, self.ours):
            return
        self._board, self._columns, self.ours = of
        self._known, self._weighed, self._wanted = {}, set(), ()
        if self._runner is not None:
            self._runner.cancel()

    def want(self, rows: Iterable[int]) -> None:
        """The rows that are seen, those to be weighed first in front."""
        self._wanted = tuple(rows)
        self._begin()

    @property
    def known(self) -> Mapping[Place, Verdict]:
        """What is known up to now, of all but our own cells; it grows."""
        return self._known

    @property
    def is_settled(self) -> bool:
        return self._runner is None and self._weighed.issuperset(self._wanted)

    def close_work(self) -> None:
        """Stops its work and waits for it."""
        self._is_closed = True
        if self._runner is not None:
            self._runner.cancel()
            self._runner.wait()

    # ------------------------------------------------------------ the work

    def _begin(self) -> None:
        board, ours = self._board, self.ours
        if self._is_closed or self._runner is not None or board is None or not ours:
            return
        if self._weighed.issuperset(self._wanted):
            return
        weighed, columns = frozenset(self._weighed), self._columns
        self._runner = Runner(lambda: self._weigh(board, columns, ours, weighed), self)
        self._runner.progressed.connect(self._on_weighed)
        self._runner.broke.connect(lambda reason: self._weighed.update(self._wanted))
        self._runner.finished.connect(self._on_finished)
        self._runner.start()

    def _weigh(
        self, board: Board, columns: Sequence[int], ours: str, weighed: frozenset[int]
    ) -> Generator[_Weighed | None, None, None]:
        """Row by row as they are wanted, for what is wanted changes while this goes on."""
        done = set(weighed)
        while (row := next((row for row in self._wanted if row not in done), None)) is not None:
            done.add(row)
            found, own = {}, our_answer((board.standing(row, column) for column in columns), ours)
            for column in columns if own else ():
                standing = board.standing(row, column)
                if own and not is_of(standing, ours) and (told := verdict(own, standing, self._settings)):
                    found[row, column] = told
                yield None
                time.sleep(0)  # the window's thread has its turn
            yield board, row, found

    def _on_weighed(self, weighed: _Weighed) -> None:
        board, row, found = weighed
        runner = self._runner
        if board is self._board and runner is not None and not runner.is_cancelled:
            self._known |= found
            self._weighed.add(row)
            self.found.emit(tuple(found))

    def _on_finished(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            runner.wait()
            runner.deleteLater()
        self._begin()

"""The whole audit, ready to be shown: how far the review is, what was said, what is open, what waits to be carried."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from policyview import lexicon
from policyview.carry import Carried, Held
from policyview.gui.audit_lines import CARRIED, LOG, LOOKS, OPEN, PROGRESS, Line, Lines
from policyview.gui.audit_places import Goal, Places, Scene
from policyview.gui.audit_tally import Seen, Tally, iter_seen
from policyview.gui.audit_waiting import Pair, Waiting, doubted_as_parted, iter_waiting, line_of, pairs_that_wait
from policyview.gui.board import Board, flat
from policyview.gui.version_groups import Versions, parted_groups
from policyview.lexicon import Lexicon
from policyview.marks import Mark
from policyview.review import Review, first_break

SECTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "log": ("What was said", LOG), "checks": ("To check", OPEN), "open": ("Not reviewed", OPEN),
    "looks": ("Look again", LOOKS), "carried": ("To carry over", CARRIED), "progress": ("Progress", PROGRESS),
}  # fmt: skip
"""The parts: their names and the heads of their tables."""
MOST = 20_000  # lines of a part; nobody walks through more
_BREATH_S = 0.005  # so long at most the window's thread waits for its turn
_JUDGING = frozenset(("confirm", "dismiss"))


@dataclass(frozen=True, eq=False)
class AuditBoard:
    """``lines`` of each part, ``left_out`` how many more there are; ``waiting`` by the key of their lines.

    ``is_whole`` is False where only what waits was looked for.
    """

    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    waiting: Mapping[str, Waiting] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    chain: str = ""
    is_unbroken: bool = True
    last_sum: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
    is_whole: bool = True

    def of(self, section: str) -> tuple[Line, ...]:
        return self.lines.get(section, ())


Known = dict[tuple[str, str, bool], Carried]
"""What was carried before, see ``Held``."""


def audit(
    scene: Scene, groups: Sequence[Versions], lexicon_folder: Path | None, is_whole: bool, known: Known | None = None
) -> Iterator[AuditBoard | None]:
    """The board, as the last thing yielded; None every now and then, so that the work can be left."""
    breath = time.monotonic()
    for step in _steps(scene, groups, lexicon_folder, is_whole, known):
        if isinstance(step, AuditBoard):
            yield step
        elif time.monotonic() - breath > _BREATH_S:
            time.sleep(0)
            breath = time.monotonic()
            yield None


def _steps(
    scene: Scene, groups: Sequence[Versions], lexicon_folder: Path | None, is_whole: bool, known: Known | None
) -> Iterator[AuditBoard | None]:
    held = Held(scene.reviews, known)
    pairs = pairs_that_wait(held, groups)
    parted = list[Pair]()
    if scene.called_anew:
        words = lexicon.load(lexicon_folder)
        found = parted_groups(groups, scene.readings, scene.called_anew, words, scene.overrides)
        parted = pairs_that_wait(held, found)
    if not (is_whole or pairs or parted):
        yield AuditBoard(is_whole=False)
        return
    work = _Work(scene)
    yield from work.places.prepare()
    yield from work.log()
    if pairs or parted:
        yield from work.carried(held, pairs, parted, lexicon.load(lexicon_folder))
    if is_whole:
        yield from work.looks()
        yield from work.cells()
    yield work.board(is_whole)


class _Work:
    """What is gathered so far."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.places = Places(scene)
        self._lines = Lines(scene, self.places)
        self._of_sum: dict[str, Line] = {}
        self._parts: dict[str, list[Line]] = {section: [] for section in SECTIONS}
        self._waiting: dict[str, Waiting] = {}
        self._tally = Tally()
        self._open = self._checks = 0

    def log(self) -> Iterator[None]:
        for step in self._lines.iter_log():
            if step is not None:
                line, review = step
                self._of_sum[review.sha256] = line
                line.prepare()
            yield None
        self._parts["log"] = list(reversed(self._of_sum.values()))

    def carried(
        self, held: Held, pairs: Sequence[Pair], parted: Sequence[Pair], words: Lexicon
    ) -> Iterator[None]:
        """What was said of older versions, also where they are ``parted`` by what was said."""
        found = iter_waiting(self._scene, self.places, held, pairs, words)
        apart = map(doubted_as_parted, iter_waiting(self._scene, self.places, held, parted, words))
        for one in chain(found, apart):
            line = line_of(one, self._of_sum[one.review.sha256], self._lines)
            self._waiting[line.key] = one
            self._parts["carried"].append(line)
            yield None

    def looks(self) -> Iterator[None]:
        """What was said and does not hold as it was said."""
        marks = self._scene.marks
        for review, reason in marks.lost:
            if review.sha256 in self._of_sum:
                self._parts["looks"].append(self._lines.of_lost(review, reason, self._of_sum[review.sha256]))
            yield None
        held = [(mark, self.places.spot(key)) for key, mark in marks.statements.items() if mark.look]
        held += [(mark, self.places.answer(*place)) for place, mark in marks.answers.items() if mark.look]
        for mark, spot in held:
            line = self._of_sum.get(_judging(mark).sha256)
            if line is not None:
                self._parts["looks"].append(self._lines.of_look(mark, spot, line))
            yield None

    def cells(self) -> Iterator[None]:
        """What is not reviewed, and how far each payer's part is."""
        checks, rest = list[Line](), list[Line]()
        for board in self._scene.boards:
            tallies: dict[int, Tally] = {}
            firsts: dict[int, Seen] = {}
            for seen in iter_seen(board, self._scene.marks):
                column = seen.spot.column
                tallies[column] = tallies.get(column, Tally()) + seen.tally
                if not seen.is_reviewed:
                    firsts.setdefault(column, seen)
                    self._take(seen, checks, rest)
                yield None
            self._tell(board, tallies, firsts)
        self._parts["open"] = [*checks, *rest]

    def _take(self, seen: Seen, checks: list[Line], rest: list[Line]) -> None:
        """A cell that is not reviewed; one that is to be looked at again is not open, but to be checked."""
        is_to_check = bool(seen.check or seen.look)
        self._checks += is_to_check
        self._open += not seen.look
        part = checks if seen.check else rest
        is_listed = is_to_check and len(self._parts["checks"]) < MOST
        if is_listed or (not seen.look and len(part) < MOST):
            line = self._lines.of_open(seen).prepare()
            if is_listed:
                self._parts["checks"].append(line)
            if not seen.look and len(part) < MOST:
                part.append(line)

    def _tell(self, board: Board, tallies: Mapping[int, Tally], firsts: Mapping[int, Seen]) -> None:
        whole = sum(tallies.values(), Tally())
        self._tally = self._tally + whole
        topic = flat(board.matrix.topic)
        if len(tallies) > 1:
            first = next(iter(firsts.values()), None)
            self._parts["progress"].append(_progress(board, f"{topic} ", topic, "all payers", whole, first))
        for column, tally in tallies.items():
            head = board.heads[column]
            payer = "\n".join(filter(None, (head.payer, " · ".join(filter(None, (head.number, head.version))))))
            key = f"{topic} {board.matrix.columns[column].file}"
            self._parts["progress"].append(_progress(board, key, topic, payer, tally, firsts.get(column)))

    def board(self, is_whole: bool) -> AuditBoard:
        reviews = self._scene.reviews
        broken = first_break(reviews)
        lines = {section: tuple(part[:MOST]) for section, part in self._parts.items()}
        whole = {section: len(part) for section, part in self._parts.items()}
        whole |= {"open": self._open, "checks": self._checks}
        left_out = {section: count - MOST for section, count in whole.items() if count > MOST}
        last = reviews[-1].sha256 if reviews else ""
        return AuditBoard(lines, self._waiting, self._tally, _chain(reviews, broken), broken is None, last, left_out,
                          is_whole)  # fmt: skip


def _judging(mark: Mark) -> Review:
    """The review that says what is to be looked at again."""
    return next((review for review in reversed(mark.reviews) if review.action in _JUDGING), mark.reviews[-1])


def _chain(reviews: Sequence[Review], broken: int | None) -> str:
    if not reviews:
        return "Nothing was said yet"
    if broken is not None:
        return f"Entry {broken + 1} does not name the one before it: the record was changed"
    many = len(reviews)
    return "The only entry is the first" if many == 1 else f"Each of the {many} entries names the one before it"


def _progress(board: Board, key: str, topic: str, payer: str, tally: Tally, first: Seen | None) -> Line:
    """How far a payer's part of a topic is; leads to what is not reviewed yet."""
    cells = (topic, payer, f"{tally.reviewed} of {tally.cells}", *(str(count) if count else "–" for count in (
        tally.looks, tally.corrected, tally.checks)))  # fmt: skip
    detail = f"{topic} · {payer}\n{tally.words}"
    name = payer.partition("\n")[0]
    done = "mark-confirmed" if tally.reviewed == tally.cells else ""
    return Line(key, cells, detail, Goal(spot=first.spot if first else None), done, payer=name)

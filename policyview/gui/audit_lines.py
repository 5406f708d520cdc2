"""The lines of the audit: what was said, what is not reviewed yet, what is to be looked at; every string made once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from policyview.export import said as words
from policyview.export import vocabulary
from policyview.export.said import Said
from policyview.gui.audit_places import Goal, Places, Scene, Spot
from policyview.gui.audit_tally import Seen
from policyview.gui.board import flat
from policyview.gui.citation import citation, short_name
from policyview.marks import Mark
from policyview.model import Anchor, Indication
from policyview.review import CellSubject, ChangeSubject, DocumentSubject, Review, Subject

_ICONS = {
    "confirm": "mark-confirmed", "dismiss": "mark-not-relevant", "note": "mark-note", "correct": "change-modified",
    "add": "change-added", "delete": "change-removed", "move": "change-moved", "withdraw": "suppressed",
}  # fmt: skip
ACTIONS = {action: vocabulary.word("review_actions", action) for action in _ICONS}
"""What the filter calls each action."""
NOT_OPEN = "document not open"


@dataclass(frozen=True, eq=False)
class Line:
    """A line of a table. ``key`` finds it again; a cell of two lines of words holds a line end.

    ``detail`` is the whole in words, to be read and copied. ``holds`` is False for what was taken back, ``stands`` for
    that and for what only took something back. ``review`` is what can be taken back by itself.
    """

    key: str
    cells: tuple[str, ...]
    detail: str
    goal: Goal
    icon: str = ""
    who: str = ""
    action: str = ""
    payer: str = ""
    holds: bool = True
    stands: bool = True
    is_loud: bool = False
    review: Review | None = None

    def prepare(self) -> Line:
        """Makes what is made but once now, not when the filter first asks all lines for it."""
        _ = self.found_by
        return self

    @cached_property
    def found_by(self) -> str:
        """What the filter looks for words in, case folded."""
        return "\n".join((*self.cells, self.detail)).casefold()


LOG = "When and by whom", "What was said", "Row or change", "Payer", "Words and note"
OPEN = "Row", "Payer", "What it says", "To check"
LOOKS = "Why", "What was said", "Row or change", "Payer", "Words and note"
CARRIED = "Newer version", "What was said", "Row", "Payer, versions", "Words"
PROGRESS = "Topic", "Payer", "Reviewed", "To look at again", "Corrected", "To check"


class Lines:
    """Makes lines of reviews."""

    def __init__(self, scene: Scene, places: Places) -> None:
        self._scene, self.places = scene, places

    def iter_log(self) -> Iterator[tuple[Line, Review] | None]:
        """All that was said, the oldest first; None for a step on the way."""
        course = words.Course(self.places.read)
        for review in self._scene.reviews:
            course.take(review)
            yield None
        for number, review in enumerate(self._scene.reviews):
            yield self.of_said(course.said(review), number), review

    def of_said(self, said: Said, number: int) -> Line:
        """A line of the log."""
        review, goal = said.review, self.places.goal(said.review)
        what = "\n".join(filter(None, (flat(said.what), flat(said.state))))
        quoted = "\n".join(filter(None, (quote(words_of(review.subject)), note_of(review))))
        who = flat(review.author)
        when = flat(words.local_time(review.time))
        cells = f"{when}\n{who}", what, self.about(review, goal), self.payer(goal), quoted
        state = f"; {said.state}" if said.state else ""
        head = f"{flat(said.what)}{flat(state)}\n{who}, {flat(words.exact_time(review.time))}"
        chain = f"Entry {number + 1}, sum {review.sha256}"
        detail = "\n".join(filter(None, (head, self._stands(review, goal), note_of(review), chain)))
        return Line(review.sha256, cells, detail, goal, _ICONS.get(review.action, ""), who, review.action,
                    self.payer(goal), said.taken_back is None, said.holds,
                    review=review if said.holds else None)  # fmt: skip

    def about(self, review: Review, goal: Goal) -> str:
        """The row and its topic, or the change and its versions."""
        subject = review.subject
        if isinstance(subject, DocumentSubject):
            return f"the document\n{short_name(goal.reading.file) if goal.reading else subject.sha256[:12]}"
        if isinstance(subject, ChangeSubject):
            named = (self._scene.of_sum.get(each) for each in (subject.old, subject.new))
            files = " → ".join(short_name(each.file) if each else NOT_OPEN for each in named)
            return f"{flat(vocabulary.word('change_kinds', subject.kind))} between versions\n{files}"
        row = goal.spot.label if goal.spot else flat(subject.text)
        topic = flat(goal.spot.topic if goal.spot else subject.topic)
        return "\n".join(filter(None, (row, topic)))

    def payer(self, goal: Goal) -> str:
        """As it is called now."""
        if goal.reading is None:
            return NOT_OPEN
        reading = self._scene.corrected.get(goal.reading.file, goal.reading)
        policy = reading.facts.policy
        return flat(policy.payer or policy.title or "") or short_name(reading.file)

    def _stands(self, review: Review, goal: Goal) -> str:
        """The words and where they stand."""
        said = words_of(review.subject)
        about = self.about(review, goal).replace("\n", " · ")
        if goal.reading is None:
            return "\n".join(filter(None, (about, quote(said), f"— {NOT_OPEN}")))
        reading = self._scene.corrected.get(goal.reading.file, goal.reading)
        page = goal.statement.anchor.page if goal.statement else said.page if said else None
        section = goal.statement.section if isinstance(goal.statement, Indication) else ""
        cited = f"— {citation(reading, page, section)}, {short_name(reading.file)}"
        return "\n".join(filter(None, (about, quote(said), cited)))

    # ------------------------------------------------------------ what is to be done

    def of_lost(self, review: Review, reason: str, line: Line) -> Line:
        """What was said of words that are gone."""
        return Line(f"lost {line.key}", (reason, line.cells[1] + f"\n{_who(review)}", *line.cells[2:]),
                    f"{reason}\n{line.detail}", line.goal, "history-doubt", line.who, line.action, line.payer,
                    is_loud=True, review=review)  # fmt: skip

    def of_look(self, mark: Mark, spot: Spot | None, line: Line) -> Line:
        """What was said of a cell that is another now."""
        goal = Goal(line.goal.reading, spot, line.goal.statement, line.goal.words)
        what = f"{line.cells[1]}\n{flat(mark.by)}, {flat(words.local_time(mark.time))}"
        return Line(f"look {line.key}", (mark.look, what, *line.cells[2:]), f"{mark.look}\n{line.detail}", goal,
                    "history-doubt", line.who, line.action, line.payer, is_loud=True, review=line.review)  # fmt: skip

    @staticmethod
    def of_open(seen: Seen) -> Line:
        """A cell that is not reviewed as it is now."""
        spot = seen.spot
        face, head = spot.board.faces[spot.row][spot.column], spot.board.heads[spot.column]
        label = "\n".join(filter(None, (spot.label, flat(spot.topic))))
        told = f"{face.word}\n{face.detail}" if face.detail else face.word
        payer = "\n".join(filter(None, (head.payer, head.number)))
        detail = f"{spot.label} · {head.payer}\n{face.tip}"
        key = "\0".join((spot.topic, spot.row_id, spot.file))
        check = "; ".join(filter(None, (f"look at it again: {seen.look}" if seen.look else "", seen.check)))
        return Line(key, (label, payer, told, check), detail, Goal(spot=spot), face.icon, payer=head.payer,
                    is_loud=bool(check))  # fmt: skip


def words_of(subject: Subject) -> Anchor | None:
    """The words that a review is on; of a change those of the newer version."""
    if isinstance(subject, CellSubject):
        return subject.anchor
    return (subject.after or subject.before) if isinstance(subject, ChangeSubject) else None


def quote(said: Anchor | None) -> str:
    """Words between quotation marks; empty for none."""
    return f"“{flat(said.quote)}”" if said else ""


def note_of(review: Review) -> str:
    """The free text of a review; empty for none."""
    return f"Note: {flat(review.text)}" if review.text else ""


def _who(review: Review) -> str:
    return f"{flat(review.author)}, {flat(words.local_time(review.time))}"

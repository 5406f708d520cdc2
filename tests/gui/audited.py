"""Two versions of an invented policy and another payer's, compared by the real parts, and what people said of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from policyview import pipeline
from policyview.amend import amended, companion
from policyview.collection import Collection
from policyview.gui.audit_places import Scene
from policyview.gui.board import Board, board
from policyview.gui.standing import Facts
from policyview.marks import Answer, marks, of_answer, of_statement
from policyview.model import Indication, Reading, Row
from policyview.review import FIRST, CellSubject, ChangeSubject, DocumentSubject, Review, ReviewAction, Subject
from policyview.settings import Settings
from tests.versions.made import reading_of

OLD = """Larkspur Health Plan
# Tidal Vest Therapy

Policy number: LH-12
Effective 2025-03-01

## Policy

Tidal vest therapy is medically necessary for adults with brittle airway syndrome when all of these hold:

1. A trial of two inhaled agents of 6 weeks each brought no relief.
2. Oxygen saturation at rest is 90 percent or lower.

Tidal vest therapy is investigational for seasonal <b>cough</b>.

Tidal vest therapy is medically necessary for children with stiff rib syndrome.

Tidal vest therapy is investigational for marsh fever.
"""
GONE = "Tidal vest therapy is investigational for marsh fever.\n"
NEW = OLD.replace("2025-03-01", "2026-03-01").replace("6 weeks", "8 weeks").replace(GONE, "")
MARSH = """Marsh Mutual
# Tidal Vest Therapy

Policy number: M-7
Effective 2025-04-01

## Policy

Tidal vest therapy is medically necessary for adults with brittle airway syndrome.

Tidal vest therapy is not medically necessary for hay fever.
"""
FILES = {"larkspur-2025.md": OLD, "larkspur-2026.md": NEW, "marsh.md": MARSH}
DAY = datetime.date(2026, 6, 1)


@cache
def read() -> tuple[Reading, Reading, Reading]:
    """The three as read: the older version, the newer one, the other payer's."""
    with TemporaryDirectory() as folder:
        old, new, marsh = (reading_of(Path(folder), text, name) for name, text in FILES.items())
    return old, new, marsh


def statement(reading: Reading, use: str) -> Indication:
    """The one statement whose name holds a word."""
    (found,) = (each for each in reading.facts.indications if use in each.text.lower())
    return found


def boards(reviews: Sequence[Review] = ()) -> tuple[Board, ...]:
    """The comparison with what was said."""
    collection = pipeline.amended(Collection(read(), reviews=tuple(reviews)))
    facts = Facts.of({reading.file: reading for reading in collection.readings})
    return tuple(board(matrix, facts) for matrix in pipeline.run(pipeline.compare(collection, Settings(), DAY)))


def scene(reviews: Sequence[Review] = ()) -> Scene:
    """What is open and what was said."""
    made, outcome = boards(reviews), amended(read(), tuple(reviews))
    found = marks([each.matrix for each in made], outcome, tuple(reviews))
    return Scene(tuple(reviews), read(), made, outcome, found)


class Said:
    """Says things by the minute."""

    def __init__(self) -> None:
        self.reviews: tuple[Review, ...] = ()

    def __call__(
        self, action: ReviewAction, subject: Subject, sets: Sequence[tuple[str, str]] = (), text: str = "",
        withdraws: str = "", by: str = "Ada",
    ) -> Review:  # fmt: skip
        previous, time = self.reviews[-1].sha256 if self.reviews else FIRST, f"2026-04-01T09:{len(self.reviews):02}:00Z"
        review = Review(action, subject, by, time, text, tuple(sets), withdraws, previous)
        self.reviews = (*self.reviews, review)
        return review


def subject(reading: Reading, use: str) -> CellSubject:
    """What a review of a statement names."""
    found = statement(reading, use)
    return CellSubject(reading.document.sha256, found.anchor, found.text, "Tidal Vest Therapy")


def silence(reading: Reading, row: Row) -> tuple[CellSubject, tuple[tuple[str, str], ...]]:
    """What a review of a document's silence in a row names and sets."""
    answers: tuple[Answer, ...] = (*row.broader, *row.catch_all, *row.silent)
    answer = next(each for each in answers if each.file == reading.file)
    by_file = {each.file: each for each in read()}
    return of_answer(answer, row, reading.document.sha256, amended(read(), ()), by_file)


def said() -> tuple[Review, ...]:
    """One thing of each kind."""
    old, new, marsh = read()
    say = Said()

    def row_of(reading: Reading, use: str) -> Row:
        wanted = reading.file, statement(reading, use).id
        return next(row for each in boards() for row in each.matrix.rows
                    if wanted in {(cell.file, cell.indication) for cell in row.cells})  # fmt: skip

    for use in ("brittle", "stiff", "marsh"):
        say("confirm", subject(old, use), of_statement(statement(old, use), row_of(old, use)))
    say("note", subject(old, "cough"), text="asked the payer", by="Bo")
    say("correct", subject(old, "cough"), [("determination", "not_covered")])
    wrong = say("correct", subject(marsh, "hay"), [("determination", "investigational")])
    say("withdraw", wrong.subject, withdraws=wrong.sha256)
    say("move", subject(marsh, "hay"), [("row", "Seasonal cough"), *companion(subject(old, "cough"))])
    say("confirm", *silence(marsh, row_of(old, "stiff")))
    say("confirm", ChangeSubject(old.document.sha256, new.document.sha256, "threshold",
                                 statement(old, "brittle").anchor, statement(new, "brittle").anchor))  # fmt: skip
    say("correct", DocumentSubject(old.document.sha256), [("payer", "Larkspur Health Plan of Ohio")])
    say("note", CellSubject("f" * 64, statement(old, "cough").anchor, "Elsewhere"), text="in another workspace")
    return say.reviews

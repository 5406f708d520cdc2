"""Reviews of one version in the next: carried where it says the same, else to be looked at, never to a look-alike."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from policyview import lexicon, pipeline, read
from policyview.amend import amended, companion, companion_in
from policyview.carry import CARRIED, CarriedAnswers, Held, carry
from policyview.collection import Collection
from policyview.lexicon import Lexicon
from policyview.marks import Answer, marks, of_answer
from policyview.model import Reading, Row
from policyview.review import CellSubject, DocumentSubject, Review, ReviewAction
from policyview.settings import Settings

OLD = """Larkspur Health Plan
Medical policy LH-12: Tidal vest therapy
Effective 2025-03-01

Policy

Tidal vest therapy is medically necessary for adults with brittle airway syndrome when all of these hold:

1. A trial of two inhaled agents of 6 weeks each brought no relief.
2. Oxygen saturation at rest is 90 percent or lower.

Tidal vest therapy is investigational for seasonal cough.
"""


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon.load()


def reading_of(tmp_path: Path, name: str, text: str) -> Reading:
    path = tmp_path / name
    path.write_text(text)
    document = read.document(path, name)
    return Reading(replace(document, lines=()), pipeline.facts_of(document))


def confirmed(reading: Reading, use: str) -> Review:
    (found,) = (each for each in reading.facts.indications if use in each.text)
    return Review("confirm", CellSubject(reading.document.sha256, found.anchor, found.text), "Ada", "2026-01-01")


@pytest.mark.parametrize(("use", "change", "outcome", "why"), [
    ("brittle", ("Effective 2025-03-01", "Effective 2026-03-01\nCommittee: airway"), "moved", ()),
    ("seasonal", ("Policy\n\n", "Policy\n\nTidal vest therapy is investigational for hay fever.\n\n"), "moved", ()),
    ("brittle", ("6 weeks", "8 weeks"), "words changed: look again", ("its criteria are others",)),
    ("brittle", ("2. Oxygen saturation at rest is 90 percent or lower.\n", ""), "words changed: look again",
     ("its criteria are others",)),
    ("brittle", ("when all of these", "when any of these"), "words changed: look again", None),
    ("seasonal", ("therapy is investigational", "therapy is medically necessary"), "words changed: look again", None),
    ("seasonal", ("Tidal vest therapy is investigational for seasonal cough.\n", ""), "orphaned",
     ("its words are not there any more",)),
    ("seasonal", ("for seasonal cough", "for hay fever"), "orphaned", ("its words are not there any more",)),
    ("seasonal", ("is investigational for", "is not medically necessary for"), "words changed: look again", None),
])  # fmt: skip
def test_what_becomes_of_a_review(
    tmp_path: Path, words: Lexicon, use: str, change: tuple[str, str], outcome: str, why: tuple[str, ...] | None
) -> None:
    old, new = reading_of(tmp_path, "old.txt", OLD), reading_of(tmp_path, "new.txt", OLD.replace(*change))
    (carried,) = carry([confirmed(old, use)], old, new, words)
    assert carried.outcome == outcome, carried
    assert why is None or carried.why == why
    if carried.subject is not None:
        assert isinstance(carried.subject, CellSubject)
        assert carried.subject.sha256 == new.document.sha256
        assert use in carried.subject.text, "a look-alike"


def test_only_what_holds_and_is_not_said_anew_is_carried(tmp_path: Path, words: Lexicon) -> None:
    old, new = reading_of(tmp_path, "old.txt", OLD), reading_of(tmp_path, "new.txt", OLD.replace("2025", "2026"))
    first, second, silent = confirmed(old, "brittle"), confirmed(old, "seasonal"), Review(
        "confirm", CellSubject(old.document.sha256, None, "hay fever"), "Ada", "2026-01-01")  # fmt: skip
    taken_back = Review("withdraw", first.subject, "Ada", "2026-01-02", withdraws=first.sha256)
    reviews = [first, second, silent, taken_back, confirmed(new, "brittle")]
    found = carry(reviews, old, new, words)
    assert [(each.review, each.outcome) for each in found] == [
        (second, "moved"), (silent, "words changed: look again")]  # fmt: skip
    assert found[0].subject is not None
    again = Review("confirm", found[0].subject, "Ada", "2026-01-03")
    assert [each.review for each in carry([*reviews, again], old, new, words)] == [silent]
    noted = Review("note", second.subject, "Ada", "2026-01-04", "of another sort")
    assert [each.review for each in carry([*reviews, again, noted], old, new, words)] == [silent, noted]
    over = said("dismiss", DocumentSubject(new.document.sha256), (CARRIED, silent.sha256))
    assert [each.review for each in carry([*reviews, again, over], old, new, words)] == []
    undone = Review("withdraw", over.subject, "Ada", "2026-01-06", withdraws=over.sha256)
    assert [each.review for each in carry([*reviews, again, over, undone], old, new, words)] == [silent]
    assert over not in [each.review for each in carry([*reviews, over], new, old, words)]
    (back,) = carry(reviews, new, old, words)
    assert (back.review, back.outcome) == (reviews[-1], "moved")


def test_of_look_alikes_the_one_in_the_same_place_is_taken_or_none(tmp_path: Path, words: Lexicon) -> None:
    adults = "Adults\n\nTidal vest therapy is investigational for seasonal cough.\n"
    old = reading_of(tmp_path, "old.md", "# Policy\n\n## " + adults)
    (review,) = [Review("confirm", CellSubject(old.document.sha256, each.anchor, each.text), "Ada", "2026-01-01")
                 for each in old.facts.indications]  # fmt: skip
    children = "## " + adults.replace("Adults", "Children")
    new = reading_of(tmp_path, "new.md", "# Policy\n\n" + children + "\n## " + adults)
    (carried,) = carry([review], old, new, words)
    assert carried.outcome == "moved"
    assert isinstance(carried.subject, CellSubject)
    assert carried.subject.anchor is not None
    assert carried.subject.anchor.start > new.document.text.index("Adults")
    other = "".join(children.replace("Children", who) + "\n" for who in ("Children", "Infants"))
    (carried,) = carry([review], old, reading_of(tmp_path, "other.md", "# Policy\n\n" + other), words)
    assert (carried.outcome, carried.why) == ("words changed: look again", ("its words stand in 2 places now",))


CLAUSE = "All other uses of tidal vest therapy are not covered."


def of(reading: Reading, use: str) -> CellSubject:
    subject = confirmed(reading, use).subject
    assert isinstance(subject, CellSubject)
    return subject


def said(action: ReviewAction, subject: CellSubject | DocumentSubject, *sets: tuple[str, str]) -> Review:
    return Review(action, subject, "Ada", "2026-01-01", sets=sets)


@pytest.mark.parametrize(("change", "outcome"), [
    (("2025", "2026"), "moved"), ((CLAUSE, "Other uses are reviewed case by case."), "orphaned"),
    ((CLAUSE, CLAUSE.replace("not covered", "investigational")), "words changed: look again"),
])  # fmt: skip
def test_a_residual_clause_is_carried_to_none_but_a_clause(
    tmp_path: Path, words: Lexicon, change: tuple[str, str], outcome: str
) -> None:
    text = OLD + f"\n{CLAUSE}\n"
    old, new = reading_of(tmp_path, "old.txt", text), reading_of(tmp_path, "new.txt", text.replace(*change))
    (clause,) = old.facts.catch_all
    review = said("correct", CellSubject(old.document.sha256, clause.anchor, clause.text), ("scope", "vests"))
    (carried,) = carry([review], old, new, words)
    assert (carried.outcome, carried.sets) == (outcome, (("scope", "vests"),))
    if carried.subject is not None:
        assert isinstance(carried.subject, CellSubject)
        assert carried.subject.text == new.facts.catch_all[0].text


def test_what_changes_facts_keeps_what_it_sets(tmp_path: Path, words: Lexicon) -> None:
    old = reading_of(tmp_path, "old.txt", OLD)
    place = old.facts.indications[0].criteria[1].anchor
    marked = CellSubject(old.document.sha256, place, "Low oxygen saturation")
    paid = said("correct", DocumentSubject(old.document.sha256), ("payer", "Larkspur of Ohio"))
    reviews = [
        said("correct", of(old, "seasonal"), ("determination", "not_covered"), (CARRIED, "of a third version")),
        said("move", of(old, "seasonal"), ("row", "Brittle airway"), *companion(of(old, "brittle"))),
        said("delete", of(old, "brittle")), said("add", marked, ("determination", "medically_necessary")),
        confirmed(old, "seasonal"), said("confirm", marked), paid,
    ]  # fmt: skip
    new = reading_of(tmp_path, "new.txt", OLD.replace("Effective 2025", "Effective 2026"))
    correct, move, delete, add, confirm, confirm_marked, payer = found = carry(reviews, old, new, words)
    assert [each.outcome for each in found] == [*["moved"] * 5, "words changed: look again", "moved"]
    assert correct.sets == (("determination", "not_covered"),)
    member = companion_in(move.sets)
    assert member is not None
    assert member.identity == of(new, "brittle").identity
    assert (delete.sets, confirm.sets, confirm_marked.sets) == ((), (), ())
    assert isinstance(add.subject, CellSubject)
    assert add.subject.anchor is not None
    assert new.document.text[add.subject.anchor.start:add.subject.anchor.end] == place.quote
    assert confirm_marked.why == ("it was added by hand; take that over first",)
    assert (payer.subject, payer.sets) == (DocumentSubject(new.document.sha256), (("payer", "Larkspur of Ohio"),))

    other = OLD.replace("Larkspur Health Plan", "Larkspur Group").replace("90 percent", "88 percent")
    found = carry(reviews, old, reading_of(tmp_path, "other.txt", other), words)
    assert [each.outcome for each in found] == [
        "moved", "words changed: look again", "words changed: look again", "orphaned", "moved", "orphaned",
        "words changed: look again",
    ]  # fmt: skip
    assert found[1].why == ("the statement whose row it was put into is another now",)
    assert found[-1].why == ("its payer is printed otherwise",)


@pytest.mark.parametrize(("text", "change", "outcome", "why"), [
    (CLAUSE, ("2025", "2026"), "moved", ()),
    (CLAUSE, ("are not covered", "are investigational"), "words changed: look again",
     ("the determination is another", "its words are others")),
    (CLAUSE, (CLAUSE, ""), "words changed: look again", ("it was said of a silence; see whether it lasts",)),
    ("", ("2025", "2026"), "words changed: look again", ("it was said of a silence; see whether it lasts",)),
    ("", ("Policy\n\n", "Policy\n\nTidal vest therapy is investigational for hay fever.\n\n"), "orphaned",
     ("the newer version names this use itself",)),
])  # fmt: skip
def test_what_was_said_of_a_row_that_is_not_named(
    tmp_path: Path, text: str, change: tuple[str, str], outcome: str, why: tuple[str, ...]
) -> None:
    base = OLD.replace("Medical policy LH-12: Tidal vest therapy", "# Tidal Vest Therapy\n\nPolicy number: LH-12")
    base = base.replace("\nPolicy\n", "\n## Policy\n")
    other = base.replace("Larkspur Health Plan", "Marsh Mutual").replace("LH-12", "M-7")
    base += f"\n{text}\n"
    old, new = reading_of(tmp_path, "old.md", base), reading_of(tmp_path, "new.md", base.replace(*change))
    readings = old, new, reading_of(tmp_path, "marsh.md", other.replace("seasonal cough", "hay fever"))

    def about(reviews: tuple[Review, ...]) -> tuple[CarriedAnswers, Row]:
        collection = pipeline.amended(Collection(readings, reviews=reviews))
        (matrix,) = pipeline.run(pipeline.compare(collection, Settings(), datetime.date(2026, 3, 1)))
        row = next(row for row in matrix.rows if "hay" in row.label.lower())
        outcome = amended(readings, reviews)
        return CarriedAnswers([matrix], outcome, marks([matrix], outcome, reviews)), row

    _, row = about(())
    answers: tuple[Answer, ...] = (*row.broader, *row.catch_all, *row.silent)
    answer = next(each for each in answers if each.file == old.file)
    by_file = {reading.file: reading for reading in readings}
    subject, sets = of_answer(answer, row, old.document.sha256, amended(readings, ()), by_file)
    review = said("confirm", subject, *sets)
    carrying, _ = about((review,))
    (carried,) = carrying.iter_carried(Held([review]), old, new)
    assert (carried.outcome, carried.why) == (outcome, why)
    if carried.subject is not None:
        assert dict(carried.sets)["row"] == row.label
        again = said("confirm", carried.subject, *carried.sets, (CARRIED, review.sha256))
        of_itself = said("dismiss", carried.subject, *carried.sets)
        for answered in (again, of_itself):
            assert list(carrying.iter_carried(Held([review, answered]), old, new)) == []

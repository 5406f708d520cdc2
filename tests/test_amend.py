"""What people said, applied: corrected, added, deleted and moved statements, found by their words and nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from policyview import lexicon, pipeline, read
from policyview.about import value_of, with_said
from policyview.amend import CLAUSE, Amended, amended, companion, id_of
from policyview.carry import carry
from policyview.collection import Collection
from policyview.marks import Answer, Marks, marks, of_answer, of_statement
from policyview.model import Determination, Indication, Matrix, Overrides, Reading, Row, Version
from policyview.review import FIRST, CellSubject, DocumentSubject, Review, ReviewAction, Subject
from policyview.settings import Settings

DAY = datetime.date(2026, 3, 1)
LARKSPUR = """Larkspur Health Plan
# Tidal Vest Therapy

Policy number: LH-12
Effective 2025-03-01

## Policy

Tidal vest therapy is medically necessary for adults with brittle airway syndrome when all of these hold:

1. A trial of two inhaled agents of 6 weeks each brought no relief.
2. Oxygen saturation at rest is 90 percent or lower.

Tidal vest therapy is investigational for seasonal cough.

All other uses of tidal vest therapy are not covered.
"""
MARSH = """Marsh Mutual
# Tidal Vest Therapy

Policy number: M-7
Effective 2025-04-01

## Policy

Tidal vest therapy is medically necessary for adults with brittle airway syndrome.

Tidal vest therapy is not medically necessary for hay fever.
"""


def reading_of(tmp_path: Path, name: str, text: str) -> Reading:
    path = tmp_path / name
    path.write_text(text)
    document = read.document(path, name)
    return Reading(replace(document, lines=()), pipeline.facts_of(document))


@pytest.fixture
def readings(tmp_path: Path) -> tuple[Reading, Reading]:
    return reading_of(tmp_path, "larkspur.md", LARKSPUR), reading_of(tmp_path, "marsh.md", MARSH)


class Said:
    """Says things, each review naming the one before."""

    def __init__(self) -> None:
        self.reviews: tuple[Review, ...] = ()

    def __call__(
        self, action: ReviewAction, subject: Subject, sets: Sequence[tuple[str, str]] = (), text: str = "",
        withdraws: str = "",
    ) -> Review:  # fmt: skip
        previous = self.reviews[-1].sha256 if self.reviews else FIRST
        review = Review(action, subject, "Ada", "2026-02-01T09:00:00+00:00", text, tuple(sets), withdraws, previous)
        self.reviews = (*self.reviews, review)
        return review


@pytest.fixture
def say() -> Said:
    return Said()


def statement(reading: Reading, use: str) -> Indication:
    (found,) = (each for each in reading.facts.indications if use in each.text)
    return found


def subject(reading: Reading, use: str) -> CellSubject:
    found = statement(reading, use)
    return CellSubject(reading.document.sha256, found.anchor, found.text)


def compared(readings: Sequence[Reading], say: Said) -> tuple[Matrix, Amended, Marks]:
    collection = pipeline.amended(Collection(tuple(readings), reviews=say.reviews))
    (matrix,) = pipeline.run(pipeline.compare(collection, Settings(), DAY))
    outcome = amended(readings, say.reviews)
    return matrix, outcome, marks([matrix], outcome, say.reviews)


def row_of(matrix: Matrix, reading: Reading, id_: str) -> Row:
    (row,) = (row for row in matrix.rows if (reading.file, id_) in {(c.file, c.indication) for c in row.cells})
    return row


def test_a_corrected_determination(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, marsh = readings
    cough = statement(larkspur, "cough")
    made = say("correct", subject(larkspur, "cough"), [("determination", "not_covered")])
    matrix, outcome, _ = compared(readings, say)
    now = statement(outcome.readings[0], "cough")
    assert (now.determination, now.origin, now.stated) == (Determination.NOT_COVERED, "corrected", cough.stated)
    (cell,) = row_of(matrix, larkspur, cough.id).cells
    assert (cell.determination, cell.origin, cell.review) == (Determination.NOT_COVERED, "corrected", made.sha256)
    assert outcome.readings[1] is marsh  # nobody spoke of it

    say("withdraw", made.subject, withdraws=made.sha256)
    assert compared(readings, say)[1].readings == readings


def test_a_false_statement_deleted(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, _ = readings
    say("delete", subject(larkspur, "brittle"))
    clause = larkspur.facts.catch_all[0]
    say("delete", CellSubject(larkspur.document.sha256, clause.anchor, clause.text))
    matrix, outcome, _ = compared(readings, say)
    facts = outcome.readings[0].facts
    assert [each.text for each in facts.indications] == [statement(larkspur, "cough").text]
    assert facts.catch_all == ()
    gone = {leaf.id for leaf in statement(larkspur, "brittle").iter_criteria()}
    assert gone
    assert not gone & {threshold.of for threshold in facts.thresholds}
    (row,) = (row for row in matrix.rows if "brittle" in row.label.lower())
    assert larkspur.file not in {cell.file for cell in row.cells}


def test_words_marked_in_the_source(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, marsh = readings
    place = statement(larkspur, "brittle").criteria[1].anchor
    words = CellSubject(larkspur.document.sha256, place, "Low oxygen saturation")
    say("add", words, [("determination", "medically_necessary"), ("population", "adults")])
    say("confirm", words)
    clause = CellSubject(marsh.document.sha256, statement(marsh, "hay").anchor, "all uses but the first")
    say("add", clause, [("determination", "investigational"), ("as", CLAUSE), ("scope", "tidal vest therapy")])
    matrix, outcome, found = compared(readings, say)
    added = outcome.readings[0].facts.indications[-1]
    assert (added.text, added.origin, added.anchor, added.basis) == ("Low oxygen saturation", "added", place, place)
    assert added.section == "Policy"
    (cell,) = row_of(matrix, larkspur, added.id).cells
    assert cell.origin == "added"
    assert found.of_statement(larkspur.document.sha256, added.id).judgement == "confirmed"
    assert outcome.readings[1].facts.catch_all[-1].origin == "added"

    elsewhere = replace(words, anchor=replace(place, quote="words that are not there"))
    lost = say("add", elsewhere, [("determination", "not_covered")])
    assert compared(readings, say)[1].lost == (lost,)


def test_a_statement_moved_split_off_and_its_row_named(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, marsh = readings
    hay, cough = statement(marsh, "hay"), statement(larkspur, "cough")
    moved = say("move", subject(marsh, "hay"), [("row", "Seasonal cough"), *companion(subject(larkspur, "cough"))])
    say("correct", subject(larkspur, "cough"), [("row", "Seasonal complaints")])
    matrix, _, _ = compared(readings, say)
    row = row_of(matrix, larkspur, cough.id)
    assert row.label == "Seasonal complaints"
    cells = {cell.file: cell for cell in row.cells}
    assert cells[marsh.file].indication == hay.id
    assert (cells[marsh.file].origin, cells[marsh.file].review) == ("corrected", moved.sha256)
    assert (cells[larkspur.file].origin, cells[larkspur.file].score) == ("extracted", 1.0)
    assert len(matrix.rows) == 2

    say("move", subject(marsh, "brittle"), [("row", "")])
    matrix, _, _ = compared(readings, say)
    assert len(row_of(matrix, marsh, statement(marsh, "brittle").id).cells) == 1
    assert len(matrix.rows) == 3


def test_a_row_keeps_its_name_when_something_is_put_into_it(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, marsh = readings
    before = compared(readings, say)[0]
    cough = row_of(before, larkspur, statement(larkspur, "cough").id)
    say("move", subject(marsh, "hay"), [("row", cough.label), *companion(subject(larkspur, "cough"))])
    row = row_of(compared(readings, say)[0], marsh, statement(marsh, "hay").id)
    assert (row.label, row.group, len(row.cells)) == (cough.label, cough.group, 2)


def test_documents_beside_change_nothing_that_a_person_did(
    readings: tuple[Reading, Reading], say: Said, tmp_path: Path
) -> None:
    larkspur, marsh = readings
    say("move", subject(marsh, "hay"), [("row", "Seasonal cough"), *companion(subject(larkspur, "cough"))])
    third = reading_of(tmp_path, "third.md", MARSH.replace("Marsh Mutual", "Third Trust").replace("M-7", "TT-9"))
    matrix, _, _ = compared((third, *reversed(readings)), say)
    row = row_of(matrix, larkspur, statement(larkspur, "cough").id)
    assert {cell.file for cell in row.cells} == {larkspur.file, marsh.file}


def test_statements_of_the_same_words_are_told_apart_or_lost(tmp_path: Path, say: Said) -> None:
    text = LARKSPUR + "\n## Children\n\nTidal vest therapy is investigational for seasonal cough.\n"
    reading = reading_of(tmp_path, "two.md", text)
    twins = [each for each in reading.facts.indications if "cough" in each.text]
    say("delete", CellSubject(reading.document.sha256, twins[1].anchor, twins[1].text))
    left = amended([reading], say.reviews).readings[0].facts.indications
    assert [each.id for each in left if "cough" in each.text] == [twins[0].id]
    other = say("delete", CellSubject(reading.document.sha256, replace(twins[0].anchor, quote="cough"), "cough"))
    assert amended([reading], say.reviews).lost == (other,)


def test_who_the_payer_is(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, _ = readings
    say("correct", DocumentSubject(larkspur.document.sha256), [("payer", "Larkspur of Ohio"), ("number", "")])
    policy = compared(readings, say)[1].readings[0].facts.policy
    assert (policy.payer, policy.number, policy.title) == ("Larkspur of Ohio", None, larkspur.facts.policy.title)
    assert policy.corrected == ("payer", "number")
    assert not {"payer", "number"} & dict(policy.anchors).keys()


def test_confirmations_hold_while_the_statement_reads_the_same(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, marsh = readings
    matrix, _, _ = compared(readings, say)
    row = row_of(matrix, larkspur, statement(larkspur, "brittle").id)
    said = say("confirm", subject(larkspur, "brittle"), of_statement(statement(larkspur, "brittle"), row))
    say("note", subject(larkspur, "brittle"), text="asked the payer")
    key = larkspur.document.sha256, statement(larkspur, "brittle").id
    mark = compared(readings, say)[2].of_statement(*key)
    assert (mark.judgement, mark.by, mark.time, mark.note) == ("confirmed", "Ada", said.time, "asked the payer")
    assert mark.is_reviewed

    say("correct", subject(larkspur, "brittle"), [("determination", "investigational")])
    mark = compared(readings, say)[2].of_statement(*key)
    assert mark.look
    assert not mark.is_reviewed
    assert not compared([marsh], say)[2].statements  # its document is not there


def test_answers_of_documents_that_do_not_name_the_use(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, marsh = readings
    matrix, outcome, _ = compared(readings, say)
    by_file = {reading.file: reading for reading in readings}
    row = row_of(matrix, marsh, statement(marsh, "hay").id)
    answers: tuple[Answer, ...] = (*row.broader, *row.catch_all, *row.silent)
    (answer,) = answers
    about, sets = of_answer(answer, row, larkspur.document.sha256, outcome, by_file)
    say("confirm", about, sets)
    place = matrix.topic, row.id, larkspur.document.sha256
    assert compared(readings, say)[2].of_answer(*place).is_reviewed

    say("correct", subject(marsh, "hay"), [("row", "Pollen complaints")])  # found by its statement, not by its name
    matrix, _, found = compared(readings, say)
    assert found.of_answer(matrix.topic, row_of(matrix, marsh, statement(marsh, "hay").id).id, place[2]).is_reviewed

    clause = larkspur.facts.catch_all[0]
    about = CellSubject(larkspur.document.sha256, clause.anchor, clause.text)
    say("correct", about, [("determination", "investigational")])
    matrix, outcome, found = compared(readings, say)
    changed = outcome.readings[0].facts.catch_all[0]
    assert (changed.determination, changed.origin) == (Determination.INVESTIGATIONAL, "corrected")
    assert id_of(changed) == id_of(clause)
    (mark,) = found.answers.values()
    assert mark.look


def test_a_document_that_could_not_be_read_again_takes_no_mark_of_others_along(
    readings: tuple[Reading, Reading], say: Said
) -> None:
    larkspur, marsh = readings
    matrix, outcome, _ = compared(readings, say)
    row = row_of(matrix, marsh, statement(marsh, "hay").id)
    answers: tuple[Answer, ...] = (*row.broader, *row.catch_all, *row.silent)
    about, sets = of_answer(answers[0], row, larkspur.document.sha256, outcome, {each.file: each for each in readings})
    say("confirm", about, sets)
    say("confirm", subject(larkspur, "cough"))
    alone = amended((larkspur,), say.reviews)
    found = marks([matrix], alone, say.reviews)  # of the comparison that still stands
    assert found.of_statement(larkspur.document.sha256, statement(larkspur, "cough").id).is_reviewed
    assert of_answer(answers[0], row, larkspur.document.sha256, alone, {larkspur.file: larkspur})[0] == about


def test_what_was_said_of_a_silence_stays_when_the_statement_beside_it_moves(
    readings: tuple[Reading, Reading], say: Said
) -> None:
    larkspur, marsh = readings
    matrix, outcome, _ = compared(readings, say)
    row = row_of(matrix, marsh, statement(marsh, "hay").id)
    answers: tuple[Answer, ...] = (*row.broader, *row.catch_all, *row.silent)
    about, sets = of_answer(answers[0], row, larkspur.document.sha256, outcome, {r.file: r for r in readings})
    say("confirm", about, sets)
    say("move", subject(marsh, "hay"), [("row", ""), *companion(subject(marsh, "brittle"))])
    _, _, found = compared(readings, say)
    assert not found.answers
    assert [why for _, why in found.lost] == ["its row is another now"]
    moved = say.reviews[-1]
    say("withdraw", moved.subject, withdraws=moved.sha256)
    assert compared(readings, say)[2].answers


def test_what_a_document_says_of_itself(readings: tuple[Reading, Reading], say: Said) -> None:
    _, marsh = readings
    about_marsh = DocumentSubject(marsh.document.sha256)
    say("correct", about_marsh, [("effective", "")])
    reviewed = say("correct", about_marsh, [("last_review", "2024-11")])
    say("correct", about_marsh, [("lines", "commercial medicaid")])
    say("correct", about_marsh, [("authority", "of a newer program"), ("lines", "so too")])
    matrix, outcome, _ = compared(readings, say)
    policy = outcome.readings[1].facts.policy
    assert (policy.dates.effective, policy.authority) == (None, "payer")
    assert [(each.line, each.anchor) for each in policy.applies_to] == [("commercial", None), ("medicaid", None)]
    assert policy.corrected == ("effective", "last_review", "lines")
    turned = replace(policy, applies_to=policy.applies_to[::-1])
    assert value_of(turned, "lines") == value_of(policy, "lines") == "commercial medicaid"  # whatever order is printed
    (column,) = (each for each in matrix.columns if each.file == marsh.file)
    assert column.version == Version("2024-11", "last_review", "corrected")

    newer = replace(marsh, document=replace(marsh.document, sha256="f" * 64, file="newer.md"))
    assert [dict(each.sets) for each in carry(say.reviews, marsh, newer, lexicon.load())] == [
        {"lines": "commercial medicaid"}, {"authority": "of a newer program", "lines": "so too"}]  # fmt: skip
    other = replace(newer, facts=replace(
        newer.facts, policy=with_said(newer.facts.policy, {"payer": "Reed Mutual"})))  # fmt: skip
    say("correct", about_marsh, [("payer", "Reed Mutual")])
    assert len(carry(say.reviews, marsh, newer, lexicon.load())) == 3
    assert len(carry(say.reviews, marsh, other, lexicon.load())) == 2  # it says so itself
    say("withdraw", reviewed.subject, withdraws=reviewed.sha256)
    assert compared(readings, say)[0].columns[1].version is None


def test_a_document_put_into_another_topic_stays_there(
    readings: tuple[Reading, Reading], say: Said, tmp_path: Path
) -> None:
    larkspur, marsh = readings
    sand = reading_of(tmp_path, "sand.md", MARSH.replace("Tidal Vest Therapy", "Warm Sand Baths").replace(
        "Tidal vest therapy is", "Warm sand baths are").replace("M-7", "M-9"))  # fmt: skip
    newer = reading_of(tmp_path, "newer.md", sand.document.text.replace("2025-04-01", "2026-01-01"))

    def topics(*every: Reading) -> dict[str, list[str]]:
        collection = pipeline.amended(Collection(every, reviews=say.reviews))
        matrices = pipeline.run(pipeline.compare(collection, Settings(), DAY))
        return {matrix.topic: sorted(column.file for column in matrix.columns) for matrix in matrices}

    apart = topics(*readings, sand)
    vests = next(name for name, files in apart.items() if larkspur.file in files)
    assert len(apart) == 2
    say("move", DocumentSubject(sand.document.sha256), [("topic", vests), ("document", larkspur.document.sha256)])
    assert topics(sand, *readings) == {vests: ["larkspur.md", "marsh.md", "sand.md"]}
    assert topics(newer, *readings, sand) == {vests: ["larkspur.md", "marsh.md", "newer.md", "sand.md"]}
    assert list(topics(sand, newer)) == [name for name in apart if name != vests]  # the other is not there
    say("correct", DocumentSubject(larkspur.document.sha256), [("topic", "Vests and baths")])
    split = say("move", DocumentSubject(marsh.document.sha256), [("topic", "")])
    found = topics(*readings, sand, newer)
    assert found["Vests and baths"] == ["larkspur.md", "newer.md", "sand.md"]
    assert ["marsh.md"] in found.values()
    say("move", DocumentSubject(larkspur.document.sha256), [("topic", ""), ("document", marsh.document.sha256)])
    assert topics(*readings, sand)["Vests and baths"] == ["sand.md"]  # its name stays where it was given
    say("correct", split.subject, [("topic", "Vests and baths")])
    assert sorted(topics(*readings, sand)) == ["Vests and baths", "Vests and baths (2)"]


def test_versions_follow_the_dates_that_a_person_set(
    readings: tuple[Reading, Reading], say: Said, tmp_path: Path
) -> None:
    _, marsh = readings
    newer = reading_of(tmp_path, "newer.md", MARSH.replace("2025-04-01", "2026-01-01"))

    def order() -> tuple[str, ...]:
        return compared([newer, marsh], say)[0].versions[0].files

    assert order() == ("marsh.md", "newer.md")
    say("correct", DocumentSubject(newer.document.sha256), [("effective", "2024-06")])
    assert order() == ("newer.md", "marsh.md")
    _, outcome, _ = compared([newer, marsh], say)
    said = outcome.readings[1].facts.policy, outcome.readings[0].facts.policy
    plain = pipeline.changes(marsh, newer, None, Overrides())
    told = pipeline.changes(marsh, newer, None, Overrides(), said)
    assert not plain.kinship
    assert any("older" in caution for caution in told.kinship)
    assert told.changes == plain.changes  # what the documents print is as it was


def test_which_documents_are_versions_of_one_policy(readings: tuple[Reading, Reading], say: Said) -> None:
    larkspur, marsh = readings
    sums = larkspur.document.sha256, marsh.document.sha256
    about_larkspur = DocumentSubject(sums[0])

    def policies() -> list[tuple[str, ...]]:
        collection = pipeline.amended(Collection(readings, reviews=say.reviews))
        again = pipeline.amended(collection)
        assert again.overrides == collection.overrides  # said twice it says the same
        (matrix,) = pipeline.run(pipeline.compare(collection, Settings(), DAY))
        return [policy.files for policy in matrix.versions]

    assert len(policies()) == 2
    joined = say("correct", about_larkspur, [("same policy", sums[1]), ("called", "Marsh Mutual")])
    assert policies() == [("larkspur.md", "marsh.md")]
    say("correct", about_larkspur, [("another policy", sums[1])])
    assert len(policies()) == 2
    last = say.reviews[-1]
    say("withdraw", last.subject, withdraws=last.sha256)
    assert policies() == [("larkspur.md", "marsh.md")]
    assert not carry(say.reviews, larkspur, marsh, lexicon.load())  # of one version only
    say("withdraw", joined.subject, withdraws=joined.sha256)
    assert len(policies()) == 2

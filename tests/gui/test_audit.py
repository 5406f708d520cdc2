"""The audit on what was said: its lines, its filter, what it tells of the whole, and what waits to be carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from policyview.align.shelf import sums_of
from policyview.amend import companion
from policyview.gui import theme
from policyview.gui.audit_board import AuditBoard, audit
from policyview.gui.audit_lines import LOG, OPEN, Line
from policyview.gui.audit_places import Goal, Scene
from policyview.gui.audit_view import AuditView
from policyview.gui.carry_acts import dropping, taking_over
from policyview.gui.lines_model import LineFilter, LinesModel
from policyview.gui.lines_table import LinesTable
from policyview.gui.standing import Target
from policyview.gui.version_groups import version_groups
from policyview.model import Overrides, PolicyVersions
from policyview.review import CellSubject, DocumentSubject, Review
from tests.gui.audited import boards, read, said, scene, silence, statement, subject
from tests.gui.held_reviews import HeldReviews

T = TypeVar("T")
OHIO = "Larkspur Health Plan of Ohio"


def made(of: Scene, is_whole: bool = True) -> AuditBoard:
    groups = version_groups(of.boards, {reading.file: reading for reading in of.readings})
    *_, last = audit(of, groups, None, is_whole)
    assert last is not None
    return last


@cache
def told() -> AuditBoard:
    return made(scene(said()))


def column(lines: Sequence[Line], number: int) -> list[str]:
    return [line.cells[number] for line in lines]


def kind(one: T | None, of: type[T]) -> T:
    assert isinstance(one, of)
    return one


def test_what_was_said_stands_newest_first_in_words() -> None:
    lines = told().of("log")
    assert [what.partition("\n")[0] for what in column(lines, 1)] == [
        "noted", f"corrected: payer: Larkspur Health Plan → {OHIO}", "confirmed", "confirmed: not addressed",
        "moved to the row “Seasonal cough”", "taken back: corrected: Not medically necessary → Investigational",
        "corrected: Not medically necessary → Investigational", "corrected: Investigational → Not covered", "noted",
        "confirmed: Investigational", "confirmed: Medically necessary", "confirmed: Medically necessary",
    ]  # fmt: skip
    gone = lines[6]
    assert not gone.holds
    assert "\ntaken back by Ada at 2026-04-01 " in gone.cells[1]
    noted = lines[8]
    assert (noted.who, noted.payer) == ("Bo", OHIO)
    assert noted.cells[2].endswith("\nTidal Vest Therapy")
    assert noted.cells[4] == "“Tidal vest therapy is investigational for seasonal <b>cough</b>.”\nNote: asked the payer"
    assert f"— {OHIO}, Tidal Vest Therapy, LH-12, effective 2025-03-01, Policy, larkspur-2025.md" in noted.detail
    assert f"Entry 4, sum {noted.key}" in noted.detail
    elsewhere = lines[0]
    assert elsewhere.payer == "document not open"
    assert elsewhere.goal.target() is None
    assert lines[2].cells[2] == "Threshold between versions\nlarkspur-2025.md → larkspur-2026.md"


def test_each_line_leads_to_its_words() -> None:
    old, new, marsh = read()
    lines = told().of("log")
    assert kind(lines[2].goal.target(), Target).anchor == statement(new, "brittle").anchor
    silent = lines[3].goal
    assert silent.spot is not None
    assert (silent.spot.file, silent.spot.label) == (marsh.file, "Children with stiff rib syndrome")
    target = lines[-1].goal.target()
    assert target is not None
    assert (target.reading.file, target.words) == (old.file, (statement(old, "brittle").anchor,))
    assert target.basis
    words = statement(old, "brittle").anchor
    shifted = Goal(old, words=replace(words, start=words.start + 7, end=words.end + 7)).target()
    assert shifted is not None
    assert shifted.anchor is not None
    assert shifted.anchor.start == words.start
    nowhere = Goal(old, words=replace(words, quote="words that nobody printed")).target()
    assert nowhere is not None
    assert nowhere.anchor is None


def test_how_far_it_is_and_what_is_left() -> None:
    board = told()
    rows = len(scene(said()).boards[0].matrix.rows)
    assert board.tally.cells == 2 * rows  # the older version is not in force
    assert (board.tally.reviewed, board.tally.corrected) == (1, 1)
    assert board.tally.words == f"1 of {2 * rows} cells reviewed, 1 corrected"
    assert len(board.of("open")) == 2 * rows - 1
    whole, *payers = board.of("progress")
    assert whole.cells[:3] == ("Tidal Vest Therapy", "all payers", f"1 of {2 * rows}")
    assert [line.cells[1] for line in payers] == [
        "Larkspur Health Plan\nLH-12 · effective 2026-03-01", "Marsh Mutual\nM-7 · effective 2025-04-01"]  # fmt: skip
    assert whole.goal.spot is not None
    assert board.chain == "Each of the 12 entries names the one before it"
    assert board.last_sum == said()[-1].sha256
    assert made(scene()).chain == "Nothing was said yet"

    torn = made(scene((*said()[:4], *said()[5:])))
    assert not torn.is_unbroken
    assert torn.chain == "Entry 5 does not name the one before it: the record was changed"


def test_cells_to_check_come_first() -> None:
    plain = scene()
    board = plain.boards[0]
    row, number = 2, next(n for n, each in enumerate(board.matrix.columns) if each.file == "marsh.md")
    faces = list(board.faces[row])
    faces[number] = replace(faces[number], look="the age is not stated")
    doubtful = replace(board, faces=(*board.faces[:row], tuple(faces), *board.faces[row + 1:]))
    found = made(replace(plain, boards=(doubtful,)))
    first = found.of("open")[0]
    assert (first.cells[0].partition("\n")[0], first.cells[3]) == (board.labels[row], "the age is not stated")
    assert found.tally.checks == 1
    assert found.of("checks") == (first,)
    assert not made(plain).of("checks")


def test_what_is_to_be_looked_at_again() -> None:
    reviews = said()
    brittle, stiff = (subject(read()[0], use) for use in ("brittle", "stiff"))
    assert stiff.anchor is not None
    torn = replace(stiff, anchor=replace(stiff.anchor, quote="words of nobody"))
    sets = (("determination", "not_covered"),)
    changed = Review("correct", brittle, "Bo", "2026-05-01T00:00:00Z", sets=sets, previous=reviews[-1].sha256)
    lost = Review("confirm", torn, "Bo", "2026-05-02T00:00:00Z", previous=changed.sha256)
    looks = made(scene((*reviews, changed, lost))).of("looks")
    assert column(looks, 0) == ["its words state nothing any more", "it was confirmed when it was read otherwise"]
    assert looks[0].cells[1].startswith("confirmed\nBo, 2026-05-0")
    assert looks[1].goal.spot is not None
    marsh = next(each for each in read() if each.file == "marsh.md")
    shaken = Review("confirm", subject(marsh, "hay"), "Bo", "2026-05-03T00:00:00Z", sets=(("facts", "others"),),
                    previous=lost.sha256)  # fmt: skip
    again = made(scene((*reviews, changed, lost, shaken)))
    (check,) = again.of("checks")  # what is to be looked at again is to be checked, by one name
    assert check.cells[3] == "look at it again: it was confirmed when it was read otherwise"
    assert again.tally.words.endswith("1 to check (1 of them again)")


# --------------------------------------------------------------------------- the table


def test_qt_finds_no_fault_in_the_model(qtmodeltester: ModelTester) -> None:
    model = LinesModel()
    model.show(LOG, told().of("log"), LineFilter())
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    for wanted in (LineFilter(("cough",)), LineFilter(("nothing holds this",)), LineFilter()):
        model.show(LOG, told().of("log"), wanted)
    model.show(OPEN, told().of("open"), LineFilter())


@pytest.mark.parametrize(("wanted", "count"), [
    (LineFilter(), 12), (LineFilter(("cough",)), 6), (LineFilter(("asked", "bo")), 1), (LineFilter(who="Bo"), 1),
    (LineFilter(action="correct"), 3), (LineFilter(payer="Marsh Mutual"), 4), (LineFilter(stands=True), 10),
    (LineFilter(action="correct", stands=True), 2), (LineFilter(("no such word",)), 0),
])  # fmt: skip
def test_the_filter(wanted: LineFilter, count: int) -> None:
    model = LinesModel()
    model.show(LOG, told().of("log"), wanted)
    assert (model.rowCount(), model.total) == (count, 12)


@pytest.fixture
def view(qtbot: QtBot) -> AuditView:
    view = AuditView()
    qtbot.addWidget(view)
    view.resize(780, 640)
    with qtbot.waitExposed(view):
        view.show()
    return view


def press(view: AuditView, key: Qt.Key) -> None:
    QTest.keyClick(view.table, key)


def test_the_view_by_keyboard(view: AuditView, qtbot: QtBot) -> None:
    assert view.nothing.text() == "What was said is being gathered …"
    view.show_board(made(scene()))
    assert "Nothing was reviewed yet. Space confirms the current cell." in view.nothing.text()
    assert not view.filter.isVisible()
    assert not view.head.warning.isVisible()
    view.show_board(made(scene((*said()[:4], *said()[5:]))))
    assert view.head.warning.text() == "⚠ Entry 5 does not name the one before it: the record was changed."
    view.show_board(told())
    assert not view.head.warning.isVisible()
    assert view.head.told.whole == told().tally.words
    assert view.sections.tabText(0) == "What was said (12)"
    assert view.sum.text() == told().last_sum
    pointed: list[Goal] = []
    view.pointed.connect(pointed.append)
    view.table.setFocus()
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Down)
    line = kind(view.table.line, Line)
    assert line is told().of("log")[2]
    assert pointed[-1] is line.goal
    assert view.detail.entry.toPlainText() == line.detail == view.copied
    with qtbot.waitSignal(view.goal_wanted) as went:
        press(view, Qt.Key.Key_Return)
    assert went.args == [line.goal]

    view.filter.words.setText("HAY fever")
    assert view.model.rowCount() == 3
    view.filter.words.setText("nobody said this")
    assert view.nothing.isVisible()
    assert view.nothing.text() == "No line answers the filter."
    assert not view.detail.isVisible()
    view.filter.words.setFocus()
    QTest.keyClick(view.filter.words, Qt.Key.Key_Escape)
    assert view.model.rowCount() == 12
    assert view.filter.who.itemText(0) == "Everybody"
    view.filter.who.setCurrentIndex(view.filter.who.findData("Bo"))
    assert column([kind(view.table.line, Line)], 1) == ["noted"]
    view.filter.reset()
    view.filter.holds.setChecked(True)
    assert view.model.rowCount() == 10
    index = view.model.index(0, 1)
    assert view.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "noted"
    assert "&lt;b&gt;cough" in view.model.data(index, Qt.ItemDataRole.ToolTipRole)

    view.forget()
    assert view.copied == ""
    assert view.sections.tabText(0) == "What was said"
    view.filter.reset()
    view.show_board(told())
    view.turn_to("carried")
    view.table.setFocus()
    for text, weeks in ((view.detail.older, 6), (view.detail.newer, 8)):
        trial = f"1 A trial of two inhaled agents of {weeks} weeks each brought no relief"
        assert text.toPlainText().splitlines()[1].strip() == trial
    press(view, Qt.Key.Key_End)
    view.show_board(made(scene()))
    assert view.nothing.text().startswith("No review of an older version waits")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_taken_back_words_are_struck_through(view: AuditView, scheme: theme.Scheme) -> None:
    theme.apply(scheme)
    view.retheme()
    view.show_board(told())
    text = theme.current().colour("soft").rgb()

    def longest_run(row: int) -> int:
        table: LinesTable = view.table
        image = table.viewport().grab(table.visualRect(view.model.index(row, 1))).toImage()
        best = 0
        for y in range(image.height()):
            run = 0
            for x in range(image.width()):
                run = run + 1 if image.pixel(x, y) == text else 0
                best = max(best, run)
        return best

    view.table.go_to(0)
    assert longest_run(6) > 40
    assert longest_run(7) < 40


# --------------------------------------------------------------------------- what waits to be carried over


class _Here(HeldReviews):
    """Reviews on the three documents."""

    def __init__(self, *reviews: Review) -> None:
        super().__init__()
        self._reviews = reviews

    @property
    def scene(self) -> Scene:
        return scene(self.reviews)


def test_what_becomes_of_each_review_of_the_older_version() -> None:
    lines = told().of("carried")
    assert [tuple(line.cells[0].split("\n")) for line in lines] == [
        ("words changed", "its criteria are others"), ("moved", ""), ("orphaned", "its words are not there any more"),
        ("moved", ""), ("moved", ""), ("moved", ""),
    ]  # fmt: skip
    assert [line.cells[1].partition("\n")[0] for line in lines][1:3] == [
        "confirmed: Medically necessary", "confirmed: Investigational"]  # fmt: skip
    assert {line.cells[3] for line in lines} == {"Larkspur Health Plan\n2025-03-01 → 2026-03-01"}
    _, _, orphaned, *_ = told().waiting.values()
    assert orphaned.why_not == "What it was said of is not in the newer version."
    assert orphaned.texts == ("Tidal vest therapy is investigational for marsh fever.", "")
    unseen = made(scene(said()), is_whole=False)
    assert (len(unseen.waiting), unseen.is_whole) == (6, False)


def test_all_that_moved_is_taken_over_in_one_step_and_back(view: AuditView) -> None:
    here = _Here(*said())
    before = len(here.reviews)
    view.show_board(told())
    step = taking_over(view.moved, here, lambda: here.scene)
    step.redo()
    new = here.reviews[before:]
    assert [each.action for each in new] == ["correct", "correct", "confirm", "note"]  # what changes facts comes first
    assert new[3].text == "asked the payer (carried over from larkspur-2025.md)"
    assert new[2].text == "carried over from larkspur-2025.md"
    after = made(here.scene)
    assert [line.cells[0].partition("\n")[0] for line in after.of("carried")] == ["words changed", "orphaned"]
    assert after.tally.reviewed == told().tally.reviewed + 1
    assert after.of("looks") == ()
    assert after.is_unbroken
    step.undo()
    assert len(made(here.scene).waiting) == 6
    step.redo()
    assert len(made(here.scene).waiting) == 2


def test_one_that_is_looked_at_and_one_that_is_over() -> None:
    here = _Here(*said())
    changed, _, orphaned, *_ = made(here.scene).waiting.values()
    taking_over((changed,), here, lambda: here.scene).redo()
    assert dict(here.reviews[-1].sets)["determination"] == "medically_necessary"
    step = dropping(orphaned, here)
    step.redo()
    assert here.reviews[-1].subject == DocumentSubject(read()[1].document.sha256)
    found = made(here.scene)
    assert len(found.waiting) == 4
    assert found.of("log")[0].cells[1] == "not carried over: confirmed: Investigational"
    old_marks = here.scene.marks
    assert old_marks.of_statement(read()[0].document.sha256, statement(read()[0], "marsh").id).judgement == "confirmed"
    step.undo()
    assert len(made(here.scene).waiting) == 5
    taking_over((orphaned,), here, lambda: here.scene).redo()  # nothing is there to say it of
    assert here.reviews[-1].action == "withdraw"


def test_what_was_added_and_moved_is_added_and_moved_again() -> None:
    old, new, marsh = read()
    here = _Here()
    place = statement(old, "brittle").criteria[1].anchor
    marked = CellSubject(old.document.sha256, place, "Low oxygen saturation")
    here.review("add", marked, sets=(("determination", "investigational"),))
    here.review("confirm", marked)
    here.review("move", subject(old, "stiff"), sets=(("row", "Hay fever"), *companion(subject(marsh, "hay"))))
    first = tuple(made(here.scene).waiting.values())
    assert [one.has_moved for one in first] == [True, False, True]
    assert first[1].why_not.endswith("take that over first.")
    taking_over(first, here, lambda: here.scene).redo()
    after = here.scene
    corrected = after.corrected[new.file].facts.indications
    assert [(each.text, each.origin) for each in corrected][-1] == ("Low oxygen saturation", "added")
    (row,) = (row for row in after.boards[0].matrix.rows if any(cell.file == marsh.file and cell.indication
              == statement(marsh, "hay").id for cell in row.cells))  # fmt: skip
    assert (new.file, statement(new, "stiff").id) in {(cell.file, cell.indication) for cell in row.cells}
    (confirmation,) = made(after).waiting.values()
    assert not confirmation.why_not
    taking_over((confirmation,), here, lambda: here.scene).redo()
    added = new.document.sha256, corrected[-1].id
    assert here.scene.marks.of_statement(*added).is_reviewed


def test_a_silence_is_looked_at_again_in_the_newer_version() -> None:
    old, new, _ = read()
    row = next(row for row in boards()[0].matrix.rows if row.label == "Hay fever")
    here = _Here()
    about, sets = silence(old, row)
    here.review("confirm", about, sets=sets)
    found = made(here.scene)
    (silent,) = (one for one in found.waiting.values() if one.review is here.reviews[-1])
    assert silent.carried.why == ("it was said of a silence; see whether it lasts",)
    assert silent.newer.spot is not None
    assert silent.newer.spot.file == new.file
    assert silent.texts == ("", "")
    taking_over((silent,), here, lambda: here.scene).redo()
    assert here.reviews[-1].subject.sha256 == new.document.sha256  # type: ignore[union-attr]
    after = here.scene
    place = silent.newer.spot
    assert after.marks.of_answer(place.topic, place.row_id, new.document.sha256).is_reviewed
    assert len(made(after).waiting) == len(found.waiting) - 1


def test_a_confirmation_that_no_longer_holds_is_not_carried_as_if_it_did() -> None:
    here = _Here(*said())
    here.review("correct", subject(read()[0], "stiff"), sets=(("determination", "investigational"),))
    _, stiff, *_ = made(here.scene).waiting.values()
    assert stiff.review.action == "confirm"
    assert stiff.carried.why == ("it was confirmed when it was read otherwise",)
    assert not stiff.has_moved


def test_what_a_person_joined_is_carried_too() -> None:
    """Versions are those of the matrix, however they were recognised: an unlike pair is joined by hand."""
    here = scene(said())
    (board,) = here.boards
    versions = (PolicyVersions(("larkspur-2025.md", "marsh.md")), PolicyVersions(("larkspur-2026.md",)))
    apart = Overrides(apart=frozenset((sums_of(*read()[:2]),)))
    joined = replace(here, boards=(replace(board, matrix=replace(board.matrix, versions=versions)),), overrides=apart)
    brittle, *others = made(joined).waiting.values()
    assert (brittle.new.file, brittle.carried.outcome) == ("marsh.md", "words changed: look again")
    assert {one.carried.outcome for one in others} == {"orphaned", "words changed: look again"}


def test_versions_that_a_correction_parted_are_told_and_mended() -> None:
    old, new, _ = read()
    here = _Here()
    brittle = statement(old, "brittle")
    here.review("note", CellSubject(old.document.sha256, brittle.anchor, brittle.text), "asked the payer")
    here.review("correct", DocumentSubject(old.document.sha256), sets=(("payer", "Alder Mutual"),))
    assert all(len(policy.files) == 1 for board in here.scene.boards for policy in board.matrix.versions)
    parted = made(here.scene)
    assert [line.cells[0].partition("\n")[0] for line in parted.of("carried")] == ["words changed", "moved"]
    note, payer = parted.waiting.values()
    assert note.carried.why[0].startswith("the two count as two policies since one was corrected")
    taking_over((payer,), here, lambda: here.scene).redo()
    assert (old.file, new.file) in {policy.files for board in here.scene.boards for policy in board.matrix.versions}
    (left,) = made(here.scene).waiting.values()
    assert left.carried.why == ("its criteria are others",)


def test_nothing_can_be_said_where_it_would_not_be_kept(view: AuditView) -> None:
    view.set_read_only("An audit pack is read-only")
    view.show_board(told())
    view.turn_to("carried")
    acts: tuple[QPushButton, ...] = (view.detail.take, view.detail.drop, view.detail.take_all)
    assert [act.isEnabled() for act in acts] == [False] * 3
    assert "An audit pack is read-only" in view.detail.take.toolTip()

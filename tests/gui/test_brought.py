"""Two people's workspaces opened together: what the second one says is offered, taken over in one step, and back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from policyview.gui.brought import Brought
from policyview.model import Overrides, Reading
from policyview.review import CellSubject
from policyview.store import Kept, Workspace
from tests.gui.test_workspace import EASTBROOK, NORTHFIELD, Begin, begin, data
from tests.versions.made import reading_of

__all__ = ["begin", "data"]


def workspace(path: Path, text: str, author: str, *notes: str) -> Reading:
    """A workspace with one document and what was said of its first statement."""
    reading = reading_of(path.parent, text, f"{author}.txt")
    use = reading.facts.indications[0]
    with Workspace.make(path) as made:
        made.keep(reading, path.parent / f"{author}.txt", "00")
        made.set_files([Kept(reading.file, path.parent / f"{author}.txt", reading.document.sha256)])
        for note in notes:
            made.add_review("note", CellSubject(reading.document.sha256, use.anchor, use.text), author, note)
        subject = CellSubject(reading.document.sha256, use.anchor, use.text)
        mistake = made.add_review("delete", subject, author)
        made.add_review("withdraw", subject, author, withdraws=mistake.sha256)
    return reading


def test_what_a_colleague_said_is_taken_over_and_back(begin: Begin, tmp_path: Path) -> None:
    mine, hers = tmp_path / "mine.policyview", tmp_path / "hers.policyview"
    workspace(mine, NORTHFIELD, "Ada", "asked the payer")
    other = workspace(hers, EASTBROOK, "Bea", "see page 2", "and page 3")
    window = begin(mine, hers)
    session, bar = window.session, window.brought
    assert bar.isVisibleTo(window)
    assert bar.said.accessibleName() == "The other workspace holds 2 reviews that this one does not"
    before = session.reviews
    QTest.mouseClick(bar.take, Qt.MouseButton.LeftButton)
    new = session.reviews[len(before):]
    assert [(each.action, each.subject.identity[1]) for each in new] == [("note", other.document.sha256)] * 2
    assert new[0].text.startswith("see page 2 (said by Bea, ")
    assert not bar.isVisibleTo(window)
    assert session.undo_stack.undoText() == "take over from another workspace"
    session.undo_stack.undo()
    assert session.reviews[-1].action == "withdraw"
    with Workspace(hers, for_writing=False) as untouched:
        assert len(untouched.reviews) == 4


def test_only_what_was_not_said_here_is_brought(tmp_path: Path) -> None:
    path = tmp_path / "a.policyview"
    reading = workspace(path, NORTHFIELD, "Ada", "asked the payer")
    with Workspace(path, for_writing=False) as made:
        there = made.reviews
    brought, open_ones = Brought().joined(there, Overrides()), {reading.document.sha256}
    assert [saying.action for saying in brought.wanting((), open_ones)] == ["note"]
    assert brought.wanting(there, open_ones) == ()
    assert brought.wanting((), ()) == ()


def test_what_was_said_here_of_versions_stands() -> None:
    there = Overrides().joining("a", "b").dating("a", "2026-01-01").dating("c", "2025")
    here = Overrides().parting("a", "b").dating("a", "2024-07-01")
    over = Brought(overrides=there).overrides_over(here)
    assert (over.same, over.apart) == (here.same, here.apart)
    assert over.effective == {("a", "2024-07-01"), ("c", "2025")}

"""Reading again: behind the first reading with a second library, and what failed once its cause is gone."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from policyview.gui.main_window import MainWindow
from tests.read.test_second import disagreeing


def test_a_disagreement_is_told_when_the_window_is_idle(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session = window.session
    session.again.timer.setInterval(10)
    path = disagreeing(tmp_path / "a.pdf")
    with qtbot.waitSignal(session.reading_ended, timeout=20_000):
        session.open([path])
    assert session.readings[str(path)].losses == ()
    qtbot.waitUntil(lambda: bool(session.readings[str(path)].losses), timeout=20_000)
    (loss,) = session.readings[str(path)].losses
    assert loss.reason.startswith("Page 1 is read differently by two PDF libraries")
    window.show_problems()
    assert "read differently by two PDF libraries" in window.problems.text
    qtbot.waitUntil(lambda: session.again.done == {session.readings[str(path)].document.sha256}, timeout=20_000)


def test_closing_in_the_middle_of_it_ends_it(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    session = window.session
    session.again.timer.setInterval(10)
    with qtbot.waitSignal(session.reading_ended, timeout=20_000):
        session.open([disagreeing(tmp_path / "a.pdf")])
    qtbot.waitUntil(lambda: session.again.runner is not None, timeout=20_000)
    again = session.again.runner
    assert again is not None
    session.close()
    assert again.isFinished()


def test_reading_again_follows_no_link_out_of_what_was_given(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("Nobody gave this file to be read.")
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "link.txt").symlink_to(tmp_path / "secret.txt")
    (shelf / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    session = window.session
    with qtbot.waitSignal(session.reading_ended, timeout=20_000):
        session.open([shelf])
    with qtbot.waitSignal(session.reading_ended, timeout=20_000):
        session.retry()
    assert session.readings == {}
    assert sorted(Path(name).name for name in session.failures) == ["broken.pdf", "link.txt"]


def test_what_was_named_while_another_was_read_is_left_out_by_name_and_read_on_request(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for folder in ("now", "later"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.txt").write_text("Snow shoes are covered for frost foot.\n")
    session = window.session
    session.open([tmp_path / "now"])
    session.open([tmp_path / "later"])
    with qtbot.waitSignal(session.reading_ended, timeout=20_000):
        session.cancel()
    assert str(tmp_path / "later") in session.left_out
    with qtbot.waitSignal(session.reading_ended, timeout=20_000):
        session.retry()
    assert session.left_out == []
    assert sorted(session.readings) == [str(tmp_path / "later" / "later.txt"), str(tmp_path / "now" / "now.txt")]

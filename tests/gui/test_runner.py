"""The thread that drives a generator: cancel closes it, a mistake is a sentence, nothing leaks."""

from __future__ import annotations

import time
from collections.abc import Generator

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from policyview.errors import UseError
from policyview.gui.runner import Runner


def test_progress_and_result_reach_the_window_s_thread(qtbot: QtBot) -> None:
    def work() -> Generator[int, None, str]:
        yield 1
        yield 2
        return "done"

    got: list[object] = []
    runner = Runner(work)
    runner.progressed.connect(got.append)
    runner.ended.connect(got.append)
    with qtbot.waitSignal(runner.finished):
        runner.start()
    assert got == [1, 2, "done"]


def test_cancelling_closes_the_generator_in_its_own_thread(qtbot: QtBot) -> None:
    closed_in: list[QThread] = []

    def work() -> Generator[str, None, None]:
        try:
            while True:
                time.sleep(0.01)
                yield "still at it"
        finally:
            closed_in.append(QThread.currentThread())

    runner = Runner(work)
    with qtbot.waitSignal(runner.progressed):
        runner.start()
    with qtbot.waitSignal(runner.finished):
        runner.cancel()
    app = QApplication.instance()
    assert app is not None
    assert len(closed_in) == 1
    assert closed_in[0] is not app.thread()


def test_what_goes_wrong_is_said_and_the_work_ends(qtbot: QtBot) -> None:
    def refused() -> Generator[None, None, None]:
        yield None
        raise UseError("There is no such folder.")

    def broken() -> Generator[None, None, None]:
        yield None
        raise KeyError("x")

    for work, said in ((refused, "There is no such folder."), (broken, "an error of its own (KeyError")):
        runner, heard = Runner(work), list[str]()
        runner.broke.connect(heard.append)
        with qtbot.waitSignal(runner.finished):
            runner.start()
        assert len(heard) == 1
        assert said in heard[0]

"""What the window's tests share. Nothing here imports Qt at its top: where Qt cannot load they are skipped by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from policyview.gui.main_window import MainWindow


@pytest.fixture(scope="session")
def fonts(qapp: object) -> None:
    """The program's own font, added once."""
    from policyview.gui import theme

    theme.add_fonts()


@pytest.fixture(autouse=True)
def look(qapp: QApplication, fonts: None) -> Iterator[None]:
    """Font and light theme, as the program sets them before its window; no widget outlives its test.

    What is left behind costs every later test: a new style sheet is a new look for each widget there is.
    """
    from PySide6.QtCore import QEvent

    from policyview.gui import theme

    if not qapp.styleSheet() or theme.current().scheme != "light":
        theme.apply("light")
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The shown, empty main window at its first size; its threads and processes end with the test."""
    from policyview.gui.main_window import MainWindow
    from policyview.settings import Settings

    window = MainWindow(Settings(workers=1))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.end()


@pytest.fixture
def filled(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window on the comparison of ``made``, the source settled on its first difference."""
    from tests.gui.made import collection, made_board

    window.session.readings.update({reading.file: reading for reading in collection().readings})
    window.session._comparing.boards = (made_board(),)
    window.session.compared.emit(window.session.boards)
    window.problems.leave()
    qtbot.waitUntil(lambda: window.source.is_settled)
    return window

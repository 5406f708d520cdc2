"""Starts the application: font, theme, window; and takes the picture that --screenshot asks for."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from policyview import scratch
from policyview.errors import UseError
from policyview.gui import theme
from policyview.gui.display import application
from policyview.gui.main_window import MainWindow
from policyview.settings import Settings

WIDTH, HEIGHT = 1280, 720  # of the first window and of a picture
_LOOK_MS = 50  # how often it is asked whether the picture is ready
_LONGEST_S = 600  # a picture is taken then, whatever is still under way


def prepare(app: QApplication) -> None:
    """Names, font and theme; before any widget."""
    app.setApplicationName("policyview")
    app.setApplicationDisplayName("policyview")
    app.setDesktopFileName("policyview")
    theme.add_fonts()
    theme.apply(theme.system_scheme())


def run(paths: Sequence[Path], settings: Settings) -> int:
    """Shows the window until it is closed."""
    app, _ = application()
    prepare(app)
    window = MainWindow(settings)
    window.resize(WIDTH, HEIGHT)
    window.restore()
    window.show()
    threading.Thread(target=scratch.sweep, daemon=True).start()
    window.begin(paths)
    try:
        return app.exec()
    finally:
        window.end()


class _Wait(QObject):
    """Asks again and again whether the window has settled."""

    settled = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window, self._times, self._asked_for_difference = window, 0, False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._times += 1
        if self._times * _LOOK_MS > _LONGEST_S * 1000:
            self._end()
        elif self._window.session.is_busy or self._window.session.auditing.is_unchecked:
            return
        elif not self._asked_for_difference:
            self._asked_for_difference = True
            self._window.matrix.go_to_first_difference()
        elif self._window.source.is_settled:
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self.settled.emit()


def take_picture(paths: Sequence[Path], target: Path, settings: Settings) -> int:
    """Saves a picture of the window on the first difference; 1 where a document could not be read, else 0."""
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, names)):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "xcb;wayland;offscreen")
    app, _ = application()
    prepare(app)
    window = MainWindow(settings)
    try:
        return _picture(window, paths, target)
    finally:
        window.end()
        window.close()


def _picture(window: MainWindow, paths: Sequence[Path], target: Path) -> int:
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.open_paths(paths)
    loop, wait = QEventLoop(), _Wait(window)
    wait.settled.connect(loop.quit)
    loop.exec()
    QApplication.processEvents()
    session = window.session
    if session.broken:
        raise UseError(session.broken[-1])
    if not window.grab().save(str(target), "PNG"):
        raise UseError(f"{target} cannot be written. Choose another place for the picture.")
    return 0 if session.readings and not session.failures else 1

"""Finds out whether a window can be shown. Importing this imports Qt: ImportError where Qt cannot load."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

_INVISIBLE = frozenset({"offscreen", "minimal"})


def no_display() -> str | None:
    """Why no window can be shown; None where one can, and then the QApplication exists."""
    if sys.platform.startswith("linux"):
        first = "wayland;xcb" if os.environ.get("WAYLAND_DISPLAY") else "xcb;wayland"
        os.environ.setdefault("QT_QPA_PLATFORM", first + ";offscreen")  # without the last, Qt aborts the process
    app, said = application()
    if app.platformName() not in _INVISIBLE:
        return None
    return f"The display cannot be used: {said[0]}" if said else "The display cannot be used"


def application() -> tuple[QApplication, list[str]]:
    """The one QApplication, and what Qt said while it started."""
    said: list[str] = []

    def keep(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        said.append(text)

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing, said
    before = qInstallMessageHandler(keep)  # else Qt's own lines go to standard error
    try:
        app = QApplication(sys.argv[:1] or ["policyview"])
    finally:
        qInstallMessageHandler(before)
    _kept.append(app)
    return app, said


_kept: list[QApplication] = []  # Python would end it with the last name that holds it

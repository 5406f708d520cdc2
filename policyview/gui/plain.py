"""Keeps document text plain: Qt guesses rich text, opens files named in it and eats ampersands."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from policyview.export.legible import printable


def plain_tip(text: str) -> str:
    """A tooltip that shows exactly ``text``, wrapped: rich text with every mark of it escaped."""
    escaped = html.escape(printable(text)).replace("\n", "<br>")
    return f"<qt>{escaped}</qt>" if text else ""


def literal(text: str) -> str:
    """A caption for menus, buttons and tabs, its ampersands kept."""
    return text.replace("&", "&&")


class PlainLabel(QLabel):
    """A label that never takes its text for markup."""

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setText(printable(text))

    def show_text(self, text: str) -> None:
        """Shows ``text`` without control characters; says it as the accessible description too."""
        self.setText(printable(text))

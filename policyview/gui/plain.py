"""Keeps document text plain: Qt guesses rich text, opens files named in it and eats ampersands."""

from __future__ import annotations

import html

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

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
        """Shows ``text`` without control characters."""
        self.setText(printable(text))


class ElidedCombo(QComboBox):
    """A choice whose words end in dots where it is too narrow for them; Qt's own cuts through a letter."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        ).width() - (0 if option.currentIcon.isNull() else option.iconSize.width() + 6)
        text = option.currentText if self.currentIndex() >= 0 else self.placeholderText()
        option.currentText = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 2)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class WrappedLabel(PlainLabel):
    """A label as high as its text needs at its width; a layout alone cuts it."""

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, name, parent)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        super().show_text(text)
        self._take_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        room = QRect(0, 0, self.width(), 100_000)
        height = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text() or " ").height()
        if self.width() > 1 and height != self.minimumHeight():
            self.setFixedHeight(height)


class ElidedLabel(PlainLabel):
    """A label of one line that ends in dots where its text is longer; the whole text stands in its tip."""

    def __init__(self, text: str = "", name: str = "", parent: QWidget | None = None) -> None:
        self._whole = text
        super().__init__(text, name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """The text before it was shortened."""
        return self._whole

    def show_text(self, text: str) -> None:
        self._whole = printable(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")
        self.setAccessibleName(self._whole)

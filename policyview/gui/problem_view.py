"""The panel that says, without getting in the way, what could not be read and why."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from policyview.export.legible import on_one_line
from policyview.gui import theme
from policyview.gui.citation import short_name
from policyview.gui.plain import PlainLabel
from policyview.model import Failure, Reading

_MOST_LINES = 5  # shown at once; more are scrolled to


class _Lines(QPlainTextEdit):
    """As high as its lines need at its width, up to some."""

    left = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.take_room()

    def take_room(self) -> None:
        wrapped = int(self.document().size().height())  # a plain document counts its height in lines
        around = self.height() - self.viewport().height() + 2 * round(self.document().documentMargin())
        self.setFixedHeight(max(1, min(_MOST_LINES, wrapped)) * self.fontMetrics().lineSpacing() + around)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ProblemView(QFrame):
    """Closed by its button or Esc; opens by itself when something new went wrong."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._told: set[str] = set()
        self._title = PlainLabel("", "warning")
        self._lines = _Lines(self)
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setAccessibleName("What could not be read")
        self.again = QPushButton("Read again", self)
        self.again.setAccessibleDescription("Reads again what could not be read or was left out")
        self._close = QPushButton("Close", self)
        self._close.setAccessibleName("Close this panel")
        self._close.clicked.connect(self.leave)
        self._lines.left.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.again)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addLayout(head)
        layout.addWidget(self._lines)
        self.setFocusProxy(self._lines)
        self.setVisible(False)

    @property
    def text(self) -> str:
        return self._lines.toPlainText()

    @property
    def title(self) -> str:
        return self._title.text()

    def show_problems(
        self, failures: Collection[Failure], readings: Collection[Reading], skipped: Collection[str],
        left_out: Collection[str], broken: Collection[str], again: bool = False,
    ) -> None:  # fmt: skip
        """Lists all that went wrong; opens where a file failed that was not told of yet, or where ``again`` asks."""
        failed = [_line(failure.file, failure.reason) for failure in failures]
        lossy = [reading for reading in readings if reading.losses]
        lost = [_line(reading.file, *(loss.reason for loss in reading.losses)) for reading in lossy]
        lines = [*map(on_one_line, broken), *failed, *lost]
        self._title.setFont(theme.current().font(bold=True))
        counts = {"not read": len(failed), "read with stated loss": len(lost), "read": len(readings) - len(lost),
                  "skipped": len(skipped), "left out": len(left_out)}  # fmt: skip
        self._title.show_text(_title(counts, bool(broken)))
        text = "\n".join(lines)
        if text != self.text:
            self._lines.setPlainText(text)
            self._lines.take_room()
        fresh = set(failed) | set(broken)
        if lines and (again or fresh - self._told):
            self.setVisible(True)
        self._told = fresh
        if not lines:
            self.setVisible(False)

    def leave(self) -> None:
        """Closes the panel; what went wrong stays in the library."""
        self.setVisible(False)
        self.closed.emit()


@lru_cache(maxsize=20_000)
def _line(file: str, *reasons: str) -> str:
    """What is to be said of a file, its name once in front or in the first sentence."""
    name = short_name(file)
    told = on_one_line(" ".join(reason.replace(file, name) for reason in reasons))
    return told if name in told else f"{name}: {told}"


def _title(counts: dict[str, int], is_broken: bool) -> str:
    """Every file counted once: the parts are the whole."""
    said, total = [f"{count} {how}" for how, count in counts.items() if count], sum(counts.values())
    whole = [f"{total} {'file' if total == 1 else 'files'}: {', '.join(said)}"] if said else []
    return " · ".join([*whole, *(["something went wrong"] if is_broken else [])])

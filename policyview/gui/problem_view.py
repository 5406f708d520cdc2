"""The panel that says, without getting in the way, what could not be read and why."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from policyview.export.legible import on_one_line
from policyview.gui import theme
from policyview.gui.citation import short_name
from policyview.gui.plain import PlainLabel
from policyview.gui.problem_lines import Problem, ProblemLines
from policyview.model import Failure, Reading

_MOST = 300  # lines
_OF_PACK = "When the pack was made · "


class ProblemView(QFrame):
    """Closed by its button or Esc; opens by itself when something new went wrong. ``chosen`` carries the ``Problem``
    whose place somebody asks for."""

    opened = Signal()
    closed = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._told: set[str] = set()
        self.is_of_pack = False
        """Whether an audit pack tells it, in which nothing can be mended."""
        self._title = PlainLabel("", "warning")
        self.lines = ProblemLines(self)
        self.again = QPushButton("Read again", self)
        self.again.setAccessibleDescription("Reads again what could not be read or was left out")
        self._close = QPushButton("Close", self)
        self._close.setAccessibleName("Close this panel")
        self._close.clicked.connect(self.leave)
        self.lines.left.connect(self.leave)
        self.lines.chosen.connect(self.chosen)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.again)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addLayout(head)
        layout.addWidget(self.lines)
        self.setFocusProxy(self.lines)
        self.setVisible(False)

    @property
    def text(self) -> str:
        return self.lines.text

    @property
    def title(self) -> str:
        return self._title.text()

    def show_problems(
        self, failures: Collection[Failure], readings: Collection[Reading], skipped: Collection[str],
        left_out: Collection[str], broken: Collection[str], again: bool = False,
    ) -> None:  # fmt: skip
        """Lists all that went wrong; opens where a file failed that was not told of yet, or where ``again`` asks."""
        broke = [Problem(on_one_line(text)) for text in broken]
        unread = [Problem(_line(failure.file, failure.reason), failure.file) for failure in failures]
        lossy = [reading for reading in readings if reading.losses]
        lost = [Problem(_line(reading.file, loss.reason), reading.file, loss.page, is_read=True)
                for reading in lossy for loss in reading.losses]  # fmt: skip
        lines = [*broke, *unread, *lost]
        self._title.setFont(theme.current().font(bold=True))
        counts = {"not read": len(unread), "read with stated loss": len(lossy), "read": len(readings) - len(lossy),
                  "skipped": len(skipped), "left out": len(left_out)}  # fmt: skip
        self._title.show_text(f"{_OF_PACK if self.is_of_pack else ''}{_title(counts, bool(broken))}")
        more = [Problem(f"… and {len(lines) - _MOST} more")] if len(lines) > _MOST else []
        self.lines.show_problems([*lines[:_MOST], *more])
        fresh = {problem.text for problem in (*broke, *unread)}
        if lines and (again or fresh - self._told):
            self.setVisible(True)
        self._told = fresh
        if not lines:
            self.setVisible(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit()

    def leave(self) -> None:
        """Closes the panel; what went wrong stays in the library."""
        self.setVisible(False)
        self.closed.emit()


@lru_cache(maxsize=20_000)
def _line(file: str, reason: str) -> str:
    """What is to be said of a file, its name once in front or in the first sentence."""
    name = short_name(file)
    told = on_one_line(reason.replace(file, name))
    return told if name in told else f"{name}: {told}"


def _title(counts: dict[str, int], is_broken: bool) -> str:
    """Every file counted once: the parts are the whole."""
    said, total = [f"{count} {how}" for how, count in counts.items() if count], sum(counts.values())
    whole = [f"{total} {'file' if total == 1 else 'files'}: {', '.join(said)}"] if said else []
    return " · ".join([*whole, *(["something went wrong"] if is_broken else [])])

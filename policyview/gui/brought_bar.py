"""Over the matrix: that another workspace opened beside this one holds reviews, and the choice to take them over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from policyview.gui.brought import Brought
from policyview.gui.plain import ElidedLabel
from policyview.gui.review_steps import ReviewStep, Saying
from policyview.gui.session import Session


class BroughtBar(QFrame):
    """Hidden while nothing was brought. ``told`` says what became of it."""

    told = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._session = session
        self._sayings: tuple[Saying, ...] = ()
        self.said = ElidedLabel("")
        self.take, self.leave = QPushButton("&Take over", self), QPushButton("Lea&ve them", self)
        self.take.setAccessibleDescription("Says the same here, in your name; each says who said it first")
        self.leave.setAccessibleDescription("They stay in the other workspace and count for nothing here")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 10, 4)
        row.addWidget(self.said, 1)
        row.addWidget(self.take)
        row.addWidget(self.leave)
        self.take.clicked.connect(self._on_take)
        self.leave.clicked.connect(self._on_leave)
        for changed in (session.reading_ended, session.workspace_opened, session.reviewed):
            changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Shows what waits now."""
        session = self._session
        documents = {reading.document.sha256 for reading in session.readings.values()}
        self._sayings = session.brought.wanting(session.reviews, documents) if session.brought.reviews else ()
        versions = session.versioning.overrides
        about = [_counted(len(self._sayings), "review")] if self._sayings else []
        if session.brought.overrides_over(versions) != versions:
            about.append("words on versions")
        self.setVisible(bool(about) and not session.why_read_only)
        self.said.show_text(f"The other workspace holds {' and '.join(about)} that this one does not")

    def _on_take(self) -> None:
        session, stack = self._session, self._session.undo_stack
        overrides = session.brought.overrides_over(session.versioning.unsigned)
        stack.beginMacro("take over from another workspace")
        if self._sayings:
            stack.push(ReviewStep("take over reviews", session, self._sayings))
        session.versioning.say(overrides, "take over words on versions")
        stack.endMacro()
        self._end("Taken over from the other workspace. Undo takes it back.")

    def _on_leave(self) -> None:
        self._end("Left in the other workspace.")

    def _end(self, told: str) -> None:
        self._session.brought = Brought()
        self.look()
        self.told.emit(told)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"

"""The current change in full: what it is, what the history tells of it, its redline, and what a person says of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from policyview.gui import icon, theme
from policyview.gui.change_faces import ChangeFace
from policyview.gui.change_marks import Mark
from policyview.gui.plain import ElidedLabel, PlainLabel, WrappedLabel, plain_tip
from policyview.gui.redline import Redline
from policyview.gui.writing import NoteLine
from policyview.marks import Judgement

_NOTE_HINT = "Note (N); Enter keeps it"


class ChangeDetail(QFrame):
    """``judged`` carries the judgement that was asked for, ``noted`` the text of a note, ``left`` after Esc."""

    judged = Signal(str)
    noted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._face: ChangeFace | None = None
        self._mark = Mark()
        self.head, self.told = ElidedLabel("", "heading"), WrappedLabel("", "soft")
        self.why = ElidedLabel("", "soft")
        self.redline = Redline(self)
        self.confirm = self._button("Confirm", "mark-confirmed", "confirmed", "Confirms the change (Space)")
        self.dismiss = self._button("Not relevant", "mark-not-relevant", "not relevant",
                                    "Marks the change as not relevant (Delete)")  # fmt: skip
        self.note = NoteLine(self)
        self.note.setAccessibleName("Note on the change")
        self.note.setPlaceholderText(_NOTE_HINT)
        self.note.setMaxLength(2_000)
        self.note.kept.connect(self._on_note_kept)
        self.note.left.connect(self._on_note_left)
        self.said = PlainLabel("", "soft")
        self.redline.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(2)
        for label in (self.head, self.told, self.why):
            column.addWidget(label)
        column.addWidget(self.redline, 1)
        self._review = QWidget(self)
        row = QHBoxLayout(self._review)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self.confirm)
        row.addWidget(self.dismiss)
        row.addWidget(self.note, 1)
        row.addWidget(self.said)
        column.addWidget(self._review)
        self.retheme()
        self.show_face(None, Mark())

    def _button(self, text: str, drawing: str, judgement: Judgement, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setCheckable(True)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.setProperty("drawing", drawing)
        button.setIconSize(QSize(14, 14))
        button.clicked.connect(lambda: self.judged.emit(judgement))
        return button

    def show_face(self, face: ChangeFace | None, mark: Mark) -> None:
        """Shows a line of the list in full; nothing for None."""
        if face is not self._face:
            self._face = face
            self.head.show_text(face.head if face else "The current change stands here in full")
            self.told.show_text(face.told if face else "")
            self.told.setVisible(bool(face and face.told))
            self.why.show_text(face.why if face else "")
            self.why.setVisible(bool(face and face.why))
            self.redline.show_pieces(face.pieces if face else ())
            self._colour()
        self._mark = mark
        self._review.setVisible(bool(face and face.subject))
        self.confirm.setChecked(mark.judgement == "confirmed")
        self.dismiss.setChecked(mark.judgement == "not relevant")
        if self.note.text() != mark.note:
            self.note.setText(mark.note)
        self.said.show_text(mark.judgement or "not reviewed")

    def set_read_only(self, why: str) -> None:
        """Lets nothing be said of a change, and says why; everything where that is empty."""
        for control in (self.confirm, self.dismiss, self.note):
            control.setEnabled(not why)
            control.setToolTip(plain_tip(why) if why else control.accessibleDescription())
        self.note.setPlaceholderText("Read-only" if why else _NOTE_HINT)

    def write_note(self) -> None:
        """Gives the note the keyboard."""
        if self._review.isVisible():
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.note.selectAll()

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        look = theme.current()
        self.head.setFont(look.font(bold=True))
        for label in (self.told, self.why, self.said):
            label.setFont(look.font("small"))
        for button in (self.confirm, self.dismiss):
            button.setIcon(icon.icon(button.property("drawing"), look.colour("text")))
        self.redline.retheme()
        self._colour()

    def _colour(self) -> None:
        """What the history does not tell of stands out, by its colour beside its words."""
        is_loud = self._face is not None and (self._face.is_loud or not self._face.is_told)
        self.told.setObjectName("warning" if is_loud else "soft")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    def _on_note_kept(self) -> None:
        self.noted.emit(self.note.text().strip())
        self.left.emit()

    def _on_note_left(self) -> None:
        self.note.setText(self._mark.note)
        self.left.emit()

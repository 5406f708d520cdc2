"""Over a pack's matrix: that it is read-only, what its checks say, and the digest, which must come another way."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from policyview.export.legible import on_one_line
from policyview.gui import theme
from policyview.gui.auditing import Auditing
from policyview.gui.citation import short_name
from policyview.gui.plain import ElidedLabel, PlainLabel
from policyview.model import Progress

_MOST_LINES = 6  # of what the checks say; more are scrolled to
_DIGEST_CHARS = 64
_HOLDS = "Every sum and link holds; compare the digest, which must come another way"
_PROVEN = "Every sum and link holds, and the digest is the one that was sent"
_NOT_YET = "All sums hold; what it says is not checked yet"


class AuditBar(QFrame):
    """Hidden while no pack is open."""

    def __init__(self, auditing: Auditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._auditing = auditing
        self.title, self.told = PlainLabel("Audit pack, read-only", "heading"), ElidedLabel("", "soft")
        self.more = QPushButton("Details", self)
        self.more.setCheckable(True)
        self.more.setAccessibleDescription("Shows all that the checks of the pack say")
        self.digest, self.sent, self.compared = self._digest(), QLineEdit(self), PlainLabel("", "soft")
        self.sent.setPlaceholderText("Paste the digest that was sent to you another way")
        self.sent.setAccessibleName("The digest that was sent to you another way")
        self.sent.setMaxLength(4 * _DIGEST_CHARS)
        self.details = QPlainTextEdit(self)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("What the checks of the pack say")
        self._lay_out()
        self.more.toggled.connect(self._on_more)
        self.sent.textChanged.connect(lambda _: self._say())
        auditing.judged.connect(self._on_judged)
        auditing.progressed.connect(self._on_progressed)
        self.retheme()
        self._on_judged()

    def _digest(self) -> PlainLabel:
        label = PlainLabel("", "soft")
        by_hand = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        label.setTextInteractionFlags(by_hand)
        label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # to be copied without a mouse
        return label

    def _lay_out(self) -> None:
        first, second, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        first.addWidget(self.title)
        first.addWidget(self.told, 1)
        first.addWidget(self.more)
        second.addWidget(PlainLabel("Digest", "soft"))
        second.addWidget(self.digest)
        second.addWidget(self.sent, 1)
        second.addWidget(self.compared)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.details)
        for before, after in pairwise((self.more, self.digest, self.sent, self.details)):
            QWidget.setTabOrder(before, after)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        look = theme.current()
        self.title.setFont(look.font(bold=True))
        self.digest.setFont(look.font("small"))
        self._take_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        """As high as the details need, up to some lines."""
        lines = int(self.details.document().size().height())  # a plain document counts its height in lines
        around = 2 * round(self.details.document().documentMargin()) + 2
        self.details.setFixedHeight(max(1, min(_MOST_LINES, lines)) * self.details.fontMetrics().lineSpacing() + around)

    # ------------------------------------------------------------ what is said

    @property
    def sentences(self) -> list[str]:
        """What does not hold, then what else is to be known."""
        verdict = self._auditing.verdict
        if verdict is None:
            return [self._auditing.why_not] if self._auditing.why_not else []
        return [*(f"Does not hold: {fault}" for fault in verdict.faults), *(f"Note: {note}" for note in verdict.notes)]

    def _on_judged(self) -> None:
        contents, sentences = self._auditing.contents, self.sentences
        if contents is None or contents.digest != self.digest.text():
            self.sent.clear()
        self.setVisible(contents is not None)
        self.digest.show_text(contents.digest if contents else "")
        self.digest.setAccessibleName(f"Digest of this pack: {self.digest.text()}")
        self.details.setPlainText("\n".join(map(on_one_line, sentences)))
        self.more.setVisible(bool(sentences))
        verdict = self._auditing.verdict
        self.more.setChecked(bool(self._auditing.why_not or (verdict and not verdict.holds)))
        self.details.setVisible(bool(sentences) and self.more.isChecked())
        self._take_room()
        self._say()

    def _on_more(self, is_wanted: bool) -> None:
        self.details.setVisible(is_wanted)
        self._take_room()

    def _on_progressed(self, progress: Progress) -> None:
        if self._auditing.is_verifying:
            step = f"{progress.done} of {progress.total} · " if progress.total > 1 else ""
            self._tell(f"Checking the pack … {step}{short_name(progress.text)}")

    def _say(self) -> None:
        sent, own = self.sent.text().strip().lower(), self.digest.text()
        is_same = bool(own) and sent == own
        self.compared.show_text("" if not sent else "✔ The same" if is_same else "⚠ Not the same" if len(sent) ==
                                _DIGEST_CHARS else f"A digest has {_DIGEST_CHARS} characters")  # fmt: skip
        verdict = self._auditing.verdict
        if self._auditing.why_not:
            self._tell("⚠ It could not be checked to its end", is_loud=True)
        elif verdict is not None and not verdict.holds:
            count = len(verdict.faults)
            self._tell(f"⚠ Not all of it holds: {count} {'thing' if count == 1 else 'things'} below", is_loud=True)
        elif len(sent) == _DIGEST_CHARS and not is_same:
            self._tell("⚠ This is not the pack that was sent: its digest is another", is_loud=True)
        elif verdict is not None:
            self._tell(f"✔ {_PROVEN if is_same else _HOLDS}")
        elif not self._auditing.is_verifying:
            self._tell(_NOT_YET)

    def _tell(self, text: str, is_loud: bool = False) -> None:
        self.told.show_text(text)
        name = "warning" if is_loud else "soft"
        if self.told.objectName() != name:
            self.told.setObjectName(name)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)

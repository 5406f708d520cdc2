"""What the window says while nothing is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from policyview.gui import theme
from policyview.gui.plain import PlainLabel


class EmptyView(QFrame):
    """Explains the program in three lines and offers the three ways to begin."""

    folder_wanted = Signal()
    files_wanted = Signal()
    samples_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAccessibleName("Nothing is open yet")
        self._title = PlainLabel("Drop policies here")
        self._told = PlainLabel(
            "Files or folders of medical policies: PDF, text, Markdown, HTML or Word.\n"
            "They become a matrix: a row for each indication, a column for each payer,\n"
            "and every cell leads to the payer's own words.\n"
            "Nothing leaves this computer.",
            "soft",
        )
        for label in (self._title, self._told):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.folder = self._button("Open a folder …", "primary", self.folder_wanted)
        self.files = self._button("Open files …", "choice", self.files_wanted)
        self.samples = self._button("Open the samples", "choice", self.samples_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for button in (self.folder, self.files, self.samples):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        layout.addWidget(self._title)
        layout.addWidget(self._told, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(buttons)
        layout.addStretch(3)
        self.setFocusProxy(self.folder)
        self.retheme()

    def _button(self, text: str, name: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(True)
        button.setObjectName(name)
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), button, context=Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(button.click)
        button.clicked.connect(signal)
        return button

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        self._title.setFont(theme.current().font("large", bold=True))

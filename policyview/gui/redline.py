"""A paragraph of two versions in one: removed words struck through, added ones underlined, and told in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from policyview.export.versions import Piece
from policyview.gui import theme
from policyview.gui.lit_boxes import lit_form
from policyview.gui.writing import ReadText

_THIN = "\N{HAIR SPACE}"
_STYLES = {"old": "removed", "new": "added"}


class Redline(ReadText):
    """Read-only; Esc leaves. A screen reader hears which words were removed and which added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Redline of the change", parent)
        self._pieces: tuple[Piece, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self._pieces

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Shows the words of both versions in one."""
        self._pieces = tuple(pieces)
        self.setAccessibleDescription(spoken(pieces))
        self._write()

    def retheme(self) -> None:
        """Takes the colours of the theme that applies now."""
        self.document().setDefaultFont(theme.current().font())
        self._write()

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        before = ""
        for piece in self._pieces:
            if piece.sort == "new" and before == "old":  # else "8" and "4" look like 84
                cursor.insertText(_THIN, QTextCharFormat())
            cursor.insertText(piece.text, lit_form(_STYLES[piece.sort]) if piece.sort in _STYLES else QTextCharFormat())
            before = piece.sort
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def spoken(pieces: Sequence[Piece]) -> str:
    """A redline in words."""
    names = {"same": "", "old": "removed: ", "new": "added: "}
    said = [f"{names[piece.sort]}{piece.text.strip()}" for piece in pieces if piece.text.strip()]
    return "; ".join(said)

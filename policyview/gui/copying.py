"""What Ctrl+C copies: the current line or cell of the view that is seen, or the source's words, with the citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from policyview.gui.citation import cell_text, target_citation, words_text
from policyview.gui.standing import parts

if TYPE_CHECKING:
    from policyview.gui.main_window import MainWindow


def copy_current(window: MainWindow) -> None:
    """Copies, and says so; words that are marked in a text are copied as they are."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QPlainTextEdit) and focused.textCursor().hasSelection():
        focused.copy()
    elif text := _text(window):
        QGuiApplication.clipboard().setText(text)
        window.status.remark("Copied with its citation")


def _text(window: MainWindow) -> str:
    view, grid = window.views.view, window.grids.current
    if view is window.changes:
        return window.changes.copied
    if window.sources.focused is None:
        if view is window.audit_view:
            return window.audit_view.copied
        if grid is not None:
            return grid.copied
        if view not in (window.search, window.in_depth):  # their line is the source's
            return cell_text(window.matrix.standing) if window.matrix.standing is not None else ""
    return _words(window) or (cell_text(window.matrix.standing) if window.matrix.standing is not None else "")


def _words(window: MainWindow) -> str:
    """The words that are chosen in the source, else those that are lit."""
    source = window.sources.focused or window.source
    chosen, target = source.selected if source.pages.hasFocus() else None, source.target
    if chosen is not None:
        return words_text(chosen.reading, chosen.anchor)
    if target is None or target.anchor is None:
        return ""
    words = " … ".join(" ".join(anchor.quote.split()) for anchor in target.words or parts(target.anchor))
    return f"“{words}”\n— {target_citation(target)}"

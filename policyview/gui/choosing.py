"""Asks which files or which folder to open, without holding up the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_TYPES = "Policies (*.pdf *.txt *.md *.html *.htm *.docx);;Audit packs (*.zip);;All files (*)"


def choose_files(parent: QWidget, chosen: Callable[[list[Path]], None]) -> None:
    """Any number of files."""
    _ask(parent, QFileDialog.FileMode.ExistingFiles, "Open policies", chosen)


def choose_folder(parent: QWidget, chosen: Callable[[list[Path]], None]) -> None:
    """One folder."""
    _ask(parent, QFileDialog.FileMode.Directory, "Open a folder of policies", chosen)


def _ask(parent: QWidget, mode: QFileDialog.FileMode, title: str, chosen: Callable[[list[Path]], None]) -> None:
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(mode)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if mode is QFileDialog.FileMode.ExistingFiles:
        dialog.setNameFilter(_TYPES)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()

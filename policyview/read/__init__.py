"""Turns a file into a Document: canonical text, lines with their places, pages, outline, stated losses.

The only home of pypdf and pypdfium2. The window and the command line read through ``supervisor`` (worker
processes, a page a message) and look at pages through ``pages``; neither ever opens a document itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyview.model import Document


def document(path: Path, name: str | None = None) -> Document:
    """Reads ``path`` here and now, in this process: for workers, tests and experiments, never for the window.

    Raises FileError with a sentence for the user where nothing can be read.
    """
    from policyview.read import assembly  # not at the top: importing policyview.read stays cheap

    return assembly.read_here(path, path.name if name is None else name)

"""Puts the pieces that a format's reader yields together to a Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from policyview.errors import FileError
from policyview.model import Document, Line, Loss, Rule
from policyview.read import formats
from policyview.read.piece import Front, Piece


class Assembly:
    """A document under way: its front, then its pieces, in order."""

    def __init__(self, name: str, sha256: str) -> None:
        self._name = name
        self._sha256 = sha256
        self._front = Front("application/octet-stream")
        self._texts: list[str] = []
        self._pages: list[int] = []
        self._lines: list[Line] = []
        self._losses: list[Loss] = []
        self._signs: list[tuple[int, str]] = []
        self._rules: list[Rule] = []
        self._length = 0
        self._doubtful: list[int] = []

    def add(self, part: Front | Piece) -> None:
        """Takes the next part that a reader yielded."""
        if isinstance(part, Front):
            self._front = part
            self._losses.extend(part.losses)
            return
        if part.page is not None:
            self._pages.append(self._length)
        self._lines.extend(_moved(line, self._length, part.page) for line in part.lines)
        self._losses.extend(part.losses)
        if part.is_doubtful and part.page is not None:
            self._doubtful.append(part.page)
        self._signs.extend((self._length + at, sign) for at, sign in part.signs)
        self._rules.extend(part.rules)
        self._texts.append(part.text)
        self._length += len(part.text)

    @property
    def doubtful_pages(self) -> Sequence[int]:
        """Those whose text may not be what they show; all of a file that is not in order."""
        return range(1, len(self._pages) + 1) if self._front.is_damaged else self._doubtful

    def document(self, more_losses: Iterable[Loss] = ()) -> Document:
        """What was read so far, as a document."""
        front = self._front
        losses = sorted({*self._losses, *more_losses}, key=lambda loss: (loss.page or 0, loss.reason))
        return Document(
            self._name, self._sha256, front.media_type, "".join(self._texts), tuple(self._pages), tuple(self._lines),
            front.outline, front.info, front.page_labels, tuple(losses), tuple(self._signs), tuple(self._rules),
        )


def _moved(line: Line, by: int, page: int | None) -> Line:
    cells = tuple((start + by, end + by, x) for start, end, x in line.cells)
    return Line(line.start + by, line.end + by, page, line.x, line.y, line.right, line.size, line.bold,
                line.heading, cells, line.italic, line.underlined, line.colour, line.is_unseen)


def has_text(document: Document) -> bool:
    """Whether there is anything but white space in it."""
    return bool(document.text) and not document.text.isspace()


def require_text(document: Document) -> Document:
    """The document; FileError if it has neither text nor pages to look at, for then there is nothing to compare."""
    reasons = [loss.reason for loss in sorted(document.losses, key=lambda loss: loss.page is None)]
    if has_text(document) or any(formats.SHOWN_ONLY in reason for reason in reasons):
        return document
    first = f" ({reasons[0].rstrip('.')})" if reasons else ""
    raise FileError(f"{document.file} has no text that could be read{first}. Open it in a viewer to see what it holds.")


def read_here(path: Path, name: str) -> Document:
    """Reads a whole file in this process."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    assembly = Assembly(name, sha256)
    for part in formats.read_parts(path, name):
        assembly.add(part)
    return require_text(assembly.document())

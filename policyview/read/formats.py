"""Tells a file's type by its bytes, and hands it to the reader of that type."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from policyview.errors import FileError
from policyview.model import Loss
from policyview.read import deceit
from policyview.read.piece import Front, Piece

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"

SHOWN_ONLY = "the page image is shown"
"""These words stand in the loss of each page that can be looked at but not read."""

ENDINGS = {
    ".pdf": PDF, ".docx": DOCX, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": PLAIN, ".text": PLAIN,
}
_CALLED = {PDF: "a PDF", DOCX: "a Word document", HTML: "a web page (HTML)", MARKDOWN: "Markdown", PLAIN: "plain text"}

HEAD_BYTES = 4096
"""Enough to tell a type; a PDF's header must stand within the first 1,024 bytes."""

_FOREIGN = (
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"), (b"MM\x00*", "a TIFF picture"),
)
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WHOLE_PDF = re.compile(rb"^%PDF-\d", re.MULTILINE)  # viewers open a PDF behind up to 1,024 other bytes
_HTML_INSIDE = re.compile(rb"<html[\s>]", re.IGNORECASE)


def type_by_name(name: str) -> str | None:
    """The type that the file's ending promises; None for an ending we do not know."""
    return ENDINGS.get(PurePath(name).suffix.lower().rstrip())


def type_by_bytes(path: Path) -> str | None:
    """The type that the bytes show; None where they show none (plain text and Markdown have no mark)."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX if _is_docx(path) else None
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = head.replace(b"\x00", b"")[2:]
    if _HTML_START.match(plain):
        return PDF if _WHOLE_PDF.search(head[:1024]) and _ends_as_pdf(path) else HTML
    return PDF if b"%PDF-" in head[:1024] and _is_binary(head) else None


def _ends_as_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-min(HEAD_BYTES, path.stat().st_size), 2)
        return b"%%EOF" in file.read()


def _is_docx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _is_binary(head: bytes) -> bool:
    return b"\x00" in head or any(byte > 0x7F for byte in head[:1100])


def media_type(path: Path, name: str) -> tuple[str, Loss | None]:
    """The type of a file, and what to say where its name promises another. FileError where we do not read it."""
    if path.stat().st_size == 0:
        raise FileError(f"{name} is empty (0 bytes). Download or save it again.")
    promised, shown = type_by_name(name), type_by_bytes(path)
    if shown is None:
        _refuse_foreign(path, name)
        shown = promised if promised in (PLAIN, MARKDOWN) else _unmarked_type(path, promised)
    if promised is None or promised == shown:
        return shown, None
    ending = PurePath(name).suffix
    return shown, Loss(None, f"The name ends in {ending}, but the bytes are {_CALLED[shown]}; it was read as such.")


def _unmarked_type(path: Path, promised: str | None) -> str:
    """Text without a mark: HTML where the name says so and a tag is there, or a bare fragment; else plain text."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if (promised == HTML and b"<" in head) or _HTML_INSIDE.search(head):
        return HTML
    return PDF if b"%PDF-" in head[:1024] and promised == PDF else PLAIN


def _refuse_foreign(path: Path, name: str) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    for mark, called in _FOREIGN:
        if head.startswith(mark):
            raise FileError(f"{name} is {called}, not a document with text. Run text recognition (OCR) on it "
                            "and add the result.")
    if head.startswith(b"PK\x03\x04"):
        raise FileError(f"{name} is a ZIP archive that holds no Word text. Unpack it and add the documents inside.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError(f"{name} is an old or a password-protected Office file. Save it as .docx or PDF "
                        "without a password.")
    if head.startswith(b"{\\rtf"):
        raise FileError(f"{name} is an RTF file. Save it as .docx or PDF.")


def read_parts(path: Path, name: str, skip: frozenset[int] = frozenset()) -> Iterator[Front | Piece]:
    """Reads a file: its front, then its pieces in order. Pages in ``skip`` are left empty (see ``pdf``).

    FileError where the file cannot be read at all.
    """
    shown, mismatch = media_type(path, name)
    for part in _reader(shown, path, name, skip):
        if isinstance(part, Piece):
            said = deceit.losses(part.page, part.text)
        else:
            said = (mismatch,) if mismatch else ()
        yield replace(part, losses=(*said, *part.losses)) if said else part


def _reader(shown: str, path: Path, name: str, skip: frozenset[int]) -> Iterator[Front | Piece]:
    # imported here: a worker loads only what the files at hand need
    if shown == PDF:
        from policyview.read import pdf

        return pdf.read_parts(path, name, skip)
    if shown == DOCX:
        from policyview.read import docx

        return docx.read_parts(path, name)
    if shown == HTML:
        from policyview.read import html

        return html.read_parts(path, name)
    from policyview.read import plain

    return plain.read_parts(path, name, shown)

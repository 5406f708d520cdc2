"""Reads a PDF: text and lines from PDFium, document information and outline from pypdf.

How PDFium (5.15.2) prints, seen on 674 real pages: lines end in CR LF. A hyphen at the end of a printed line
comes as U+FFFE *and takes the line end with it*: ``high\\ufffe`` goes straight on with ``risk``. The
canonical text keeps a character for each of PDFium's, so that an offset less its page's start is PDFium's
own character index: CR LF becomes blank + newline, U+FFFE a hyphen. **A line whose end is the start
of the next line therefore ends in a line-end hyphen**; all other lines are parted by at least a newline.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from policyview.errors import FileError
from policyview.model import Loss, Rule
from policyview.read import legibility, nesting, outline, pdf_front, pictures, signs, strokes, visibility
from policyview.read.contents import Contents
from policyview.read.formats import PDF
from policyview.read.mapping import page_mapping
from policyview.read.outline import Titles
from policyview.read.pdf_lines import LineProbe
from policyview.read.piece import Front, Piece

FRONT = 0
"""The page number under which ``skip`` names the front: a worker died over the document's outline."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read_parts(path: Path, name: str, skip: frozenset[int] = frozenset()) -> Iterator[Front | Piece]:
    """The front, then a piece a page; pages in ``skip`` are not touched and come empty, their loss is the caller's."""
    too_deep = nesting.deep_pages(path, name)
    document, opening_losses = open_pdf(path, name)
    try:
        count = len(document)
        if count == 0:
            raise FileError(f"{name} is damaged: it has no pages. Download or save it again.")
        front = pdf_front.read_front(path, count) if FRONT not in skip else Front(PDF, count, is_damaged=True)
        is_damaged = front.is_damaged or bool(opening_losses)
        yield replace(front, losses=(*opening_losses, *front.losses), is_damaged=is_damaged)
        pages = _Pages(document, path, outline.by_page(front.outline), front.hidden_layers)
        for number in range(1, count + 1):
            if number in skip:
                piece = Piece(number, "")
            elif number in too_deep:
                piece = Piece(number, "", (), (Loss(number, f"Page {number} is nested hundreds deep, as no program "
                                                            "writes it, and was not read: look at the page itself."),))
            else:
                piece = pages.piece(number)
            yield replace(piece, text=piece.text + "\n") if number < count else piece
    finally:
        document.close()


def open_pdf(path: Path, name: str) -> tuple[pypdfium2.PdfDocument, tuple[Loss, ...]]:
    """The opened document, mended where it had to be; FileError where it cannot be opened."""
    try:
        return pypdfium2.PdfDocument(path), ()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise FileError(f"{name} is protected with a password. Open it with the password, save it without one, "
                            "and add that copy.") from error
        if getattr(error, "err_code", None) == raw.FPDF_ERR_SECURITY:
            raise FileError(f"{name} is protected in a way that is not supported. Save an unprotected copy "
                            "and add that.") from error
        mended = pdf_front.mended(path)
        if mended is not None:
            with suppress(pypdfium2.PdfiumError):
                document = pypdfium2.PdfDocument(mended)
                saved = f"pages that could be saved: {len(document)}, some may be missing"
                said = f"The PDF is damaged and was mended; {saved}."
                return document, (Loss(None, said),)
        raise FileError(f"{name} is damaged and cannot be opened as a PDF. Download or save it again.") from error


class _Pages:
    """The pages of an open document, read one by one."""

    def __init__(
        self, document: pypdfium2.PdfDocument, path: Path, titles: Titles, hidden_layers: frozenset[str]
    ) -> None:
        self._document = document
        self._titles = titles
        self._hidden_layers = hidden_layers
        self._probe = LineProbe()
        self._contents = Contents(path)

    def piece(self, number: int) -> Piece:
        """The text and lines of a page, with what of it is lost."""
        try:
            page = self._document[number - 1]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            losses = (Loss(number, f"Page {number} is damaged and could not be read."),)
            return Piece(number, "", (), losses, is_doubtful=True)
        try:
            return self._read(page, text_page, number)
        finally:
            text_page.close()
            page.close()

    def _read(self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, number: int) -> Piece:
        printed = printed_text(text_page)
        text = canonical(printed)
        drawings = strokes.drawings(page)
        lined = drawings.strokes
        lines = self._probe.lines(page, text_page, printed, lined, drawings.marks)
        doubtful = legibility.losses(page, number, printed, text)
        lines, unseen = visibility.told(page, text_page, number, printed, lines, drawings.grounds, self._hidden_layers)
        doubtful += unseen
        losses = doubtful + pictures.losses(page, number, drawings.pictures, lines)
        drawn = signs.drawn(lined, text_page, printed)
        losses += signs.losses(number, drawn)
        deleted = self._probe.struck
        losses += visibility.struck_out(number, deleted)
        drawn += tuple((at, "") for start, end in deleted for at in range(start, end))
        drawn = signs.with_bullets(drawn, self._probe.bullets, printed)
        if not lines and not losses and self._contents.is_damaged(number):
            losses = (Loss(number, f"Page {number} is damaged: nothing of it can be read."),)
        titled = outline.with_headings(text, lines, self._titles.get(number, ()))
        is_doubtful = bool(doubtful) or (not lines and bool(losses))
        return Piece(number, text, titled, losses, drawn, rules(lined, page, number), is_doubtful)


def rules(lined: Sequence[strokes.Stroke], page: pypdfium2.PdfPage, number: int) -> tuple[Rule, ...]:
    """The drawn lines where the shown page has them."""
    if not lined:
        return ()
    mapping = page_mapping(page)
    found = []
    for stroke in lined:
        x, y = mapping.apply(stroke.left, stroke.bottom)
        to_x, to_y = mapping.apply(stroke.right, stroke.top)
        found.append(Rule(number, round(min(x, to_x), 1), round(min(y, to_y), 1),
                          round(max(x, to_x), 1), round(max(y, to_y), 1)))
    return tuple(found)


def canonical(printed: str) -> str:
    """PDFium's text as it stands in the canonical text, character by character."""
    text = printed.replace("\r", " ").replace("\ufffe", "-").replace("\x02", "-")
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _with_nuls(text_page: pypdfium2.PdfTextPage, text: str) -> str:
    """PDFium gives U+FFFE for a hyphen at a line's end, and also for a letter that its font maps to NUL."""
    at = -1
    while (at := text.find("\ufffe", at + 1)) >= 0:
        if not raw.FPDFText_GetUnicode(text_page, at):
            text = f"{text[:at]}\0{text[at + 1:]}"
    return text


def printed_text(text_page: pypdfium2.PdfTextPage) -> str:
    """PDFium's text of a page, exactly a character for each of its character indexes."""
    count = text_page.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return _with_nuls(text_page, text)
    # characters beyond U+FFFF or without a code shift PDFium's two ways of counting: ask for each
    codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(code) if code <= 0x10FFFF else "�" for code in codes)

"""Reads a Word document in document order: paragraphs with their list labels, tables row by row."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from policyview.errors import FileError
from policyview.read.docx_lists import Lists
from policyview.read.docx_runs import Tally, paragraph_text
from policyview.read.docx_styles import Styles
from policyview.read.formats import DOCX
from policyview.read.pdf_front import plain
from policyview.read.piece import Front, Piece
from policyview.read.printout import Printout

_MOST_UNPACKED = 300 << 20  # bytes of all members together, as the archive declares them
_MOST_XML = 60 << 20  # bytes of a text part; 60 MB of XML are some 3,000 pages
_PROPERTIES = (("Title", "title"), ("Author", "author"), ("Subject", "subject"), ("CreationDate", "created"),
               ("ModDate", "modified"))
_DOCTYPE_HEAD = 4096
_UNPACKABLE = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, zlib.error)
"""What reading a part of a damaged archive raises: an offset before the file's beginning is an OSError."""
_TWIPS_A_COLUMN = 100  # twentieths of a point: a column of text is 5 points wide
_MOST_COLUMNS = 60  # of indentation
_BLOCKS = (qn("w:p"), qn("w:tbl"))
_WRAPPERS = (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:moveTo"))


def read_parts(path: Path, name: str) -> Iterator[Front | Piece]:
    """The front, then the printed text."""
    _refuse_hostile(path, name)
    try:
        document = docx.Document(str(path))
    except MemoryError:
        raise
    except Exception as error:
        raise FileError(f"{name} is damaged and cannot be opened as a Word document. Open it in Word, save it anew, "
                        "and add that copy.") from error
    writer = _Writer(document)
    pieces = list(writer.printed())
    yield Front(DOCX, info=_info(document), losses=writer.tally.losses())
    yield from pieces


def _refuse_hostile(path: Path, name: str) -> None:
    """A document type (the door to entities) and archives that unpack to absurd sizes never come from Word."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        largest = max((each.file_size for each in members if each.filename.endswith(".xml")), default=0)
        if sum(each.file_size for each in members) > _MOST_UNPACKED or largest > _MOST_XML:
            raise FileError(f"{name} unpacks to an absurd size and was not opened. Save it anew in Word, or as PDF.")
        for each in members:
            if not each.filename.endswith((".xml", ".rels")):
                continue
            try:
                with archive.open(each) as part:
                    head = part.read(_DOCTYPE_HEAD)
            except _UNPACKABLE as error:
                raise FileError(f"{name} is damaged or protected and cannot be unpacked. Save it anew in Word "
                                "without a password.") from error
            if b"<!DOCTYPE" in head.replace(b"\x00", b"") or b"<!ENTITY" in head.replace(b"\x00", b""):
                raise FileError(f"{name} declares a document type, which Word never writes; it was not opened. "
                                "Save it anew in Word, or as PDF.")


def _info(document: Any) -> tuple[tuple[str, str], ...]:
    """The document's properties; a bad one costs nothing."""
    found = []
    for key, attribute in _PROPERTIES:
        try:
            value = getattr(document.core_properties, attribute)
        except Exception:  # dates that are none, among others
            continue
        if value:
            found.append((key, plain(str(value))[:1000]))
    return tuple(found)


class _Writer:
    """Prints body, headers, footers and notes of a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._out = Printout()
        self._styles = Styles(document)
        self._lists = Lists(document)
        self.tally = Tally()

    def printed(self) -> Iterator[Piece]:
        """Headers first (a letterhead names payer and line of business), then the body, footers and notes."""
        self._furniture("header")
        for block in _iter_blocks(self._document.element.body):
            if block.tag == qn("w:p"):
                self._paragraph(block)
            else:
                self._table(block)
            yield from self._out.pieces()
        self._notes()
        self._furniture("footer")
        yield from self._out.pieces(is_last=True)

    def _furniture(self, kind: str) -> None:
        """Each different header or footer once."""
        seen = set()
        for section in self._document.sections:
            for which in (f"first_page_{kind}", kind):
                part = getattr(section, which)
                if part.is_linked_to_previous or (which.startswith("first") and
                                                  not section.different_first_page_header_footer):
                    continue
                words = "".join(part._element.itertext())
                if words.strip() and words not in seen:
                    seen.add(words)
                    self._out.blank()
                    for block in _iter_blocks(part._element):
                        self._paragraph(block) if block.tag == qn("w:p") else self._table(block)
                    self._out.blank()

    def _notes(self) -> None:
        """Footnotes and endnotes, at the end."""
        from docx.oxml import parse_xml

        for relation in self._document.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            notes = parse_xml(relation.target_part.blob)
            for note in notes:
                if note.get(qn("w:type")) in (None, "normal"):
                    for paragraph in note.iter(qn("w:p")):
                        self._paragraph(paragraph)

    def _paragraph(self, paragraph: Any) -> None:
        printed = paragraph_text(paragraph, self._styles, self.tally)
        style = self._styles.of(paragraph)
        heading = self._styles.heading(paragraph)
        label, left = self._lists.label(paragraph, style) if printed.text.strip() else ("", 0)
        if heading or not label:
            self._out.blank()
        column = _columns(left if label else self._styles.indent_twips(paragraph))
        if "\t" in printed.text.strip() and not label:
            self._tabbed(printed.text, column, printed.is_bold)
        elif printed.text.strip():
            words = printed.text.replace("\t", " ")
            self._out.line(words, column, heading, printed.is_bold, printed.is_italic, label)
        for boxed in printed.boxes:
            self._paragraph(boxed)

    def _tabbed(self, text: str, column: int, is_bold: bool) -> None:
        """A line that tabs part is a row of a table that was never made one."""
        for line in text.split("\n"):
            cells = [cell for cell in line.split("\t") if cell.strip()]
            if len(cells) > 1:
                self._out.row([(cell, number) for number, cell in enumerate(cells)], column, is_bold)
            else:
                self._out.line(line.replace("\t", " "), column, 0, is_bold)

    def _table(self, table: Any) -> None:
        """A line a row; a cell that holds a table of its own is printed after its row."""
        self._out.blank()
        for row in _iter_rows(table):
            cells, column, inner, bold = [], 0, [], []
            for cell in _iter_cells(row):
                texts = []
                for block in _iter_blocks(cell):
                    if block.tag == qn("w:tbl"):
                        inner.append(block)
                        continue
                    printed = paragraph_text(block, self._styles, self.tally)
                    label, _ = self._lists.label(block, self._styles.of(block)) if printed.text.strip() else ("", 0)
                    texts.append(f"{label} {printed.text}".strip())
                    if printed.text.strip():
                        bold.append(printed.is_bold)
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                is_continued = merge is not None and merge.get(qn("w:val")) in (None, "continue")
                cells.append(("" if is_continued else " ".join(filter(None, texts)), column))
                column += _span(cell)
            if len(cells) == 1:
                self._out.line(" ".join(cells[0][0].split()), 0, 0, bool(bold) and all(bold))
            else:
                self._out.row(cells, 0, bool(bold) and all(bold))
            for each in inner:
                self._table(each)
        self._out.blank()


def _columns(twips: int) -> int:
    return min(_MOST_COLUMNS, max(0, twips // _TWIPS_A_COLUMN))


def _iter_blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag in _BLOCKS:
            yield child
        elif child.tag in _WRAPPERS:
            stack.extend(reversed(child))


def _iter_rows(table: Any) -> Iterator[Any]:
    return (row for row in _descend(table, qn("w:tr")))


def _iter_cells(row: Any) -> Iterator[Any]:
    return (cell for cell in _descend(row, qn("w:tc")))


def _descend(parent: Any, tag: str) -> Iterator[Any]:
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            stack.extend(reversed(child))


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(qn("w:val")) if span is not None else "1"
    return int(value) if re.fullmatch(r"\d{1,3}", value or "") else 1

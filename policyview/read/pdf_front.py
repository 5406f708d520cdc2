"""What a PDF says of itself, read by pypdf: document information, outline, page labels, protection.

Each step is caught by itself: pypdf raises ordinary exceptions on ordinary files (most are bad dates), and
none of them may cost the text, which PDFium reads. What pypdf warns of becomes a stated loss.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pypdf

from policyview.model import Loss, OutlineEntry
from policyview.read import carried, layers
from policyview.read.formats import PDF
from policyview.read.piece import Front

_T = TypeVar("_T")
_OBJECT = re.compile(r"IndirectObject\((\d+), \d+, \d+\)")  # its last number is a place in memory: never the same
_INSIDES = re.compile(r"\{.*\}")  # of an object, as pypdf prints them: nobody reads that
_MOST_ENTRIES = 5_000  # of an outline; a real one has hundreds
_MOST_WARNINGS = 10  # of pypdf that are kept as losses
_INFO_CHARS = 1_000  # kept of a value of the document information
_LABELLED_PAGES = 5_000  # longer documents go without labels: pypdf makes them all at once
_NO_PAIRS: tuple[tuple[str, str], ...] = ()
_NO_ENTRIES: tuple[OutlineEntry, ...] = ()
_NO_LABELS: tuple[str, ...] = ()
_NO_LOSSES: tuple[Loss, ...] = ()
_INFO_KEYS = {"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate"}


def read_front(path: Path, pages: int) -> Front:
    """The front of the PDF at ``path``, which has so many ``pages``. Never raises: what fails is a stated loss."""
    pypdf.overwrite_configuration(jbig2dec_binary=None)  # else it starts a program that it finds on PATH
    losses: list[Loss] = []

    def attempt(what: str, step: Callable[[], _T], otherwise: _T) -> _T:
        try:
            return step()
        except Exception as error:  # whatever it is: see the module's docstring
            losses.append(Loss(None, f"The PDF's {what} could not be read ({brief(error)}); its text could."))
            return otherwise

    with warnings_kept() as warnings:
        content = path.read_bytes()
        # padding behind the end sends pypdf searching backwards for seconds
        try:
            reader = pypdf.PdfReader(io.BytesIO(content.rstrip(b"\x00 \r\n\t")))
        except Exception as error:  # whatever it is: see the module's docstring
            said = f"The PDF is damaged ({brief(error)}); its text was recovered, and some of it may be missing."
            return Front(PDF, pages, losses=(Loss(None, said),), is_damaged=True)
        try:
            is_protected = attempt("protection", lambda: _unlock(reader), False)
            info = attempt("document information", lambda: _info(reader), _NO_PAIRS)
            outline = attempt("outline", lambda: _outline(reader), _NO_ENTRIES)
            labels = attempt("page labels", lambda: _labels(reader, pages), _NO_LABELS)
            hidden = attempt("layers", lambda: layers.switched_off(reader), frozenset[str]())
            beside = attempt("scripts and attachments", lambda: carried.losses(reader, content), _NO_LOSSES)
        finally:
            reader.close()
    is_damaged = bool(losses or warnings)
    if is_protected:
        info = (*info, ("Protection", "restricted by an owner password; readable without one"))
    sentences = (f"The PDF is not quite in order (pypdf says: {text}): compare its pages." for text in warnings)
    losses.extend(Loss(None, sentence) for sentence in sentences)
    return Front(PDF, pages, outline, info, labels, (*losses, *beside), is_damaged, hidden)


def mended(path: Path) -> bytes | None:
    """The PDF as pypdf can make it out, written anew; None where it cannot. For files that PDFium refuses."""
    pypdf.overwrite_configuration(jbig2dec_binary=None)
    with warnings_kept():
        try:
            written = io.BytesIO()
            pypdf.PdfWriter(clone_from=path).write(written)
            return written.getvalue()
        except Exception:  # whatever it is: the file stays refused
            return None


def _unlock(reader: pypdf.PdfReader) -> bool:
    if not reader.is_encrypted:
        return False
    reader.decrypt("")
    return True


def _info(reader: pypdf.PdfReader) -> tuple[tuple[str, str], ...]:
    """The document information as printed in the file: dates stay strings, so that a bad one costs nothing."""
    metadata = reader.metadata
    if metadata is None:
        return ()
    found = []
    for key in metadata:
        if key in _INFO_KEYS:
            value = plain(str(metadata.raw_get(key).get_object()))[:_INFO_CHARS]
            if value.strip():
                found.append((str(key).removeprefix("/"), value))
    return tuple(found)


def _outline(reader: pypdf.PdfReader) -> tuple[OutlineEntry, ...]:
    root = reader.root_object
    if "/Outlines" not in root:  # spares the flattening of the page tree
        return ()
    found: list[OutlineEntry] = []

    def walk(entries: Sequence[Any], level: int) -> None:
        for entry in entries:
            if len(found) >= _MOST_ENTRIES:
                return
            if isinstance(entry, list):
                walk(entry, level + 1)
                continue
            title = " ".join(plain(str(entry.title)).split())
            if title:
                found.append(OutlineEntry(title, level, _page_of(reader, entry)))

    walk(reader.outline, 1)
    return tuple(found)


def _page_of(reader: pypdf.PdfReader, entry: Any) -> int | None:
    try:
        number = reader.get_destination_page_number(entry)
    except Exception:  # a bookmark that leads nowhere keeps its title
        return None
    return None if number is None or number < 0 else number + 1


def _labels(reader: pypdf.PdfReader, pages: int) -> tuple[str, ...]:
    """The printed page numbers, where the file has its own; () where they are 1, 2, 3."""
    if "/PageLabels" not in reader.root_object or pages > _LABELLED_PAGES:
        return ()
    labels = tuple(plain(str(label)) for label in reader.page_labels)
    return () if labels == tuple(str(number) for number in range(1, len(labels) + 1)) else labels


def plain(text: str) -> str:
    """Text that can be stored and shown: NULs and lone surrogates replaced."""
    return "".join("\N{REPLACEMENT CHARACTER}" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)


def brief(error: BaseException) -> str:
    """What an exception says, short enough for a sentence."""
    said = _OBJECT.sub(r"object \1", " ".join(plain(str(error)).split()))[:120]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


@contextmanager
def warnings_kept() -> Iterator[list[str]]:
    """Catches what pypdf logs, each sentence once; nothing reaches the terminal."""
    kept: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = " ".join(plain(_INSIDES.sub("…", record.getMessage())).split())
            text = _OBJECT.sub(r"object \1", text)[:200].rstrip(".")
            if text and text not in kept and len(kept) < _MOST_WARNINGS:
                kept.append(text)

    logger, keeper = logging.getLogger("pypdf"), Keeper(logging.WARNING)
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(keeper)
    try:
        yield kept
    finally:
        logger.removeHandler(keeper)
        logger.propagate = propagated

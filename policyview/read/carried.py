"""What a PDF carries beside its pages: scripts, attached files, earlier revisions. Stated, never run, saved or read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdf

from policyview.model import Loss

_ACTIONS = {
    b"/JavaScript": "JavaScript", b"/Launch": "starting a program", b"/SubmitForm": "sending data",
    b"/ImportData": "importing data", b"/RichMedia": "playing media",
}
_ACTION = re.compile(b"|".join(name + rb"\b" for name in _ACTIONS))
_OBJECT = re.compile(rb"\d\s+obj\b")
_END = b"%%EOF"
_LINEARIZED = b"/Linearized"
_HEAD = 2048  # bytes in which a file laid out for the web says so
_MOST_PACKED = 200  # streams of packed objects that are looked into; a report of 400 pages has 60
_NAME_CHARS = 80
_MOST_NAMED = 10


def losses(reader: pypdf.PdfReader, content: bytes) -> tuple[Loss, ...]:
    """A sentence for each kind of thing that is there."""
    return (*_scripts(reader, content), *_attachments(reader), *_revisions(content), *_form(reader))


def _scripts(reader: pypdf.PdfReader, content: bytes) -> Iterator[Loss]:
    found = {match for part in (content, *_packed(reader)) for match in _ACTION.findall(part)}
    if found:
        named = ", ".join(words for mark, words in _ACTIONS.items() if mark in found)
        yield Loss(None, f"The PDF contains scripts or actions ({named}): none was run, only its text was read.")


def _packed(reader: pypdf.PdfReader) -> Iterator[bytes]:
    """The streams in which objects are packed, unpacked: what they hold does not show in the file's own bytes."""
    for number in sorted({stream for stream, _ in reader.xref_objStm.values()})[:_MOST_PACKED]:
        packed = reader.get_object(number)
        if isinstance(packed, pypdf.generic.StreamObject):
            yield packed.get_data()


def _attachments(reader: pypdf.PdfReader) -> Iterator[Loss]:
    names = reader.root_object.get("/Names")
    if names is None or "/EmbeddedFiles" not in names.get_object():
        return
    named = (file.alternative_name or file.name for file in reader.attachment_list)
    listed = [" ".join(str(name).split())[:_NAME_CHARS] for name in named]
    if listed:
        files = "a file" if len(listed) == 1 else f"{len(listed)} files"
        more = ", …" if len(listed) > _MOST_NAMED else ""
        yield Loss(None, f"The PDF carries {files} attached to it ({', '.join(listed[:_MOST_NAMED])}{more}), not read "
                         "here: save them with a PDF viewer and add them if they matter.")


def _revisions(content: bytes) -> Iterator[Loss]:
    """Each save that adds to a file ends anew; layout for the web adds one end, Word an empty table behind another."""
    saved = content.split(_END)[:-1]
    count = sum(bool(_OBJECT.search(part)) for part in saved) - (_LINEARIZED in content[:_HEAD])
    if count > 1:
        yield Loss(None, f"The PDF was changed after it was first saved: {count} revisions are in the file and the "
                         "last was read; earlier words may still be in it.")


def _form(reader: pypdf.PdfReader) -> Iterator[Loss]:
    form = reader.root_object.get("/AcroForm")
    if form is not None and "/XFA" in form.get_object():
        yield Loss(None, "The PDF is a form that a viewer builds when it is opened (XFA): what stands in its fields "
                         "was not read. Print it to PDF and add that.")

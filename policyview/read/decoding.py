"""Bytes to text: finds the encoding, states what was lost, refuses what is not text."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from policyview.errors import FileError
from policyview.model import Loss

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_GUESSED_BYTES = 100_000  # what an encoding is guessed from
_MOST_STRAYS = 0.02  # share of bytes outside UTF-8 up to which a text is UTF-8 with damage, not another encoding
_MOST_CONTROLS = 0.15  # share of control or undecodable characters above which bytes are not text
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LOST = "\N{REPLACEMENT CHARACTER}"


def decode(content: bytes, name: str) -> tuple[str, str, tuple[Loss, ...]]:
    """The text, the name of its encoding and what was lost. FileError where the bytes are not text."""
    text, encoding = _decoded(content, name)
    _refuse_packed(text, name)
    losses = []
    damaged = text.count(_LOST)
    if damaged:
        losses.append(Loss(None, f"{damaged} places of the text are not valid {encoding}; they stand as {_LOST}."))
    text, replaced = _UNSTORABLE.subn(_LOST, text)
    if replaced:
        losses.append(Loss(None, f"{replaced} characters are none that a text can hold (NUL or half a surrogate "
                                 f"pair); they stand as {_LOST}."))
    return text, encoding, tuple(losses)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark):].decode(encoding.removesuffix("-sig"), "replace"), encoding
    wide = _wide_encoding(content)
    if wide:
        return content.decode(wide, "replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _not_quite_utf8(content, name)


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is NUL."""
    head = content[:_GUESSED_BYTES]
    half = len(head) // 2
    if half < 4:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[first::2].count(0) > 0.7 * half and head[1 - first::2].count(0) < 0.1 * half:
            return encoding
    return None


def _not_quite_utf8(content: bytes, name: str) -> tuple[str, str]:
    """UTF-8 with damage where it holds whole UTF-8 sequences and few strays; else the likeliest other encoding."""
    text = content.decode("utf-8", "replace")
    strays = text.count(_LOST)
    beyond_ascii = sum(1 for char in text[:_GUESSED_BYTES] if char > "\x7f" and char != _LOST)
    if beyond_ascii and strays <= max(beyond_ascii, _MOST_STRAYS * len(text)):
        return text, "utf-8"
    if content.count(0):
        raise FileError(_not_text(name))
    head = content[:_GUESSED_BYTES]
    if not _has_c1_only_in_cp1252(head):
        best = from_bytes(head).best()
        if best is not None and best.encoding not in ("ascii", "utf_8"):
            return content.decode(best.encoding, "replace"), best.encoding.replace("_", "-")
    return content.decode("cp1252", "replace"), "windows-1252"


def _has_c1_only_in_cp1252(head: bytes) -> bool:
    """Whether the bytes beyond ASCII are mostly the marks that Windows writes (curly quotes, dashes, ®, §, ≥-likes)."""
    beyond = [byte for byte in head if byte > 0x7F]
    typographic = sum(1 for byte in beyond if byte in _TYPOGRAPHIC)
    return bool(beyond) and typographic >= 0.5 * len(beyond)


_TYPOGRAPHIC = frozenset("‘’“”•–—™…®©§°±µ·½¼¾²³¹×÷é ".encode("cp1252"))


def _refuse_packed(text: str, name: str) -> None:
    sample = text[:_GUESSED_BYTES]
    odd = sum(1 for char in sample if char < " " and char not in "\t\n\r\f\v") + sample.count(_LOST)
    if odd > _MOST_CONTROLS * len(sample) + 3:
        raise FileError(_not_text(name))


def _not_text(name: str) -> str:
    return (f"{name} is not text: its bytes are those of a program or of packed content. "
            "Add the document as PDF, .docx, .html, .md or .txt.")

"""Makes any text fit for print: file names that are not UTF-8, control characters, halves of surrogate pairs."""

from __future__ import annotations

import os
import re

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_STAND_INS = {0xFFFE: "-", 0xFFFF: "\ufffd", 0xF0B7: "•", 0xF0A7: "▪"}


def encodable(text: str) -> str:
    """``text`` with each lone surrogate replaced by U+FFFD: one character for one, so that offsets still count."""
    return _HALF_PAIR.sub("\ufffd", text)


def file_name(name: str) -> str:
    """A file's name as Unicode text; bytes of it that are not UTF-8 become ``\\xNN``."""
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # a surrogate that no file name can hold
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str) -> str:
    """``text`` for a terminal: control characters and those that turn the writing direction are spelled out."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), file_name(text))


def printable(text: str) -> str:
    """``text`` for formats and screens that cannot hold control characters; odd line breaks become ordinary ones.

    U+FFFE, which PDFium gives for a hyphen at a line's end, becomes a hyphen: no XML may hold it. Bullets of
    the old symbol fonts, which stand in the private area, become real ones.
    """
    if text.isprintable():  # nearly all: then it holds nothing of what is replaced below
        return text
    shown = encodable(text).replace("\r\n", "\n").translate(_STAND_INS)
    return _CONTROL.sub(lambda match: match[0] if match[0] in "\n\t" else "\n" if match[0].isspace() else "", shown)


def on_one_line(text: str) -> str:
    """``text`` printable, its white space folded to single blanks."""
    return " ".join(printable(text).split())

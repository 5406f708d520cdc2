"""Makes any text fit for print: file names that are not UTF-8, control characters, halves of surrogate pairs.

What nobody would see, or what would turn the direction of writing, is shown as what it is.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePath

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\u2028\u2029"  # controls
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of writing
    r"\U000e0000-\U000e007f"  # letters that are never drawn
)
_ZERO_WIDTH = r"[\u200b-\u200d\u2060-\u2064\ufeff]"
_ODD = re.compile(rf"[{_UNSEEN}]|(?<=[^\W_]){_ZERO_WIDTH}(?=[^\W_])")  # between words they hide nothing
_SYMBOLS = 0x2400  # the block of pictures of control characters

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
    return _ODD.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), file_name(text))


def base_name(name: str) -> str:
    """A file's name without its folders, on one line."""
    return one_line(PurePath(name).name or name)


def printable(text: str) -> str:
    """``text`` with its control characters shown by symbols, and by their numbers (``[U+202E]``) what turns the
    direction of writing or stands unseen within words; odd line breaks become ordinary ones.

    U+FFFE, which PDFium gives for a hyphen at a line's end, becomes a hyphen: no XML may hold it. Bullets of
    the old symbol fonts, which stand in the private area, become real ones.
    """
    if text.isprintable():  # nearly all: then it holds nothing of what is replaced below
        return text
    shown = encodable(text).replace("\r\n", "\n").translate(_STAND_INS)
    return _ODD.sub(_symbol, shown)


def _symbol(match: re.Match[str]) -> str:
    char, code = match[0], ord(match[0])
    if char in "\n\t":
        return char
    if char.isspace():
        return "\n"
    if code < 0x20 or code == 0x7F:
        return chr(_SYMBOLS + min(code, 0x21))
    return f"[U+{code:04X}]"


def on_one_line(text: str) -> str:
    """``text`` printable, its white space folded to single blanks."""
    return " ".join(printable(text).split())

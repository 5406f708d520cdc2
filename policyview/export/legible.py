"""Makes any text fit for print: file names that are not UTF-8, control characters, halves of surrogate pairs."""

from __future__ import annotations

import os
import re

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that show nothing: controls but tab and line ends, zero-width ones, those that turn the direction."""
_UNPRINTED = re.compile(rf"[\t\n\r\v\f\u2028\u2029]|{UNSEEN.pattern}")
_NAMES = {
    0xAD: "SHY", 0x61C: "ALM", 0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM",
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO", 0x2060: "WJ", 0x2066: "LRI",
    0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xFEFF: "BOM",
}  # fmt: skip
_IN_A_PICTURE = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d[\u2190-\u2bff\U0001f000-\U0001faff]")
_LINE_ENDS = str.maketrans("\t\n\r", "␉␊␍")
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
    """``text`` for a terminal: control, zero-width and turning characters are spelled out as escapes."""
    return _UNPRINTED.sub(_escaped, file_name(text))


def _escaped(match: re.Match[str]) -> str:
    return match[0] if _joins_a_picture(match) else match[0].encode("unicode_escape").decode("ascii")


def _joins_a_picture(match: re.Match[str]) -> bool:
    """Whether a joiner stands between two emoji: it makes one picture of them, and stays."""
    return match[0] == "\u200d" and bool(_IN_A_PICTURE.match(match.string, max(0, match.start() - 1)))


def shown_name(name: str) -> str:
    """A file's name as it is shown: on one line, nothing in it unseen."""
    return printable(file_name(name).translate(_LINE_ENDS))


def base_name(name: str) -> str:
    """The last part of a file's path, as it is shown."""
    return shown_name(os.path.basename(file_name(name).rstrip("/")))


def printable(text: str) -> str:
    """``text`` for formats and screens: nothing in it is unseen, or turns how the rest of it is read.

    Control characters become their pictures (␀), zero-width and turning characters their names (‹RLO›), odd line
    breaks ordinary ones. U+FFFE, which PDFium gives for a hyphen at a line's end, becomes a hyphen: no XML may hold
    it. Bullets of the old symbol fonts, which stand in the private area, become real ones.
    """
    if text.isprintable():  # nearly all: then it holds nothing of what is replaced below
        return text
    return UNSEEN.sub(seen, _BREAK.sub("\n", encodable(text)).translate(_STAND_INS))


def seen(unseen: re.Match[str]) -> str:
    """How a character of ``UNSEEN`` is shown: C0 by its picture, others by the short name that Unicode gives them.

    A joiner between two emoji stays: it makes one picture of them.
    """
    letter = unseen[0]
    code = ord(letter)
    if _joins_a_picture(unseen):
        return letter
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"‹{_NAMES.get(code, f'U+{code:04X}')}›"


def on_one_line(text: str) -> str:
    """``text`` printable, its white space folded to single blanks."""
    return " ".join(printable(text).split())

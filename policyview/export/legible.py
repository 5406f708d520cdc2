"""Makes any text fit for print: file names that are not UTF-8, control characters, halves of surrogate pairs."""

from __future__ import annotations

import os
import re

_HALF_PAIR = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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


def printable(text: str, keep: str = "\n\t") -> str:
    """``text`` without control characters other than ``keep``, for formats that cannot hold them."""
    return _CONTROL.sub(lambda match: match[0] if match[0] in keep else "", encodable(text))

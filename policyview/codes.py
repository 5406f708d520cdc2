"""Codes and ranges of codes, whatever dots they are printed with."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?=.*\d)[a-z0-9.]{3,8}", re.IGNORECASE)


def holds(first: str, last: str, code: str) -> bool:
    """Whether a code lies in the range from ``first`` to ``last``, both with all that is below them."""
    low, high, own = bare(first), bare(last), bare(code)
    return low <= own and own[:len(high)] <= high


def bare(code: str) -> str:
    """A code as it is compared."""
    return code.replace(".", "").casefold()


def is_code(text: str) -> bool:
    """Whether it looks like a code of some system."""
    return bool(_CODE.fullmatch(text))

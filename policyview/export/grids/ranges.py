"""Codes and ranges of codes, whatever dots they are printed with."""

from __future__ import annotations


def holds(first: str, last: str, code: str) -> bool:
    """Whether a code lies in the range from ``first`` to ``last``, both with all that is below them."""
    low, high, own = bare(first), bare(last), bare(code)
    return low <= own and own[:len(high)] <= high


def bare(code: str) -> str:
    """A code as it is compared."""
    return code.replace(".", "").casefold()

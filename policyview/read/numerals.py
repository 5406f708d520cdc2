"""List labels as they are printed: 1, a, A, i, I."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("a") + rest) + found
    return found or "0"


def roman(number: int) -> str:
    """Lower case; a number that has no Roman numeral stays as it is."""
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for value, numeral in _ROMAN:
        while number >= value:
            found += numeral
            number -= value
    return found


def label(number: int, kind: str) -> str:
    """A number in the numbering ``kind`` of HTML's list types: 1, a, A, i, I."""
    match kind:
        case "a":
            return letters(number)
        case "A":
            return letters(number).upper()
        case "i":
            return roman(number)
        case "I":
            return roman(number).upper()
    return str(number)

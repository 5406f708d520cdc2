"""Reads printed dates as ISO dates, as exact as they are printed."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = {name.lower(): at for at, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3].lower(): at for name, at in tuple(_MONTHS.items())} | {"sept": 9}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_WHOLE = r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d\d"
_GLUED = rf"(?<=(?-i:[a-z]{{3}}))(?={_WHOLE}|(?-i:[A-Z][a-z]{{2,8}}\.?\ \d))"  # "Effective05/01/2024", "DateMay 1"
_BEHIND = r"(?![\d_])(?!(?-i:[a-z]|[A-Z](?![a-z])))"  # no more of a word; the next one may have lost its blank
_DATE = re.compile(
    rf"""(?:(?<![\w/])|{_GLUED})(?<!\d\.)(?<![A-Za-z]-)(?:
      (?P<iso>{_YEAR}-\d\d(?:-\d\d)?)(?!-){_BEHIND}
    | (?P<name>{_NAME})\.?,?\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+))?(?P<year>{_YEAR})(?!\d)
    | (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name2>{_NAME})\.?,?\s+(?P<year2>{_YEAR})(?!\d)
    | (?P<m>\d{{1,2}})(?P<sep>[/.\-])(?P<d>\d{{1,2}})(?P=sep)(?P<y>{_YEAR}|\d\d)(?![/-]){_BEHIND}
    | (?P<m3>\d{{1,2}})\s?[/.\-]\s?(?P<y3>{_YEAR})(?!/){_BEHIND}
    | (?P<m4>\d{{1,2}})[/.](?P<y4>\d\d)(?![\w/.%-]|,\d)
    | (?P<y5>{_YEAR})(?![\w/-]|\.\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"\d\d")  # every date has them
_CENTURY_TURN = 70  # a two-digit year from here on is of the 20th century; no policy file is older


@dataclass(frozen=True)
class PrintedDate:
    """A date at ``[start, end)`` of a text. ``is_short`` for MM/YY and bare years, which may be something else."""

    start: int
    end: int
    iso: str
    is_short: bool = False


@lru_cache(maxsize=4096)
def read_dates(text: str, *, short: bool = True) -> tuple[PrintedDate, ...]:
    """All dates of a text, in order; without ``short`` no MM/YY (a fraction elsewhere) and no bare years."""
    found = list[PrintedDate]()
    if not _TWO_DIGITS.search(text):
        return ()
    for match in _DATE.finditer(text):
        iso = _iso(match)
        is_short = match.group("y4") is not None or match.group("y5") is not None
        if iso and (short or not is_short):
            found.append(PrintedDate(match.start(), match.end(), iso, is_short))
    return tuple(found)


def _iso(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["iso"]:
        numbers = [int(n) for n in part["iso"].split("-")]
        return _joined(*numbers)
    if part["name"]:
        return _joined(int(part["year"]), _MONTHS[part["name"].lower()], int(part["day"]) if part["day"] else None)
    if part["name2"]:
        return _joined(int(part["year2"]), _MONTHS[part["name2"].lower()], int(part["day2"]))
    if part["m"]:
        return _joined(_full_year(part["y"]), int(part["m"]), int(part["d"]))
    if part["m3"]:
        return _joined(int(part["y3"]), int(part["m3"]))
    if part["m4"]:
        return _joined(_full_year(part["y4"]), int(part["m4"]))
    return str(part["y5"])


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= _CENTURY_TURN else 2000)


def _joined(year: int, month: int | None = None, day: int | None = None) -> str | None:
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"

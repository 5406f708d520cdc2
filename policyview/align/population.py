"""Whom a statement is for: age bands, limits of age and of gestation, and whether two populations can overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from policyview.align.interval import Interval, interval_of
from policyview.lexicon import Lexicon
from policyview.wording import Quantity, read_numbers

BANDS = ("preterm", "term", "infant", "child", "adolescent", "adult")
NEWBORN = frozenset(("preterm", "term"))
ADULT = frozenset(("adult",))
_YEARS = {"infant": (0.0, 2.0), "child": (2.0, 12.0), "adolescent": (12.0, 18.0), "adult": (18.0, 65.0)}
_HALF = 0.5  # a band belongs to an age limit that holds at least half of it: "16 or older" means adults
_PRETERM_WEEKS = 37  # born before 37 weeks is preterm by definition
_NEAR_TERM_WEEKS = 32  # a lower limit from here on means "late preterm and term" where newborns are meant
_NEAR = 45  # characters around a number in which stands what it measures
_MONTHS = 12


@dataclass(frozen=True)
class Population:
    """``bands`` is empty where nothing is stated. ``ages`` in years, ``gestation`` in weeks, as printed."""

    bands: frozenset[str] = frozenset()
    ages: Interval | None = None
    gestation: Interval | None = None

    def __bool__(self) -> bool:
        return bool(self.bands)

    @property
    def is_newborn(self) -> bool:
        return bool(self.bands) and self.bands <= NEWBORN | {"infant"} and bool(self.bands & NEWBORN)

    @property
    def label(self) -> str:
        """The population in a few words."""
        if not self.bands:
            return "not stated"
        limit = next((i.text for i in (self.gestation, self.ages) if i and i.text), "")
        names = {"preterm": "preterm newborns", "term": "term and near-term newborns", "infant": "infants",
                 "child": "children", "adolescent": "adolescents", "adult": "adults"}
        words = ["newborns"] if self.bands >= NEWBORN else []
        words += [names[b] for b in BANDS if b in self.bands and not (words and b in NEWBORN)]
        if len(words) == len(BANDS) - 1:
            words = ["all ages"]
        return ", ".join(words) + (f" ({limit})" if limit else "")

    def contradicts(self, other: Population) -> str | None:
        """Why no patient belongs to both, None where one may."""
        for name, one, two in (("weeks of gestation", self.gestation, other.gestation), ("age", self.ages, other.ages)):
            if one and two and one.excludes(two):
                return f"{name}: {one.text} against {two.text}"
        if self.bands and other.bands and not self.bands & other.bands:
            return f"population: {self.label} against {other.label}"
        return None

    def covers(self, other: Population) -> bool:
        """Whether a statement for this population reaches all of the other."""
        if self.contradicts(other):
            return False
        if not self.bands:
            return not other.is_newborn  # what names no one is not taken to mean newborns
        if not other.bands:
            return self.bands >= frozenset(("child", "adolescent", "adult"))
        if self.ages and other.ages and not self.ages.holds(other.ages):
            return other.bands < self.bands
        return other.bands <= self.bands

    def is_inside(self, other: Population) -> bool:
        """Whether this population is a true part of the other."""
        return bool(self.bands) and self.bands < other.bands


@lru_cache(maxsize=20_000)
def _numbers(text: str, lexicon: Lexicon) -> tuple[Quantity, ...]:
    return read_numbers(text, lexicon) if any(map(str.isdigit, text)) else ()


@lru_cache(maxsize=20_000)  # headings are read again with every indication under them
def read_population(text: str, lexicon: Lexicon) -> Population:
    """What a folded text says of the patients' age. ``text`` should have condition names blanked."""
    bands = _bands(text, lexicon)
    numbers = _numbers(text, lexicon)
    gestation = next((i for q in numbers if (i := _gestation(q, text, lexicon, bands))), None)
    if gestation is not None:
        bands = _narrowed(bands, gestation)
    intervals = [i for q in numbers if (i := _age(q, text, lexicon))]
    if not intervals:
        return Population(bands, None, gestation)
    ages = _joined(intervals)
    stated = frozenset().union(*(_bands_of(i) for i in ([ages] if ages else intervals)))
    if bands & stated:
        stated = bands & stated if not bands & NEWBORN else bands
    return Population(stated or bands, ages, gestation)


def _bands(text: str, lexicon: Lexicon) -> frozenset[str]:
    narrowing: set[str] = set()
    wide: set[str] = set()
    for entry in lexicon.files.get("populations", {}).values():
        if entry.regex.search(text):
            (narrowing if entry.get("narrows") else wide).update(entry.get("bands", ()))
    if narrowing:
        wide -= (NEWBORN | {"infant"}) if not wide & {"child", "adolescent", "adult"} else NEWBORN
    return frozenset(narrowing | wide)


def _narrowed(bands: frozenset[str], gestation: Interval) -> frozenset[str]:
    if gestation.high <= _PRETERM_WEEKS and gestation.low == -inf:
        return (bands - NEWBORN - {"infant"} if not bands & {"child", "adult"} else bands - NEWBORN) | {"preterm"}
    if gestation.low >= _NEAR_TERM_WEEKS:
        return (bands - {"preterm", "infant"} if not bands & {"child", "adult"} else bands - {"preterm"}) | {"term"}
    return bands


def _around(quantity: Quantity, text: str) -> str:
    return text[max(0, quantity.start - _NEAR) : quantity.end + _NEAR]


def _gestation(quantity: Quantity, text: str, lexicon: Lexicon, bands: frozenset[str]) -> Interval | None:
    if quantity.unit != "week" or quantity.is_word:
        return None
    if not _measures("gestation", _around(quantity, text), lexicon) and not bands & NEWBORN:
        return None
    return interval_of(quantity, text[quantity.start : quantity.end].strip())


_DURATION = re.compile(r"\b(?:for|within|past|last|previous|prior|over|every|after|during|history of|than) (?:the )?$")


def _age(quantity: Quantity, text: str, lexicon: Lexicon) -> Interval | None:
    if quantity.unit not in ("year", "month", None) or quantity.is_word:
        return None
    entry = lexicon.files.get("quantities", {}).get("age")
    around = text[max(0, quantity.start - 25) : quantity.end + 25]
    near = around if quantity.unit else text[max(0, quantity.start - 10) : quantity.end + 4]
    own = text[quantity.start : quantity.end]
    if entry is None or not (entry.regex.search(own) or re.search(r"\bage[ds]?\b|\bold\b|\bolder\b|\byounger\b", near)):
        return None
    if _DURATION.search(text[: quantity.start]):
        return None
    found = interval_of(quantity, own.strip())
    if found is None:
        return None
    if quantity.comparator == "range":
        found = Interval(found.low, found.high + 1, found.text)  # "6 to 17 years" ends with the 18th birthday
    return found.scaled(1 / _MONTHS) if quantity.unit == "month" else found


def _joined(intervals: list[Interval]) -> Interval | None:
    """What all limits allow together; None where they exclude each other (several groups in one sentence)."""
    low, high = max(i.low for i in intervals), min(i.high for i in intervals)
    text = " and ".join(dict.fromkeys(i.text for i in intervals))
    return Interval(low, high, text) if low < high else None


def _bands_of(ages: Interval) -> frozenset[str]:
    def share(band: str) -> float:
        low, high = _YEARS[band]
        return max(0.0, min(high, ages.high) - max(low, ages.low)) / (high - low)

    inside = frozenset(band for band in _YEARS if share(band) >= _HALF)
    return inside or frozenset((max(_YEARS, key=share),))


def _measures(name: str, around: str, lexicon: Lexicon) -> bool:
    entry = lexicon.files.get("quantities", {}).get(name)
    return bool(entry and entry.regex.search(around))


def limits_of(text: str, lexicon: Lexicon, without: Iterable[str] = ("age", "gestation")) -> dict[str, Interval]:
    """The limits a text sets on the lexicon's quantities, one each; two limits that exclude each other are left out."""
    found: dict[str, Interval] = {}
    doubled: set[str] = set()
    for quantity in _numbers(text, lexicon):
        name = _quantity_name(quantity, text, lexicon)
        limit = interval_of(quantity, text[quantity.start : quantity.end].strip())
        if limit is None or name is None or name in without:
            continue
        joined = _joined([found[name], limit]) if name in found else limit
        if joined is None:
            doubled.add(name)
        else:
            found[name] = joined
    return {name: limit for name, limit in found.items() if name not in doubled}


def _quantity_name(quantity: Quantity, text: str, lexicon: Lexicon) -> str | None:
    before, after = text[max(0, quantity.start - _NEAR) : quantity.start], text[quantity.end : quantity.end + 20]
    nearest: tuple[int, str] | None = None
    for name, entry in lexicon.files.get("quantities", {}).items():
        units = entry.get("units", ())
        if units and quantity.unit is not None and quantity.unit not in units:
            continue
        if quantity.unit == "kg/m2" and quantity.unit in units:
            return str(name)
        places = [len(before) - m.end() for m in entry.regex.finditer(before)]
        places += [m.start() + 5 for m in entry.regex.finditer(after)]
        if places and (nearest is None or min(places) < nearest[0]):
            nearest = (min(places), str(name))
    return nearest[1] if nearest else None

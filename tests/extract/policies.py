"""Small invented policies, made at random, and how they are printed: as text or PDF, to any width, with furniture."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path
from typing import Any, Literal, TypeVar

from hypothesis import strategies as st
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

T = TypeVar("T")
PAYERS = ("Larkspur Mutual Insurance", "Thistle Valley Health Plan", "Brookfield Community Care")
SERVICES = ("Limb warming", "Warm sand bathing", "Bell therapy")
CONDITIONS = (
    "frozen toes", "white fingers", "chronic tendon stiffness", "winter cough", "ringing knees", "desk fatigue",
    "swollen ankles after a long march", "night cramps of the calf",
)  # fmt: skip
LIMBS = ("toes", "fingers", "knees", "ankles", "wrists", "elbows", "shoulders", "ears", "heels", "calves")
FINDINGS = (
    "The {} have been white for more than 3 hours in spite of a warm room with a stove",
    "The skin temperature of the {} is 20 degrees or less",
    "Stretching exercises for the {} for at least 6 weeks have failed to bring relief",
    "The treatment of the {} is ordered by a rheumatologist",
    "The member was 18 years of age or older when the {} began to ache",
    "The pulse near the {} is absent on two examinations by a nurse or by a physician",
    "Documentation of an earlier attempt to warm the {} with hot tea is submitted with the request",
    "The member does not smoke and keeps the {} dry",
    "No cover for the {} was tried, or one of wool for 30 days without relief. One of silk does not count",
    "Temperature of the {} of 25 to 29 degrees on 3 mornings (measured before breakfast)",
    "Either a brother or a sister has the same {}, and that began before the age of 40 years",
)
LEAVES = tuple(finding.format(limb) for finding in FINDINGS for limb in LIMBS)
"""No two alike: a line that stands in a document thrice and more is taken for page furniture."""
_STRIDE = 37  # has no divisor in common with their number, so that a walk meets each once
POSITIONS = ("considered medically necessary", "considered not medically necessary", "considered investigational")
PROSE = (
    "Sleeves of this kind hold a small heater that is charged over night and lasts for a working day in winter.",
    "Cold limbs are common among people who live in the mountains and walk to work before the sun is up.",
    "A survey of shepherds in three valleys told of warmer hands in most of them after one season.",
)
CODES = (("E9101", "Heated sleeve, each"), ("E9102", "Sand basin, with heater"), ("E9103", "Bell, small"))
REFERENCES = (
    "Snow A. Toes in winter. Cold Med. 2011;3:1-9.", "Frost B, Hail C. Sand and skin. J Warmth. 2015;7:20-31.",
)  # fmt: skip
LABELS = (("1.", "a.", "i."), ("A.", "1.", "a."), ("I.", "A.", "1."), ("•", "–", "•"))
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi")

NOTES = ("Requests are reviewed once a year.", "A basin of sand lasts for 12 months and is not replaced before.")
STAGES = ("", "", " as initial therapy", " in adults", " in children who cannot wear gloves")
Kind = Literal["head", "heading", "paragraph", "item", "row"]


@dataclass(frozen=True)
class Line:
    """A paragraph, heading or item, however many lines it will be printed on."""

    kind: Kind
    text: str
    depth: int = 0
    label: str = ""


@dataclass(frozen=True)
class Criterion:
    text: str
    below: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One statement: for what the service is what, and under which criteria.

    Several conditions stand in a list below it. ``stage`` and the condition head it where ``is_headed``.
    """

    conditions: tuple[str, ...]
    position: str
    criteria: tuple[Criterion, ...] = ()
    note: str = ""
    stage: str = ""
    is_headed: bool = False


@dataclass(frozen=True)
class Made:
    """An invented policy."""

    payer: str
    number: str
    service: str
    rules: tuple[Rule, ...]
    labels: tuple[str, str, str]
    has_catch_all: bool
    prose: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    references: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.service} at home"

    def lines(self) -> Iterator[Line]:
        """What is printed, in order."""
        yield from (Line("head", text) for text in (
            self.payer, "Medical Policy", f"Policy Number: {self.number}", f"Title: {self.title}",
            "Effective Date: March 1, 2025",
        ))  # fmt: skip
        yield Line("heading", "Coverage Criteria")
        for rule in self.rules:
            yield from self._rule(rule)
        if self.has_catch_all:
            yield Line("paragraph", f"All other uses of {self.service.lower()} are considered investigational.")
        if self.prose:
            yield Line("heading", "Background")
            yield from (Line("paragraph", text) for text in self.prose)
        if self.codes:
            yield Line("heading", "Coding")
            yield Line("paragraph", "These HCPCS codes support coverage:")
            yield from (Line("row", f"{code}    {text}") for code, text in self.codes)
        if self.references:
            yield Line("heading", "References")
            yield from (Line("item", text, 0, f"{n}.") for n, text in enumerate(self.references, 1))

    def _rule(self, rule: Rule) -> Iterator[Line]:
        if rule.is_headed:
            yield Line("heading", " ".join(w.title() if len(w) > 3 else w for w in rule.conditions[0].split()), 1)
        said = f"{self.service} is {rule.position} for"
        if len(rule.conditions) > 1:
            yield Line("paragraph", f"{said} any of the following indications:")
            yield from (
                Line("item", condition.capitalize(), 0, _label(self.labels[0], n))
                for n, condition in enumerate(rule.conditions)
            )
        elif rule.criteria:
            named = f"{said} {rule.conditions[0]}{rule.stage}"
            yield Line("paragraph", f"{named} when all of the following criteria are met:")
            yield from self._items(rule.criteria, 0)
        else:
            yield Line("paragraph", f"{said} {rule.conditions[0]}{rule.stage}.")
        if rule.note:
            yield Line("paragraph", f"Note: {rule.note}")

    def _items(self, criteria: tuple[Criterion, ...], depth: int) -> Iterator[Line]:
        for n, criterion in enumerate(criteria):
            label = _label(self.labels[depth], n)
            yield Line("item", criterion.text, depth, label)
            yield from self._items(criterion.below, depth + 1)


def _label(first: str, n: int) -> str:
    """The ``n``-th label of the list that begins with ``first``."""
    if first in ("i.", "I."):
        return f"{_ROMAN[n]}." if first == "i." else f"{_ROMAN[n].upper()}."
    return f"{chr(ord(first[0]) + n)}." if first[0].isalnum() else first


# --------------------------------------------------------------------------- made at random


LEADS = ("One of the following", "All of the following", "At least two of the following")
_Shape = tuple[Any, ...]
"""What stands below: () for a leaf, else the lead-in and the shapes below it."""


def _shapes(depth: int) -> st.SearchStrategy[tuple[_Shape, ...]]:
    leaf: st.SearchStrategy[_Shape] = st.just(())
    if depth < 2:
        leaf = st.one_of(leaf, leaf, st.tuples(st.sampled_from(LEADS), _shapes(depth + 1)))
    return st.lists(leaf, min_size=2, max_size=4).map(tuple)


def _criteria(shapes: tuple[_Shape, ...], texts: Iterator[str]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(f"{shape[0]}:", _criteria(shape[1], texts)) if shape else Criterion(f"{next(texts)}.")
        for shape in shapes
    )


def _some(kind: Sequence[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(st.sampled_from(kind), max_size=3, unique=True).map(tuple)


@st.composite
def policies(draw: st.DrawFn) -> Made:
    waiting = draw(st.permutations(CONDITIONS))[: draw(st.integers(3, 7))]
    start, rules, notes = draw(st.integers(0, len(LEAVES) - 1)), [], list(NOTES)
    texts = (LEAVES[(start + _STRIDE * n) % len(LEAVES)] for n in count())
    while waiting:
        position = draw(st.sampled_from(POSITIONS))
        several = draw(st.integers(2, 3)) if len(waiting) > 2 and draw(st.booleans()) else 1
        conditions, waiting = tuple(waiting[:several]), waiting[several:]
        criteria = _criteria(draw(_shapes(0)), texts) if position == POSITIONS[0] and several == 1 else ()
        has_note = draw(st.booleans())
        note = notes.pop() if notes and has_note else ""
        stage = draw(st.sampled_from(STAGES)) if several == 1 else ""
        rules.append(Rule(conditions, position, criteria, note, stage, several == 1 and draw(st.booleans())))
    return Made(
        draw(st.sampled_from(PAYERS)), f"MP-{draw(st.integers(100, 999))}", draw(st.sampled_from(SERVICES)),
        tuple(rules), draw(st.sampled_from(LABELS)), draw(st.booleans()),
        draw(_some(PROSE)), draw(_some(CODES)), draw(_some(REFERENCES)),
    )  # fmt: skip


# --------------------------------------------------------------------------- printed


def as_text(made: Made, width: int = 1000) -> str:
    """Plain text, lines broken at ``width`` characters."""
    printed, before = "", "head"
    for line in made.lines():
        printed += "\n" if line.kind in ("heading", "paragraph") or line.kind != before else ""
        indent = " " * 3 * (line.depth + 1) if line.kind == "item" else ""
        begins = f"{indent}{line.label} " if line.label else indent
        printed += textwrap.fill(line.text, width, initial_indent=begins, subsequent_indent=" " * len(begins)) + "\n"
        before = line.kind
    return printed


LEFT, TOP, LEADING, STEP, SIZE = 72.0, 700.0, 14.0, 18.0, 10.0  # points


@dataclass(frozen=True)
class Printed:
    """A line on a page, or the label before it; ``y`` is counted from the bottom."""

    page: int
    x: float
    y: float
    text: str
    font: str = "Helvetica"
    size: float = SIZE


def paged(made: Made, width: float = 468, lines_a_page: int = 42) -> tuple[Printed, ...]:
    """The policy on pages; headings are bold, the larger the higher they stand."""
    printed, page, left = list[Printed](), 1, lines_a_page
    for line in made.lines():
        is_heading = line.kind == "heading"
        font, size = ("Helvetica-Bold", SIZE + 3 - 2 * line.depth) if is_heading else ("Helvetica", SIZE)
        hang = STEP if line.label else 0.0
        at = LEFT + (STEP * (line.depth + 1) if line.kind == "item" else 0) + hang
        broken = simpleSplit(line.text, font, size, LEFT + width - at)
        left -= line.kind in ("heading", "paragraph")  # an empty line before it
        for n, text in enumerate(broken):
            if left < (3 if is_heading else 1):
                page, left = page + 1, lines_a_page
            y = TOP - LEADING * (lines_a_page - left)
            if line.label and n == 0:
                printed.append(Printed(page, at - hang, y, line.label))
            printed.append(Printed(page, at, y, text, font, size))
            left -= 1
    return tuple(printed)


def looks_like_furniture(printed: tuple[Printed, ...]) -> bool:
    """Whether two pages hold one line at one height, numbers and labels aside, as running heads and feet do."""
    seen: dict[tuple[str, float], set[int]] = {}
    for line in printed:
        if len(line.text) > 3:  # no label
            seen.setdefault((re.sub(r"\d+", "#", line.text), line.y), set()).add(line.page)
    return any(len(pages) > 1 for pages in seen.values())


def running(made: Made) -> tuple[str, str]:
    """What furniture says on every page, but for the page's number."""
    return f"{made.payer} · Medical policies", "Every right to this handbook is kept"


def as_pdf(path: Path, printed: tuple[Printed, ...], furniture: tuple[str, str] | None = None) -> Path:
    """The pages as a PDF; ``furniture`` is a running head and foot on every page."""
    canvas = Canvas(str(path), pagesize=(612, 792), invariant=True)
    for page, lines in groupby(printed, key=lambda line: line.page):
        for line in lines:
            canvas.setFont(line.font, line.size)
            canvas.drawString(line.x, line.y, line.text)
        if furniture:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(LEFT, 750, furniture[0])
            canvas.drawString(LEFT, 40, furniture[1])
            canvas.drawRightString(540, 40, f"Page {page}")
        canvas.showPage()
    canvas.save()
    return path

"""Sections, blocks and page furniture of a document: what segmenting gives to extracting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from policyview.model.source import Anchor, Passage


class Role(StrEnum):
    """What a section is for."""

    POLICY = "policy"
    CRITERIA = "criteria"
    NOT_COVERED = "not_covered"
    DESCRIPTION = "description"
    BACKGROUND = "background"
    CODING = "coding"
    PRIOR_AUTHORIZATION = "prior_authorization"
    HISTORY = "history"
    REFERENCES = "references"
    DEFINITIONS = "definitions"
    DISCLAIMER = "disclaimer"
    TREATMENT = "treatment"
    OTHER = "other"


POLICY_ROLES = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED})
"""The sections in which policies state coverage."""


@dataclass(frozen=True)
class Section:
    """A heading as printed, its level (1 is outermost) and the role of what stands under it."""

    heading: str
    level: int
    role: Role
    anchor: Anchor


@dataclass(frozen=True, eq=False)
class Block:
    """A paragraph, list item or table row, in reading order.

    ``passage`` leaves the printed ``label`` (``A.``, ``1)``, a bullet glyph) out. Items nested under an
    item are its ``children``. ``cells`` are a row's cells (empty ones too); rows of one table share
    ``table`` (0 elsewhere), its head rows have ``is_head``. ``inner`` gives the paragraphs and items of each cell
    where one of them holds a list. ``is_bold`` where all words are set bold.
    """

    kind: Literal["paragraph", "item", "row"]
    passage: Passage
    label: str = ""
    cells: tuple[Passage, ...] = ()
    children: tuple[Block, ...] = ()
    table: int = 0
    is_head: bool = False
    is_bold: bool = False
    page: int | None = None
    x: float = 0.0
    inner: tuple[tuple[Block, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Part:
    """A section with the blocks that stand directly under its heading, up to the next heading.

    The text before the first heading is a part whose ``section`` is None.
    """

    section: Section | None
    blocks: tuple[Block, ...]
    path: tuple[Section, ...] = ()  # the sections it stands in, outermost first, its own last

    @property
    def role(self) -> Role:
        return self.section.role if self.section else Role.OTHER

    def iter_blocks(self) -> Iterator[Block]:
        """Every block, nested items too, in reading order."""
        stack = list(reversed(self.blocks))
        while stack:
            block = stack.pop()
            yield block
            stack.extend(reversed(block.children))


@dataclass(frozen=True)
class Boilerplate:
    """Page furniture: a text that repeats on many pages, listed once. ``passages`` are its occurrences."""

    text: str
    occurrences: int
    passage: Passage


@dataclass(frozen=True, eq=False)
class Structure:
    """What segment makes of a document."""

    parts: tuple[Part, ...]
    boilerplate: tuple[Boilerplate, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(part.section for part in self.parts if part.section)

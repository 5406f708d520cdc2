"""What paper is filled with: lines in a few styles, passages of them, tables, and parts that begin a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Style = Literal["title", "heading", "row", "strong", "normal", "soft", "small", "quote", "warning", "accent"]
Edge = Literal["", "plain", "dashed"]


@dataclass(frozen=True)
class Line:
    """Text that wraps where its room ends; ``tint`` names the determination whose colour it takes, ``icon`` a drawing
    before it, ``depth`` how far it is indented."""

    text: str
    style: Style = "normal"
    tint: str = ""
    icon: str = ""
    depth: int = 0


Lines: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True)
class Square:
    """One field of a table; its ``edge`` says that what stands in it is derived, ``is_marked`` sets a bar at its
    left."""

    lines: Lines
    edge: Edge = ""
    is_marked: bool = False


Squares: TypeAlias = tuple[Square, ...]


@dataclass(frozen=True)
class Passage:
    """Lines below each other; ``is_head`` stays with what follows."""

    lines: Lines
    is_head: bool = False


@dataclass(frozen=True)
class Table:
    """``widths`` are shares of the page. ``rows`` are rows of fields, or the head of a group as one line; ``heads``
    are repeated on each page."""

    widths: tuple[float, ...]
    heads: Squares
    rows: tuple[Squares | Line, ...]


Block: TypeAlias = Passage | Table


@dataclass(frozen=True)
class Part:
    """Begins a page; ``called`` stands at the foot of its pages, ``columns`` is how many it is set in."""

    called: str
    blocks: tuple[Block, ...]
    columns: int = 1

"""Reads a web page: its visible text, printed in lines. Nothing is fetched, nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from policyview.errors import FileError
from policyview.model import Loss
from policyview.read.decoding import decode
from policyview.read.formats import HTML
from policyview.read.numerals import label
from policyview.read.piece import Front, Piece
from policyview.read.printout import NEST, Printout

_UNSEEN = frozenset({
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio",
    "video", "select", "textarea", "datalist", "dialog", "map", "-comment", "-doctype",
})
_STRUCK = frozenset({"del", "s", "strike"})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", "section", "article", "dl"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*(?<!/)>")
_WRAPPER = re.compile(r"</?(?:div|span|font|section|article|center|blockquote)\b[^>]*>", re.IGNORECASE)
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
                   "p", "li", "td", "th", "tr", "dd", "dt", "option"})
"""Elements without an end tag, or whose end tag may be left out."""
_MOST_DEEP = 1_000
_MOST_BYTES = 64 << 20
_LAYOUT_CHARS = 2_000  # a cell with more text holds page layout, not a table's value


def read_parts(path: Path, name: str) -> Iterator[Front | Piece]:
    """The front, then the printed text."""
    text, encoding, losses = _decoded(path, name)
    tree = LexborHTMLParser(_flattened(text, name))
    title = tree.css_first("title")
    info = [("Encoding", encoding)]
    if title is not None and title.text(strip=True):
        info.insert(0, ("Title", " ".join(title.text().split())))
    page = _Page()
    pieces = list(page.printed(tree.root))
    if page.struck:
        losses += (Loss(None, f"What is struck out was left out, for it no longer counts: {page.struck} "
                             f"passage{'' if page.struck == 1 else 's'}."),)
    yield Front(HTML, info=tuple(info), losses=losses)
    yield from pieces


def _flattened(text: str, name: str) -> str:
    """The page with its nesting within what the parser bears: it takes 25 s for 100,000 nested elements."""
    if _depth(text) <= _MOST_DEEP:
        return text
    text = _WRAPPER.sub("<br>", text)
    if _depth(text) > _MOST_DEEP:
        raise FileError(f"{name} is nested too deeply for a web page. Print it to PDF in a browser and add that.")
    return text


def _depth(text: str) -> int:
    """How deep elements nest at most, going by their tags alone."""
    depth = deepest = 0
    for match in _TAG.finditer(text):
        if match.group(2).lower() in _VOID:
            continue
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _decoded(path: Path, name: str) -> tuple[str, str, tuple[Loss, ...]]:
    """UTF-8 where the bytes are that, whatever the page says of itself; else what it says; else the likeliest."""
    content = path.read_bytes()
    if len(content) > _MOST_BYTES:
        raise FileError(f"{name} is too large for a web page: it has {len(content) >> 20} MB, the limit is "
                        f"{_MOST_BYTES >> 20} MB. Save its text part alone.")
    said = _META_CHARSET.search(content[:4096])
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if said is not None:
            encoding = said.group(1).decode("ascii").lower()
            try:
                return content.decode(encoding), encoding, ()
            except (LookupError, UnicodeDecodeError):
                pass
    return decode(content, name)


@dataclass
class _State:
    """What holds for the text at a place: inherited from element to element."""

    column: int = 0
    heading: int = 0
    bold: bool = False
    italic: bool = False
    is_pre: bool = False
    list_kind: str = ""
    list_next: list[int] = field(default_factory=list)  # one number, shared by the items of a list

    def inside(self, **changes: Any) -> _State:
        return _State(**{**self.__dict__, **changes})


class _Page:
    """Walks the tree with a stack of its own (100,000 nested elements were seen) and prints what is visible."""

    def __init__(self) -> None:
        self._out = Printout()
        self._words: list[str] = []
        self._styles: list[tuple[bool, bool]] = []
        self._at = _State()
        self._label = ""
        self.struck = 0

    def printed(self, root: Any) -> Iterator[Piece]:
        """The whole text in pieces."""
        stack: list[tuple[Any, _State, bool]] = [(root, _State(), False)] if root is not None else []
        while stack:
            node, state, is_leaving = stack.pop()
            if is_leaving:
                self._leave(node, state)
                yield from self._out.pieces()
                continue
            if node.next is not None:
                stack.append((node.next, state, False))
            inner = self._enter(node, state)
            if inner is None:
                continue
            stack.append((node, state, True))
            if node.child is not None:
                stack.append((node.child, inner, False))
        self._flush()
        yield from self._out.pieces(is_last=True)

    def _enter(self, node: Any, state: _State) -> _State | None:
        """Takes what stands at a node; the state of its children, None where they are not to be visited."""
        tag = node.tag
        if tag == "-text":
            self._say(node.text_content or "", state)
            return None
        if tag in _UNSEEN or _is_hidden(node):
            return None
        if tag in _STRUCK:
            self.struck += 1
            return None
        if tag == "br":
            self._words.append("\n")
            return None
        if tag in _BLOCKS:
            self._flush()
        if tag in _SPACED or (tag in ("ul", "ol") and not state.list_kind):
            self._out.blank()
        if tag == "tr" and not _is_layout(node):
            self._row(node, state)
            return None
        return self._state(tag, node, state)

    def _leave(self, node: Any, state: _State) -> None:
        if node.tag in _BLOCKS:
            self._flush()
            self._label = ""
        if node.tag in _SPACED or (node.tag in ("ul", "ol") and not state.list_kind):
            self._out.blank()

    def _state(self, tag: str, node: Any, state: _State) -> _State:
        if tag in _HEADINGS:
            return state.inside(heading=_HEADINGS[tag])
        if tag in ("b", "strong", "th"):
            return state.inside(bold=True)
        if tag in ("i", "em"):
            return state.inside(italic=True)
        if tag == "pre":
            return state.inside(is_pre=True)
        if tag in ("blockquote", "dd"):
            return state.inside(column=state.column + NEST)
        if tag in ("ul", "ol", "menu"):
            column = state.column + (NEST if state.list_kind else 0)
            kind = (node.attributes.get("type") or "1") if tag == "ol" else "•"
            return state.inside(column=column, list_kind=kind, list_next=[_number(node, "start", 1)])
        if tag == "li":
            self._label = self._item_label(node, state)
        return state

    def _item_label(self, node: Any, state: _State) -> str:
        if state.list_kind in ("", "•"):
            return "•"
        number = _number(node, "value", state.list_next[0])
        state.list_next[0] = number + 1
        return f"{label(number, state.list_kind)}."

    def _say(self, text: str, state: _State) -> None:
        if not state.is_pre:
            text = _BLANKS.sub(" ", text)
        if not text.strip() and not self._words:
            return
        self._at = state if not self._words or not self._styles else self._at
        self._words.append(text)
        if text.strip():
            self._styles.append((state.bold, state.italic))

    def _flush(self) -> None:
        """Prints the line that was gathered."""
        text = "".join(self._words)
        if not self._at.is_pre:
            text = re.sub(r" *\n *", "\n", re.sub(r" +", " ", text))
        if text.strip():
            bold = bool(self._styles) and all(bold for bold, _ in self._styles)
            italic = bool(self._styles) and all(italic for _, italic in self._styles)
            column = self._at.column
            if not self._label and self._at.list_kind:
                column += 2  # a later paragraph of an item stands under its words
            self._out.line(text, column, self._at.heading, bold, italic, self._label)
            self._label = ""
        self._words, self._styles = [], []

    def _row(self, row: Any, state: _State) -> None:
        cells, column, heads = [], 0, 0
        for cell in row.iter(include_text=False):
            if cell.tag not in ("td", "th") or _is_hidden(cell):
                continue
            inner = _Page()
            text = " ".join(piece.text for piece in inner.printed_inside(cell))
            self.struck += inner.struck
            cells.append((text, column))
            heads += cell.tag == "th"
            column += max(1, min(100, _number(cell, "colspan", 1)))
        if len(cells) == 1:
            self._out.line(" ".join(cells[0][0].split()), state.column, 0, heads == 1)
        else:
            self._out.row(cells, state.column, bold=bool(cells) and heads == len(cells))

    def printed_inside(self, node: Any) -> Iterator[Piece]:
        """The text of what is in ``node`` alone."""
        child = node.child
        if child is not None:
            yield from self.printed(child)


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))


def _is_layout(row: Any) -> bool:
    """Whether a row lays out a page: tables, headings or very long texts stand in its cells."""
    table = row.parent
    while table is not None and table.tag != "table":
        table = table.parent
    if table is not None and (table.attributes.get("role") or "") in ("presentation", "none"):
        return True
    if row.css_first("table, h1, h2, h3, h4, h5, h6") is not None:
        return True
    return any(len(cell.text(deep=True)) > _LAYOUT_CHARS and cell.css_first("p, li, div") is not None
               for cell in row.iter(include_text=False))


def _number(node: Any, attribute: str, otherwise: int) -> int:
    value = node.attributes.get(attribute) or ""
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else otherwise

"""The words of a Word paragraph: insertions in, deletions and hidden text out, and both counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from policyview.model import Loss
from policyview.read.docx_styles import Styles
from policyview.read.pdf_front import plain

_LEFT_OUT = (qn("w:del"), qn("w:moveFrom"))
_ADDED = (qn("w:ins"), qn("w:moveTo"))
_SKIPPED = (qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), qn("w:delText"))
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass
class Tally:
    """What a document's review marks did to the text."""

    deletions: int = 0
    insertions: int = 0
    hidden: int = 0
    comments: int = 0

    def losses(self) -> tuple[Loss, ...]:
        """A sentence for each kind that was met."""
        said = (
            (self.deletions, "What is marked as deleted was left out", "passage"),
            (self.insertions, "What is marked as inserted, but not yet accepted, was read as text", "passage"),
            (self.hidden, "Hidden text was left out", "passage"),
            (self.comments, "Comments were left out", "comment"),
        )
        return tuple(
            Loss(None, f"{what}: {count} {of}{'' if count == 1 else 's'}.") for count, what, of in said if count
        )


@dataclass
class Printed:
    """A paragraph's text, and whether all of its words are bold or italic; ``boxes`` are paragraphs of text boxes."""

    text: str
    is_bold: bool
    is_italic: bool
    boxes: list[Any] = field(default_factory=list)


def paragraph_text(paragraph: Any, styles: Styles, tally: Tally) -> Printed:
    """What a paragraph prints."""
    words: list[str] = []
    looks: list[tuple[bool, bool]] = []
    boxes: list[Any] = []
    for run in _iter_runs(paragraph, tally, boxes):
        if styles.is_hidden(run):
            tally.hidden += 1
            continue
        text = plain("".join(_iter_text(run)))
        words.append(text)
        if text.strip():
            looks.append(styles.looks(run, paragraph))
    is_bold = bool(looks) and all(bold for bold, _ in looks)
    return Printed("".join(words), is_bold, bool(looks) and all(slanted for _, slanted in looks), boxes)


def _iter_runs(paragraph: Any, tally: Tally, boxes: list[Any]) -> Iterator[Any]:
    """The runs in order, those in links, fields and insertions too."""
    stack = list(reversed(paragraph))
    while stack:
        child = stack.pop()
        if child.tag in _LEFT_OUT:
            tally.deletions += 1
        elif child.tag == qn("w:commentReference"):
            tally.comments += 1
        elif child.tag == qn("w:r"):
            tally.comments += len(child.findall(qn("w:commentReference")))
            yield child
            boxes.extend(box for box in child.iter(qn("w:txbxContent")) for box in box.findall(qn("w:p"))
                         if not any(above.tag == _FALLBACK for above in box.iterancestors()))
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            tally.insertions += child.tag in _ADDED
            stack.extend(reversed(child))


def _iter_text(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:br") and child.get(qn("w:type")) in ("page", "column"):
            yield "\n"
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == qn("w:sym"):
            yield _symbol(child.get(qn("w:char")) or "")


def _symbol(code: str) -> str:
    """A glyph of a symbol font: there is no telling which, but a tick or box that is not there would be worse."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= value <= 0xF0FF else chr(value) if 0x20 <= value < 0xD800 else ""

"""Structures of small invented documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from policyview import lexicon, read
from policyview.model import Block, Document, Structure
from policyview.segment import segment

LEXICON = lexicon.load()
TOP, LEADING, LEFT, BLANK = 72.0, 13.0, 72.0, 6.0  # points: of a printed page, from line to line, of a column
SET = {"!": "Helvetica-Bold", "/": "Helvetica-Oblique"}
Draw = Callable[[Canvas], None]


def structure_of(tmp_path: Path, text: str, suffix: str = ".txt") -> Structure:
    path = tmp_path / f"invented{suffix}"
    path.write_text(text, encoding="utf-8")
    return segment(read.document(path), LEXICON)


def outline(blocks: tuple[Block, ...]) -> list[object]:
    """Labels and first words, children nested: what a list test compares."""
    out: list[object] = []
    for block in blocks:
        name = f"{block.label} {block.passage.text}".strip()
        out.append([name, outline(block.children)] if block.children else name)
    return out


def all_blocks(structure: Structure) -> Iterator[Block]:
    for part in structure.parts:
        yield from part.iter_blocks()


def words_of(document: Document, block: Block) -> str:
    """The block's words read back from the canonical text through its offsets."""
    return "".join(document.text[o] for o in block.passage.offsets)


def print_pdf(path: Path, *pages: str, draws: Sequence[Draw] = ()) -> Path:
    """A PDF that prints texts as they stand, indentation and wide gaps too. A line that begins with "!" is set bold,
    with "/" slanted, with "_" underlined, with "+" in large type; ``draws`` draw more, one a page."""
    canvas = Canvas(str(path), pagesize=(612, 792))
    for number, page in enumerate(pages):
        for row, line in enumerate(page.split("\n")):
            _print_line(canvas, 792 - TOP - LEADING * row, line[:1], line[1:] if line[:1] in {*SET, *"_+"} else line)
        for draw in draws[number : number + 1]:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def _print_line(canvas: Canvas, y: float, how: str, line: str) -> None:
    font, size = SET.get(how, "Helvetica"), 15 if how == "+" else 10
    canvas.setFont(font, size)
    for part in re.finditer(r"\S+(?: \S+)*", line):
        x = LEFT + BLANK * part.start()
        canvas.drawString(x, y, part.group())
        if how == "_":
            canvas.rect(x, y - 2, canvas.stringWidth(part.group(), font, size), 0.6, stroke=0, fill=1)


def ruled(columns: Sequence[float], rows: Sequence[float]) -> Draw:
    """Draws the rules of a table left of those columns and above those rows of the printed text."""
    def draw(canvas: Canvas) -> None:
        canvas.grid([LEFT + BLANK * column - 3 for column in columns], [792 - TOP - LEADING * row + 10 for row in rows])

    return draw


def printed(tmp_path: Path, *pages: str, draws: Sequence[Draw] = ()) -> Structure:
    """The structure of such a PDF."""
    return segment(read.document(print_pdf(tmp_path / "invented.pdf", *pages, draws=draws)), LEXICON)


def told(structure: Structure) -> list[object]:
    """Headings and the outline of the blocks under each; rows are lists of their cells."""
    out: list[object] = []
    for part in structure.parts:
        if part.section:
            out.append(f"# {part.section.heading}")
        out += [[cell.text for cell in b.cells] if b.kind == "row" else outline((b,))[0] for b in part.blocks]
    return out

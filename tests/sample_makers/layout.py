"""Sets a policy as a PDF: furniture on every page, nested lists, tables that run over pages, two columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from tests.sample_makers.boxfont import OPEN, TICKED, boxfont

WIDTH, HEIGHT = float(letter[0]), float(letter[1])  # points
STEP = 17.0  # points that one list level stands to the right of the one above it
LIST_TOP = 4.0
Furniture = Callable[[Any, int, int], None]  # draws on a canvas: page number, number of pages
Flow = list[Any]  # reportlab's flowables
Rows = Sequence[Sequence[str]]  # of cells


@dataclass(frozen=True)
class Look:
    """A payer's house style. ``bar`` sets level-1 headings white on a bar of the accent colour."""

    body: str = "Vera"
    bold: str = "Vera-Bold"
    italic: str = "Vera-Italic"
    size: float = 9.0
    accent: str = "#1f3a5f"
    bar: bool = False
    left: float = 60.0
    top: float = 80.0
    bottom: float = 90.0
    outline: bool = False

    @property
    def width(self) -> float:
        """Points between the margins."""
        return WIDTH - 2 * self.left

    def style(self, name: str = "body", **changes: Any) -> ParagraphStyle:
        plain = {"fontName": self.body, "fontSize": self.size, "leading": self.size * 1.28, "spaceAfter": 5}
        return ParagraphStyle(name, **{**plain, **changes})


def register_fonts() -> None:
    """Makes reportlab's own Vera and the boxes known, with Vera's bold and italic for <b> and <i>."""
    if "Boxes" in pdfmetrics.getRegisteredFontNames():
        return
    for name, file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf"), ("Vera-Italic", "VeraIt.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))
    pdfmetrics.registerFont(TTFont("Boxes", BytesIO(boxfont())))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="Vera-Bold", italic="Vera-Italic", boldItalic="Vera-Bold")


def marked(text: str) -> str:
    """Signs that a base font lacks are set in a font that has them, as word processors do."""
    for sign, font in (("\u2265", "Vera"), ("\u2264", "Vera"), (OPEN, "Boxes"), (TICKED, "Boxes")):
        text = text.replace(sign, f'<font name="{font}">{sign}</font>')
    return text


def paragraph(look: Look, text: str, **changes: Any) -> Any:
    return Paragraph(marked(text), look.style(**changes))


def heading(look: Look, text: str, level: int = 1, *, keep: bool = True) -> Any:
    """A heading. ``keep`` holds it on the page of what follows, all of it if it fits: not wanted over a long table."""
    size = look.size + (3.5, 1.5, 0.0)[level - 1]
    style = {"fontName": look.bold, "fontSize": size, "leading": size * 1.3, "spaceBefore": 9, "spaceAfter": 4}
    if look.bar and level == 1:
        style |= {"backColor": HexColor(look.accent), "textColor": HexColor("#ffffff"), "borderPadding": 2}
    elif level < 3:
        style |= {"textColor": HexColor(look.accent)}
    return Paragraph(marked(text), look.style(f"heading{level}", keepWithNext=keep, **style))


def title(look: Look, text: str) -> Any:
    return paragraph(look, text, fontName=look.bold, fontSize=16, leading=21, spaceAfter=8)


def item(look: Look, label: str, text: str, *, depth: int = 0) -> Any:
    """A list item with its label as printed, a step further right for each level."""
    at = LIST_TOP + depth * STEP
    style = look.style(
        leftIndent=at + STEP, bulletIndent=at, bulletFontName=look.body, bulletFontSize=look.size, spaceAfter=2.5
    )
    return Paragraph(marked(text), style, bulletText=label)


def table(look: Look, rows: Rows, widths: Sequence[float], *, head: int = 1, grid: bool = True) -> Any:
    """A table whose head rows are printed again on each page that it runs over. ``widths`` are shares of the line."""
    small = look.style(fontSize=look.size - 1, leading=(look.size - 1) * 1.25, spaceAfter=0)
    strong = look.style(fontName=look.bold, fontSize=look.size - 1, leading=(look.size - 1) * 1.25, spaceAfter=0)
    cells = [[Paragraph(marked(cell), strong if at < head else small) for cell in row] for at, row in enumerate(rows)]
    made = Table(cells, colWidths=[look.width * share for share in widths], repeatRows=head)
    made.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5)])
    made.setStyle([("TOPPADDING", (0, 0), (-1, -1), 2)])
    if grid:
        made.setStyle([("GRID", (0, 0), (-1, -1), 0.4, HexColor("#8a8a8a"))])
    if grid and head:
        made.setStyle([("BACKGROUND", (0, 0), (-1, head - 1), HexColor("#e9edf2"))])
    return made


def gap(points: float = 6.0) -> Any:
    return Spacer(1, points)


def next_page(layout: str) -> Flow:
    """A new page in the layout ``single`` or ``double`` (two columns)."""
    return [NextPageTemplate(layout), PageBreak()]


def _pages(look: Look, draw: Callable[[Any, Any], None]) -> list[Any]:
    height = HEIGHT - look.top - look.bottom
    half = (look.width - 20) / 2
    single = [Frame(look.left, look.bottom, look.width, height, 0, 0, 0, 0)]
    double = [Frame(look.left + shift, look.bottom, half, height, 0, 0, 0, 0) for shift in (0, half + 20)]
    return [PageTemplate("single", single, onPage=draw), PageTemplate("double", double, onPage=draw)]


def _set(look: Look, story: Flow, furniture: Furniture, title: str, author: str, pages: int) -> tuple[bytes, int]:
    made = BytesIO()
    document = BaseDocTemplate(made, pagesize=letter, title=title, author=author, invariant=1)
    document.addPageTemplates(_pages(look, lambda canvas, doc: furniture(canvas, doc.page, pages)))

    def bookmark(flowable: Any) -> None:
        level = getattr(getattr(flowable, "style", None), "name", "")
        if look.outline and level in {"heading1", "heading2"}:
            key = f"at{document.canv.getPageNumber()}-{flowable.getPlainText()}"
            document.canv.bookmarkPage(key)
            document.canv.addOutlineEntry(flowable.getPlainText(), key, int(level[-1]) - 1)

    setattr(document, "afterFlowable", bookmark)  # noqa: B010 - reportlab asks for a subclass, mypy forbids one
    document.build(story)
    return made.getvalue(), document.page


def build(look: Look, story: Callable[[], Flow], furniture: Furniture, *, title: str, author: str) -> bytes:
    """The PDF of a story; set twice, since "Page 2 of 5" wants the number of pages. The same bytes each time."""
    register_fonts()
    _, pages = _set(look, story(), furniture, title, author, 0)
    return _set(look, story(), furniture, title, author, pages)[0]


def legal(canvas: Any, look: Look, text: str, y: float, size: float = 6.5) -> None:
    """A paragraph of small print, drawn from ``y`` points above the page's lower edge downwards."""
    small = Paragraph(marked(text), look.style(fontSize=size, leading=size * 1.2))
    _, height = small.wrap(look.width, 200)
    small.drawOn(canvas, look.left, y - height)

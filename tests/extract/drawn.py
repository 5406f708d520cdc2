"""Small PDFs with a table drawn by lines, whose cells hold lines of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from policyview import read
from policyview.extract import extract
from policyview.model import Indication
from policyview.segment import segment
from tests.extract.reading import LEXICON

WIDTH, LINE = 230, 14


def indications_of_table(path: Path, heading: str, rows: Sequence[Sequence[Sequence[str]]]) -> list[Indication]:
    """What is read from a policy that has a heading and a table of cells below it."""
    canvas, y = Canvas(str(path / "drawn.pdf"), invariant=1), 740
    for font, size, text in (("Helvetica-Bold", 16, "Medical Policy: Warmol"), ("Helvetica-Bold", 14, heading)):
        canvas.setFont(font, size)
        canvas.drawString(72, y, text)
        y -= 2 * LINE
    canvas.setFont("Helvetica", 10)
    for row in rows:
        height = LINE * max(map(len, row)) + 8
        for column, cell in enumerate(row):
            canvas.rect(72 + column * WIDTH, y - height, WIDTH, height)
            for number, line in enumerate(cell, 1):
                canvas.drawString(78 + column * WIDTH, y - LINE * number, line)
        y -= height
    canvas.save()
    document = read.document(path / "drawn.pdf")
    return list(extract(document, segment(document, LEXICON), LEXICON).indications)

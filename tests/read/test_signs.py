"""A comparator drawn by underlining is read as the page shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from policyview import lexicon, read
from policyview.extract import extract
from policyview.segment import segment
from tests.read.made import make_pdf

Y = 792 - 100


def underlined(path: Path, words: str, sign: str, reach: tuple[float, float] = (0, 0), drop: float = 1.2) -> Path:
    """A page with ``words``; under the first ``sign`` of them a line that reaches beyond it at both ends."""
    def draw(canvas: Canvas) -> None:
        left = 72 + canvas.stringWidth(words[:words.index(sign)], "Helvetica", 11)
        right = left + canvas.stringWidth(sign, "Helvetica", 11)
        canvas.rect(left - reach[0], Y - drop, right - left + sum(reach), 0.6, stroke=0, fill=1)

    return make_pdf(path, [[(72, 80, "Policy"), (72, 100, words)]], change=draw)


@pytest.mark.parametrize(("sign", "shown"), [(">", "≥"), ("<", "≤")])
def test_an_underlined_comparator(tmp_path: Path, sign: str, shown: str) -> None:
    words = f"Wing trimming is medically necessary when the member is {sign} 12 years of age."
    document = read.document(underlined(tmp_path / "a.pdf", words, sign))
    at = document.text.index(sign)
    assert document.signs == ((at, shown),)
    assert f"draws {shown} by underlining in 1 place" in document.losses[0].reason
    structure = segment(document, lexicon.load())
    facts = extract(document, structure, lexicon.load())
    threshold, = facts.thresholds
    assert (threshold.comparator, threshold.value) == ({"≥": ">=", "≤": "<="}[shown], 12)
    assert shown in facts.indications[0].text
    anchor = facts.indications[0].anchor
    assert sign in anchor.quote == document.text[anchor.start:anchor.end]


OTHER_LINES = [((60, 0), 1.2), ((0, 60), 1.2), ((200, 200), 3), ((0, 0), 9), ((0, 0), -4)]


@pytest.mark.parametrize(("reach", "drop"), OTHER_LINES,
                         ids=["words before", "words after", "table rule", "far below", "through it"])
def test_other_lines_change_nothing(tmp_path: Path, reach: tuple[float, float], drop: float) -> None:
    document = read.document(underlined(tmp_path / "a.pdf", "Members > 12 years of age", ">", reach, drop))
    assert document.signs == () == document.losses


def test_a_plain_sign_is_left(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [[(72, 100, "Members > 12 years")]]))
    assert document.signs == () == document.losses

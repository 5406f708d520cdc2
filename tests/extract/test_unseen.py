"""What only stands in unseen words is kept, and is to be checked."""

from __future__ import annotations

from pathlib import Path

from policyview import pipeline, read
from tests.read.made import FONT, make_raw_pdf, stream


def test_a_statement_that_the_page_does_not_show_is_doubted(tmp_path: Path) -> None:
    text = (b"BT /F 11 Tf 50 722 Td (Wing trimming is considered investigational.) Tj 0 -40 Td "
            b"3 Tr (Tail trimming is considered medically necessary.) Tj ET")
    document = read.document(make_raw_pdf(tmp_path / "a.pdf", [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(text), FONT,
    ]))
    shown, unseen = pipeline.facts_of(document).indications
    assert "Wing" in shown.text
    assert "Tail" in unseen.text
    assert (shown.doubt, unseen.doubt) == (None, "its words are not visible on the page")
    assert unseen.confidence < 0.6

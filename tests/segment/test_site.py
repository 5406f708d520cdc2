"""What a web page prints around its text is furniture: it is no title, no section and no statement."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from policyview import read
from policyview.extract import extract
from policyview.segment import segment
from tests.extract.reading import LEXICON, facts_of
from tests.segment.made import all_blocks, structure_of

HTML = """<html><body><a>Skip to main content</a><nav><ul><li>Home</li><li>Nurses</li><li>Policies</li></ul></nav>
<div>We use cookies. Sleep is not covered by this website.</div><div>Home &gt; Policies &gt; Toe Warming</div>
<h2>Site navigation</h2><ul><li>Arm Warming</li><li>Ear Warming is not covered</li></ul>
<div><b>Toe Warming</b></div><p>Print this page</p><p>This procedure is not covered.</p><h2>Policy</h2>
<p>Toe warming is considered medically necessary for any of the following:</p><ul><li>Gout</li><li>Asthma</li></ul>
<p>Was this page helpful? Yes No</p><p>Contact us</p></body></html>"""
TEXT = """Skip to main content
Oak Health Plan
Menu
Search
Providers
Log in
Toe Warming
Share
Print this page
This procedure is not covered.
Policy
Toe warming is considered medically necessary for any of the following:
- Gout
- Asthma
Back to top
Privacy policy
Copyright 2025 Oak Health Plan"""


@pytest.mark.parametrize(("text", "suffix"), [(HTML, ".html"), (TEXT, ".txt")], ids=["page", "its text"])
def test_a_saved_web_page_states_only_what_its_text_states(tmp_path: Path, text: str, suffix: str) -> None:
    _, facts = facts_of(tmp_path, text, suffix)
    assert [use.text for use in facts.indications] == ["Gout", "Asthma"]
    assert facts.catch_all == ()
    assert facts.policy.title == "Toe Warming"


def test_words_of_a_site_count_only_beside_its_other_lines(tmp_path: Path) -> None:
    text = "Places\n\nThe lamp is used in these places:\n\n- Home\n- Search\n- Contact us\n\nShare\n\nthe lamp"
    structure = structure_of(tmp_path, text)
    assert structure.boilerplate == ()
    assert sum(block.passage.text in ("Home", "Search", "Contact us") for block in all_blocks(structure)) == 3


def test_a_column_of_links_beside_the_text_of_a_print_breaks_no_list(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "print.pdf"), invariant=1)
    canvas.setFont("Helvetica", 9)
    text = ["Toe warming is medically necessary when all of the following are met:", "1. The toes are white",
            "2. Snow lies on all the roads that lead to the next village or town", "3. Tea has failed",
            "4. The stove is cold", "5. Wool was worn for a month"]
    menu = ["Find a nurse » (/nurses)", "Order tea » (/tea/or-", "der-now)", "Toe news", "Quilts » (/quilts)",
            "Toe Warming Criteria"]
    for row, (line, link) in enumerate(zip(text, menu, strict=True)):
        canvas.drawString(50, 700 - 24 * row, line)
        canvas.drawString(440, 689 - 24 * row, link)
    canvas.save()
    document = read.document(tmp_path / "print.pdf")
    use, = extract(document, segment(document, LEXICON), LEXICON).indications
    assert [criterion.text for criterion in use.criteria] == [line[3:] for line in text[1:]]


def test_a_column_of_a_table_beside_the_text_is_no_menu(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "table.pdf"), invariant=1)
    canvas.setFont("Helvetica", 9)
    rows = [("Test", "Unit"), ("Warmth of the toes, of both feet", "N/A"), ("Sugar in the tea", "mg/dL"),
            ("Socks", "and/or"), ("Snow on the road", "km/h"), ("The law of wool", "https://wool.example/law")]
    for row, (left, right) in enumerate(rows):
        canvas.drawString(50, 700 - 24 * row, left)
        canvas.drawString(440, 689 - 24 * row, right)
    canvas.save()
    document = read.document(tmp_path / "table.pdf")
    assert segment(document, LEXICON).boilerplate == ()

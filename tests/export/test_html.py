"""The report: one file that loads nothing, escapes everything, and says of each cell what it is."""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from policyview import __version__, lexicon, versions
from policyview.collection import Collection
from policyview.export.comparison import Comparison, Maker
from policyview.export.html import comparison_html
from policyview.export.shown import PRINT_COLUMNS
from policyview.model import Column, Criterion, Matrix, Row, Silent
from policyview.succession import Step
from tests.export import made
from tests.versions.made import POLICY, reading_of

HOSTILE = '<script>alert(1)</script><img src="http://evil.example/x" onerror=x>"\'&amp;{{ 7 * 7 }}\x00\x1b\ud800\u202e'


def first(node: Node | HTMLParser, selector: str) -> Node:
    found = node.css_first(selector)
    assert found is not None, selector
    return found


def text(node: Node | HTMLParser, selector: str) -> str:
    return " ".join(first(node, selector).text().split())


def body(page: HTMLParser) -> str:
    return first(page, "body").text()


@pytest.fixture(scope="module")
def page() -> HTMLParser:
    return HTMLParser(comparison_html(made.comparison()))


def cells(page: HTMLParser, row: int) -> list[Node]:
    return page.css(f"#grid-1-{row} > td")


def test_every_row_has_one_state_for_each_shown_column(page: HTMLParser) -> None:
    heads = [text(head, ".payer") for head in page.css("table.grid thead th:not(.label)")]
    assert heads == ["Larkspur Health Plan", "Brookfield Mutual", "Atlas of Limb Care"]
    states = [[cell.attributes["data-state"] for cell in cells(page, row)] for row in (1, 2, 3, 4)]
    assert states == [
        ["stated", "broader", "stated"],
        ["catch_all", "stated", "silent"],
        ["silent", "stated", "silent"],
        ["stated", "stated", "silent"],
    ]


def test_stated_cell_shows_word_icon_quote_place_and_criteria(page: HTMLParser) -> None:
    cell = cells(page, 1)[0]
    assert text(cell, "summary .position") == "Medically necessary"
    assert first(cell, "summary use").attributes["href"] == "#icon-check"
    assert text(cell, "summary .meta") == "3 criteria · match 93 %"
    assert text(cell, "blockquote p").startswith("A heated sleeve is medically necessary for winter")
    assert text(cell, "cite") == "Position · page 1"
    assert [" ".join(each.text().split()) for each in cell.css(".logic")] == [
        "all of these", "any of these", "limits", "notes",
    ]  # fmt: skip
    assert "step therapy" in text(cell, ".criteria li")
    assert cell.css(".criteria .criteria li")[1].text().strip().startswith("b. A rheumatologist")
    assert "same condition" in text(cell, ".why")


def test_derived_and_silent_cells_say_so(page: HTMLParser) -> None:
    broader, catch_all, silent = cells(page, 1)[1], cells(page, 2)[0], cells(page, 3)[0]
    assert text(broader, ".derived") == "broader statement"
    assert first(broader, "use").attributes["href"] == "#icon-check-outline"
    assert text(catch_all, ".derived") == "catch-all"
    assert text(catch_all, "blockquote p") == "Any other use of a limb warming sleeve is investigational."
    assert text(catch_all, "cite") == "page 2"
    assert text(silent, ".position") == "not addressed"
    evidence = text(silent, ".evidence")
    assert "Searched: Coverage" in evidence
    assert "Winter limb stiffness in adults" in evidence
    assert "31 %" in evidence


def test_payers_own_word_and_doubt_stand_in_the_cell(page: HTMLParser) -> None:
    assert text(cells(page, 2)[1], "summary q.stated") == "We cover"
    assert text(cells(page, 4)[0], "summary .doubt") == "to check"
    assert cells(page, 1)[0].css_first("summary q.stated") is None  # the same word is not said twice


def test_agreement_is_a_word(page: HTMLParser) -> None:
    assert text(page, "#grid-1-2 .agreement") == "opposed"
    assert text(page, "#grid-1-4 .agreement") == "words differ"


def test_cover_tells_what_was_compared_and_what_not(page: HTMLParser) -> None:
    cover = text(page, ".cover")
    for told in ("2026-03-01", "plans/locked.pdf", "protected by a password", "plans/notes.bin", "Scan",
                 "older version, not in force on 2026-03-01 and so not shown", "commercial, OR",
                 "reviewed 2024-11, effective date not printed"):  # fmt: skip
        assert told in cover
    for reading in made.comparison().collection.readings:
        assert reading.document.sha256 in cover


def test_cover_tells_who_made_it_when_and_with_what() -> None:
    maker = Maker("Ada <Lovelace>", datetime.date(2026, 3, 2), "0123456789abcdef")
    page = HTMLParser(comparison_html(replace(made.comparison(), maker=maker)))
    told = {text(line, "dt"): text(line, "dd") for line in page.css(".about div")}
    assert told == {
        "Topic": "limb warming", "Payers": "Brookfield Mutual, Harrow Community Care, Larkspur Health Plan",
        "Other voices": "Atlas of Limb Care", "As of": "2026-03-01: the versions in force on that day are shown",
        "Made": "by Ada <Lovelace>, 2026-03-02", "Program": f"policyview {__version__}, edition 0123456789ab",
        "Documents": "4 documents read, 1 could not be read, 1 skipped",
        "Read with losses": "1 document: larkspur mp-100.pdf (1)",
    }  # fmt: skip
    assert "Made" not in text(HTMLParser(comparison_html(made.comparison())), ".about")  # a pack is the same for all


def test_changes_between_versions_stand_in_the_report(tmp_path: Path) -> None:
    new = POLICY.replace("18 years", "21 &lt;years")
    old, newer = reading_of(tmp_path, POLICY, "old.md"), reading_of(tmp_path, new, "new.md")
    steps = (Step(old, newer, versions.compare(old, newer, lexicon.load())), Step(newer, old, None, "old.md is gone."))
    page = HTMLParser(comparison_html(replace(made.comparison(), steps=steps)))
    one, other = page.css(".steps .changes")
    assert text(one, ".redline") == "1. The logger is 18 21 &lt;years old or older; and"
    assert (text(one, "del"), text(one, "ins")) == ("18", "21 &lt;")
    assert text(other, ".verdict") == "old.md is gone."
    assert "1 change bears on coverage" in text(page, ".about")


def test_row_of_a_hidden_version_is_hidden_and_counted() -> None:
    comparison = made.comparison()
    (matrix,) = comparison.matrices
    harrow = matrix.columns[2].file
    others = tuple(Silent(column.file, (), None, "") for column in matrix.columns if column.file != harrow)
    lonely = Row("r9", "Only later", matrix.rows[0].agreement, (replace(matrix.rows[0].cells[1], file=harrow),),
                 silent=others)  # fmt: skip
    told = replace(comparison, matrices=(replace(matrix, rows=(lonely, *matrix.rows)),))
    page = HTMLParser(comparison_html(told))
    assert "Only later" not in body(page)
    assert "1 row not shown" in text(page, ".counts")
    assert page.css_first("#grid-1-1") is None  # a row has the number that it has in the other formats
    assert text(page, "#grid-1-2 .label").startswith("2 Winter limb stiffness")


def test_hostile_text_is_escaped_everywhere() -> None:
    html = comparison_html(made.comparison(HOSTILE))
    page = HTMLParser(html)
    assert not page.css("script, img, iframe, object, embed, link, base, form")
    assert not [node for node in page.css("*") for name in node.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in body(page)
    assert "{{ 7 * 7 }}" in body(page)
    assert not re.search("[\x00\x1b\ud800-\udfff\u202e]", html)
    html.encode("utf-8")


def test_nothing_is_loaded_from_anywhere() -> None:
    html = comparison_html(made.comparison(" https://evil.example/a"))
    page = HTMLParser(html)
    links = [node.attributes[name] or "" for name in ("href", "src", "xlink:href", "action", "data", "poster")
             for node in page.css(f"[{name.replace(':', chr(92) + ':')}]")]  # fmt: skip
    assert links
    assert all(link.startswith("#") for link in links)
    style = first(page, "style").text()
    assert not re.search(r"url\(|@import|expression", style)
    policy = first(page, "meta[http-equiv]").attributes["content"] or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not page.css("[style]")


def test_links_within_the_page_lead_somewhere(page: HTMLParser) -> None:
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {(node.attributes["href"] or "")[1:] for node in page.css("[href]")} <= set(ids)


def test_print_repeats_the_words_behind_each_cell(page: HTMLParser) -> None:
    behind = page.css(".appendix .behind")[0]
    assert text(behind, "h4").startswith("1 Winter limb stiffness")
    assert len(behind.css("article")) == 3
    assert "Skin temperature" in behind.text()
    assert text(page.css(".appendix .behind")[1], ".quiet") == (
        "Not addressed by Atlas of Limb Care (nearest: Limb stiffness, 31 %)"
    )


def test_many_columns_are_printed_in_parts() -> None:
    comparison = made.comparison()
    (matrix,) = comparison.matrices
    more = tuple(replace(matrix.columns[1], file=f"plan{number}.txt") for number in range(2 * PRINT_COLUMNS))
    page = HTMLParser(comparison_html(replace(comparison, matrices=(replace(matrix, columns=more),))))
    assert page.css_first("table.grid") is None  # none of these speaks, so there is no row
    kept: tuple[Column, ...] = (*matrix.columns, *more)
    page = HTMLParser(comparison_html(replace(comparison, matrices=(replace(matrix, columns=kept),))))
    parts = page.css(".paper > table")
    assert [len(part.css("thead th")) - 1 for part in parts] == [6, 6, 5]
    assert len(page.css("table.grid thead th")) == 18


def test_nothing_to_compare() -> None:
    empty = Comparison(Collection(), (), datetime.date(2026, 1, 1))
    assert "No document could be compared" in body(HTMLParser(comparison_html(empty)))
    bare = replace(empty, matrices=(Matrix("nothing"),))
    assert "No version is in force" in body(HTMLParser(comparison_html(bare)))


def test_deep_criteria_end_in_words_not_in_a_stack_overflow() -> None:
    comparison = made.comparison()
    reading = comparison.collection.readings[0]
    stiff = reading.facts.indications[0]
    deep = Criterion("c", "innermost", stiff.anchor)
    for number in range(150):
        deep = Criterion(f"c{number}", f"level {number}", stiff.anchor, logic="any", children=(deep,))
    facts = replace(reading.facts, indications=(replace(stiff, criteria=(deep,)), *reading.facts.indications[1:]))
    readings = (replace(reading, facts=facts), *comparison.collection.readings[1:])
    told = replace(comparison, collection=replace(comparison.collection, readings=readings))
    assert "innermost" in comparison_html(told)


def test_same_comparison_gives_the_same_page() -> None:
    assert comparison_html(made.comparison()) == comparison_html(made.comparison())

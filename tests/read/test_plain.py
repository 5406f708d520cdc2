"""Plain text and Markdown: the canonical text is the file's, the lines say what the layout says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyview import read
from policyview.errors import FileError
from policyview.model import Document
from policyview.read.formats import MARKDOWN, PLAIN
from policyview.read.plain import lines_of


def read_text(folder: Path, text: str, name: str = "a.txt") -> Document:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return read.document(path)


def cells(document: Document) -> list[list[str]]:
    return [[document.text[a:b] for a, b, _ in line.cells] for line in document.lines]


def test_the_text_is_kept_as_it_is(tmp_path: Path) -> None:
    text = "Wings\r\n\r\n  are\tcovered.  \nTails\rnot.\n"
    document = read_text(tmp_path, text)
    assert document.text == text
    assert document.pages == ()
    assert [document.text[line.start:line.end].strip() for line in document.lines] == [
        "Wings", "are\tcovered.", "Tails", "not."]


def test_indentation_is_x(tmp_path: Path) -> None:
    document = read_text(tmp_path, "Wings\n    four\n\ttab\n  \ttwo and tab\n")
    assert [line.x for line in document.lines] == [0, 20, 20, 20]


def test_empty_lines_are_seen_in_y(tmp_path: Path) -> None:
    document = read_text(tmp_path, "Wings\n\nTails\n")
    first, second = document.lines
    assert second.y - first.y == 24


def test_blanks_part_cells_where_neighbours_keep_the_columns(tmp_path: Path) -> None:
    text = "  Frozen toes      Covered\n  Gout             Not covered\n\nA title          alone\n"
    document = read_text(tmp_path, text)
    assert [[document.text[a:b] for a, b, _ in line.cells] for line in document.lines] == [
        ["Frozen toes", "Covered"], ["Gout", "Not covered"], [],
    ]


def test_tabs_part_cells(tmp_path: Path) -> None:
    document = read_text(tmp_path, "W1234\tWing trimming\tcovered\n\tindented only\nW12\t Tail \n")
    assert cells(document) == [["W1234", "Wing trimming", "covered"], [], ["W12", "Tail"]]
    assert [x for _, _, x in document.lines[0].cells][1] == [x for _, _, x in document.lines[2].cells][1]


def test_form_feeds_make_pages(tmp_path: Path) -> None:
    document = read_text(tmp_path, "Wings\n\fTails\n\fBeaks\n\f")
    assert document.pages == (0, 7, 14)
    assert [line.page for line in document.lines] == [1, 2, 3]
    assert document.text.endswith("Beaks\n\f")


def test_a_closing_form_feed_alone_makes_none(tmp_path: Path) -> None:
    assert read_text(tmp_path, "Wings\n\f").pages == ()


def test_a_form_feed_within_a_line_makes_no_page(tmp_path: Path) -> None:
    document = read_text(tmp_path, "Wings\fare\ncovered\n")
    assert document.pages == ()
    assert len(document.lines) == 3


def test_a_long_text_comes_in_pieces_and_whole(tmp_path: Path) -> None:
    text = "".join(f"Wing {k} is covered.\r\n" for k in range(5_000))
    document = read_text(tmp_path, text)
    assert document.text == text
    assert len(document.lines) == 5_000
    last = document.lines[-1]
    assert document.text[last.start:last.end] == "Wing 4999 is covered."


def test_a_huge_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyview.read.plain._MOST_BYTES", 10)
    with pytest.raises(FileError, match=r"^a\.txt is too large for a text"):
        read_text(tmp_path, "Wings are covered.")


def test_white_space_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="has no text"):
        read_text(tmp_path, " \n\n ")


@given(st.text(alphabet="ab |#*-=\t\r\n\f\x0b\u2028>1.", max_size=60), st.sampled_from([PLAIN, MARKDOWN]))
def test_lines_lie_in_order_within_the_text(text: str, media_type: str) -> None:
    at = 0
    for line in lines_of(text, media_type):
        assert at <= line.start < line.end <= len(text)
        assert text[line.start:line.end].strip()
        for start, end, _ in line.cells:
            assert line.start <= start <= end <= line.end
            assert text[start:end] == text[start:end].strip()
        at = line.end


# --------------------------------------------------------------------------- Markdown


def test_headings(tmp_path: Path) -> None:
    text = "# Wings\n\nBent\n====\nText\n\nTails\n-----\n### Beaks ###\n#no heading\n- item\n---\n```\n# code\n```\n"
    document = read_text(tmp_path, text, "a.md")
    assert document.text == text
    assert {document.text[line.start:line.end]: line.heading for line in document.lines if line.heading} == {
        "# Wings": 1, "Bent": 1, "Tails": 2, "### Beaks ###": 3}


def test_pipe_tables(tmp_path: Path) -> None:
    text = "| Code | Wing |\n|---|:--:|\n| W1 |  |\n|a \\| b|c|\nx | y | z\nbut a|b is prose\n"
    document = read_text(tmp_path, text, "a.md")
    assert cells(document) == [["Code", "Wing"], [], ["W1", ""], ["a \\| b", "c"], ["x", "y", "z"], []]
    assert document.lines[2].cells[1][2] == document.lines[0].cells[1][2]


def test_bold_lines(tmp_path: Path) -> None:
    document = read_text(tmp_path, "**All of it**\n**Part** of it\n__All__:\n**One** and **two**\n", "a.md")
    assert [line.bold for line in document.lines] == [True, False, True, False]

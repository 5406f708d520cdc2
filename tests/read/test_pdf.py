"""Text, lines and front matter of PDFs, on small real ones."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pypdf.constants import PageLabelStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from policyview import read
from policyview.errors import FileError
from policyview.model import Document, Line
from tests.read.made import FONT, make_pdf, make_raw_pdf, make_tagged_pdf, prose, stream


def printed(document: Document, line: Line) -> str:
    return document.text[line.start:line.end].strip()


def find(document: Document, words: str) -> Line:
    return next(line for line in document.lines if words in document.text[line.start:line.end])


def test_offsets_are_pdfium_indexes(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1), prose(2), prose(3)])
    document = read.document(path)
    assert len(document.pages) == 3
    with pypdfium2.PdfDocument(path) as pdf:
        for number, start in enumerate(document.pages, 1):
            text_page = pdf[number - 1].get_textpage()
            end = document.pages[number] - 1 if number < 3 else len(document.text)
            assert end - start == text_page.count_chars()
            at = document.text.index("line 2", start)
            assert text_page.get_text_range(at - start, 6) == "line 2"
            text_page.close()
    assert document.text[document.pages[1] - 1] == "\n"


def test_page_at_every_line(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [prose(1), [], prose(3)]))
    assert [line.page for line in document.lines] == [1, 1, 1, 3, 3, 3]
    for line in document.lines:
        assert document.page_at(line.start) == line.page == document.page_at(line.end)


def test_line_end_hyphen_is_told_by_touching_lines(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [[
        (72, 90, "Wing trimming is covered for members at high-"), (72, 104, "risk of drifting, and for"),
        (72, 118, "all others."),
    ]]))
    first, second, third = document.lines
    assert printed(document, first).endswith("high-")
    assert first.end == second.start
    assert second.end < third.start
    assert "\ufffe" not in document.text


def test_places_and_type(tmp_path: Path) -> None:
    def bold(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(90.5, 792 - 60, "Wing Criteria")
        canvas.setFont("Helvetica-Oblique", 9)
        canvas.drawString(72, 792 - 700, "Slanted remark of the plan")
        half = canvas.beginText(72, 792 - 720)
        half.setFont("Helvetica-Bold", 11)
        half.textOut("Bold start ")
        half.setFont("Helvetica", 11)
        half.textOut("and plain end")
        canvas.drawText(half)

    document = read.document(make_pdf(tmp_path / "a.pdf", [prose(1)], change=bold))
    heading = find(document, "Wing Criteria")
    assert (heading.x, heading.y, heading.size, heading.bold) == (90.5, 60, 14, True)
    text = find(document, "line 1")
    assert (text.x, text.y, text.size, text.bold, text.italic) == (72, 90, 11, False, False)
    width = pdfmetrics.stringWidth(printed(document, text), "Helvetica", 11)
    assert text.right == pytest.approx(72 + width, abs=1)
    assert find(document, "Slanted").italic
    assert not find(document, "Bold start").bold


def test_scaled_type_has_its_drawn_size(tmp_path: Path) -> None:
    path = make_raw_pdf(tmp_path / "a.pdf", [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 1 Tf 12 0 0 12 72 700 Tm (Wings are covered) Tj ET"), FONT,
    ])
    assert read.document(path).lines[0].size == 12


@pytest.mark.parametrize(("rotation", "place"), [(0, (30, 60)), (90, (712, 30)), (180, (552, 712)), (270, (60, 552))])
def test_places_on_turned_and_cropped_pages(tmp_path: Path, rotation: int, place: tuple[float, float]) -> None:
    """The crop box takes 20 points off the left and the top, 10 off the right and the bottom."""
    path = make_raw_pdf(tmp_path / "a.pdf", [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/CropBox[20 10 602 782]/Rotate %d/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>" % rotation,
        stream(b"BT /F 11 Tf 50 722 Td (Wings are covered) Tj ET"), FONT,
    ])
    line = read.document(path).lines[0]
    assert (line.x, line.y) == pytest.approx(place, abs=0.02)


# --------------------------------------------------------------------------- cells


def test_wide_gaps_part_cells(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [[
        (72, 90, "Code"), (160, 90, "Description"), (400, 90, "Group"),
        (72, 104, "W1234"), (160, 104, "Wing trimming, left"), (400, 104, "covered"),
        (160, 118, "or right"),
    ]]))
    head, row, rest = document.lines
    assert [document.text[a:b] for a, b, _ in head.cells] == ["Code", "Description", "Group"]
    assert [x for _, _, x in row.cells] == pytest.approx([72, 160, 400], abs=0.8)
    assert [document.text[a:b] for a, b, _ in row.cells] == ["W1234", "Wing trimming, left", "covered"]
    assert rest.cells == ()
    assert rest.x == pytest.approx(160, abs=0.05)


def test_a_label_and_its_words_are_no_cells(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [[
        (72, 90, "1."), (108, 90, "Wings are bent."), (72, 104, "A)"), (108, 104, "Tails are bent."),
        (72, 118, "(iv)"), (108, 118, "Beaks are bent."), (72, 132, "\u2022"), (108, 132, "Claws are bent."),
    ]]))
    assert [line.cells for line in document.lines] == [()] * 4


def test_justified_lines_are_no_rows(tmp_path: Path) -> None:
    words = ["Wings", "that", "bend", "are", "covered", "where", "they", "hurt"]
    lines = [(72 + 58.0 * k, 90.0 + 14 * row, word) for row in range(3) for k, word in enumerate(words)]
    document = read.document(make_pdf(tmp_path / "a.pdf", [lines]))
    assert [line.cells for line in document.lines] == [()] * 3


def test_a_narrow_gap_before_a_column_parts_cells(tmp_path: Path) -> None:
    """The first column's words nearly reach the second; other lines begin there."""
    document = read.document(make_pdf(tmp_path / "a.pdf", [[
        (72, 90, "Bent left wing tip"), (166, 90, "covered when all of these hold"), (166, 104, "pain at rest"),
        (166, 118, "pain in flight"), (166, 132, "no other wing"),
    ]]))
    assert [document.text[a:b] for a, b, _ in document.lines[0].cells] == [
        "Bent left wing tip", "covered when all of these hold"]


def test_a_row_of_short_cells_is_parted_at_the_columns_of_its_page(tmp_path: Path) -> None:
    """Most of its gaps are wide, so that none is wider than the usual one."""
    rows = [(x, 90.0 + 14 * k, f"E{k}{n}00") for k in range(3) for n, x in enumerate((72, 160, 250, 340, 430))]
    columns = [(float(x), 200.0 + 14 * k, "words") for x in (160, 250, 340, 430) for k in range(3)]
    document = read.document(make_pdf(tmp_path / "a.pdf", [[*rows, *columns]]))
    assert [len(line.cells) for line in document.lines][:3] == [5, 5, 5]


# --------------------------------------------------------------------------- headings that the file declares


def test_tagged_headings(tmp_path: Path) -> None:
    document = read.document(make_tagged_pdf(tmp_path / "a.pdf"))
    assert [(printed(document, line), line.heading) for line in document.lines] == [
        ("Wing criteria", 2), ("Wings are covered.", 0)]


def test_outline_titles_are_headings_on_their_page(tmp_path: Path) -> None:
    words = [(72.0, 90.0, "II.  Wing Criteria"), (72.0, 104.0, "Wings bend."),
             (72.0, 130.0, "A very long title that runs"), (72.0, 144.0, "over two lines"),
             (72.0, 158.0, "Wing Criteria are old.")]
    path = make_pdf(tmp_path / "plain.pdf", [[(72, 90, "Wing criteria")], words])
    writer = pypdf.PdfWriter(clone_from=path)
    parent = writer.add_outline_item(title="II. Wing criteria", page_number=1)
    writer.add_outline_item(title="A very long title that runs over two lines", page_number=1, parent=parent)
    writer.add_outline_item(title="Not there", page_number=1)
    writer.write(tmp_path / "a.pdf")
    document = read.document(tmp_path / "a.pdf")
    assert [(entry.title, entry.level, entry.page) for entry in document.outline] == [
        ("II. Wing criteria", 1, 2), ("A very long title that runs over two lines", 2, 2), ("Not there", 1, 2)]
    assert [line.heading for line in document.lines] == [0, 1, 0, 2, 2, 0]


# --------------------------------------------------------------------------- the front


def test_information_and_page_labels(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=make_pdf(tmp_path / "plain.pdf", [prose(1), prose(2), prose(3)]))
    writer.add_metadata({"/Title": "Wing Policy", "/CreationDate": "D:20261399999999", "/ModDate": "never"})
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(2, 2, style=PageLabelStyle.DECIMAL)
    writer.write(tmp_path / "a.pdf")
    document = read.document(tmp_path / "a.pdf")
    info = dict(document.info)
    assert info["Title"] == "Wing Policy"
    assert info["ModDate"] == "never"
    assert document.page_labels == ("i", "ii", "1")
    assert document.losses == ()


def test_owner_password_is_no_obstacle_and_recorded(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=make_pdf(tmp_path / "plain.pdf", [prose(1)]))
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write(tmp_path / "a.pdf")
    document = read.document(tmp_path / "a.pdf")
    assert "wing trimming" in document.text
    assert "Protection" in dict(document.info)


def test_user_password_is_refused_with_what_helps(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=make_pdf(tmp_path / "plain.pdf", [prose(1)]))
    writer.encrypt("secret", "owner", algorithm="AES-256")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(FileError, match=r"^locked\.pdf is protected with a password"):
        read.document(tmp_path / "a.pdf", "locked.pdf")


def test_a_missing_tail_is_read_and_stated(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1), prose(2)])
    path.write_bytes(path.read_bytes()[:-20])
    document = read.document(path)
    assert "Page 2 says" in document.text
    assert any("its text was recovered" in loss.reason for loss in document.losses)


def test_what_pdfium_refuses_is_mended_where_pypdf_can(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1), prose(2)])
    path.write_bytes(path.read_bytes().replace(b"/Root", b"/Rout"))
    document = read.document(path)
    assert "Page 2 says" in document.text
    assert any("that could be saved: 2" in loss.reason for loss in document.losses)


def test_a_broken_outline_costs_only_the_outline(tmp_path: Path) -> None:
    path = make_raw_pdf(tmp_path / "a.pdf", [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 11 Tf 50 722 Td (Wings are covered) Tj ET"), FONT,
        b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>", b"<</Title(Round)/Parent 6 0 R/Next 7 0 R>>",
    ])
    assert "Wings are covered" in read.document(path).text


# --------------------------------------------------------------------------- what cannot be read


def picture(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (60, 60), "grey")), 72, 200, 300, 300)


def test_a_scanned_page_is_a_loss(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [[], prose(2)], change=picture))
    assert [(loss.page, "no text layer" in loss.reason) for loss in document.losses] == [(1, True)]


def test_a_blank_page_is_none(tmp_path: Path) -> None:
    assert read.document(make_pdf(tmp_path / "a.pdf", [prose(1), []])).losses == ()


@pytest.mark.parametrize("unseen", [b"3 Tr", b"0 Tr /F 0.2 Tf", b"0 Tr 0 900 Td", b"0 Tr -400 0 Td", b"1 g"])
def test_text_that_is_not_visible_is_kept_and_stated(tmp_path: Path, unseen: bytes) -> None:
    text = b"BT /F 11 Tf 50 722 Td (Wings are covered) Tj 0 -20 Td %s (Wings are not) Tj ET" % unseen
    path = make_raw_pdf(tmp_path / "a.pdf", [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(text), FONT,
    ])
    document = read.document(path)
    assert "Wings are not" in document.text
    (loss,) = document.losses
    assert loss.reason.startswith("Page 1 holds 1 line of text that is not visible on it")


def test_white_words_on_a_dark_bar_are_visible(tmp_path: Path) -> None:
    def bar(canvas: Canvas) -> None:
        canvas.rect(60, 600, 400, 20, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(72, 606, "Wings are covered")

    assert read.document(make_pdf(tmp_path / "a.pdf", [prose(1)], change=bar)).losses == ()


def test_recognized_text_behind_a_picture_is_said_to_be_that(tmp_path: Path) -> None:
    def scan(canvas: Canvas) -> None:
        picture(canvas)
        behind = canvas.beginText(72, 600)
        behind.setTextRenderMode(3)
        behind.textLine("Wings are covered")
        canvas.drawText(behind)

    document = read.document(make_pdf(tmp_path / "a.pdf", [[]], change=scan))
    assert "Wings are covered" in document.text
    assert [loss.reason.startswith("Page 1 is a picture with recognized text") for loss in document.losses] == [True]


def test_a_page_whose_content_is_garbage_is_a_loss(tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    path = make_raw_pdf(tmp_path / "a.pdf", [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 6 0 R 8 0 R]/Count 3>>", page % 4,
        stream(b"BT /F 11 Tf 50 722 Td (Wings are covered) Tj ET"), FONT, page % 7,
        stream(bytes(range(1, 250)), b"/Filter/FlateDecode"), page % 9, stream(b"q 1 0 0 1 0 0 cm Q"),
    ])
    (loss,) = read.document(path).losses
    assert loss.page == 2
    assert "damaged" in loss.reason


def test_a_scan_is_kept_to_be_looked_at(tmp_path: Path) -> None:
    document = read.document(make_pdf(tmp_path / "a.pdf", [[]], change=picture), "fax.pdf")
    (loss,) = document.losses
    assert loss.reason == ("Page 1 is scanned: no text layer; the page image is shown. "
                           "Run text recognition (OCR) elsewhere and add the result.")


def test_a_page_that_shows_nothing_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^blank\.pdf has no text that could be read"):
        read.document(make_pdf(tmp_path / "a.pdf", [[]]), "blank.pdf")


def test_half_surrogates_and_nuls_become_replacement_characters(tmp_path: Path) -> None:
    cmap = (b"/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange <00><ff> endcodespacerange "
            b"3 beginbfchar <41><d800> <42><0057> <43><d83ddc26> endbfchar endcmap end")
    path = make_raw_pdf(tmp_path / "a.pdf", [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 11 Tf 50 722 Td (ABCB) Tj 0 -20 Td (BBB) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", stream(cmap),
    ])
    document = read.document(path)
    document.text.encode("utf-8")
    assert "\x00" not in document.text
    last = document.lines[-1]
    with pypdfium2.PdfDocument(path) as pdf:
        text_page = pdf[0].get_textpage()
        assert text_page.count_chars() == len(document.text)
        text_page.close()
    assert printed(document, last) == "WWW"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n", "is damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is a PNG picture"),
        (b"PK\x03\x04" + bytes(100), "is a ZIP archive"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "Office file"),
    ],
)
def test_what_is_no_pdf_is_refused_by_name(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(FileError, match=f"^wing.pdf .*{sentence}|^wing.pdf {sentence}"):
        read.document(path, "wing.pdf")

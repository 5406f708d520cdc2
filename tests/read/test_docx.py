"""Word documents: in order, with labels as Word prints them, without what is deleted or hidden."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from policyview import read
from policyview.errors import FileError
from policyview.model import Document


def saved(folder: Path, written: Any) -> Document:
    written.save(str(folder / "a.docx"))
    return read.document(folder / "a.docx")


def words(document: Document) -> list[str]:
    return [document.text[line.start:line.end] for line in document.lines]


def test_order_headings_and_type(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_heading("Wing policy", 0)
    written.add_heading("Bent wings", 2)
    written.add_paragraph().add_run("All bold").bold = True
    written.add_table(1, 2).cell(0, 0).text = "cell"
    paragraph = written.add_paragraph("Part ")
    paragraph.add_run("slanted").italic = True
    written.sections[0].header.paragraphs[0].text = "Gull Health Plan"
    written.sections[0].footer.paragraphs[0].text = "For members in flight"
    document = saved(tmp_path, written)
    assert words(document) == ["Gull Health Plan", "Wing policy", "Bent wings", "All bold", "cell\t", "Part slanted",
                               "For members in flight"]
    assert [line.heading for line in document.lines] == [0, 1, 2, 0, 0, 0, 0]
    assert document.lines[3].bold
    assert not document.lines[5].italic
    assert document.pages == ()


def test_lists_are_numbered_as_word_numbers_them(tmp_path: Path) -> None:
    written = docx.Document()
    for text in ("one", "two", "dot", "three"):
        written.add_paragraph(text, style="List Bullet 2" if text == "dot" else "List Number")
    document = saved(tmp_path, written)
    assert [line.strip() for line in words(document)] == ["1. one", "2. two", "• dot", "3. three"]
    assert document.lines[2].x > document.lines[0].x


def test_nested_numbering(tmp_path: Path) -> None:
    written = docx.Document()
    numbering = written.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for k, (kind, text) in enumerate([("upperRoman", "%1."), ("upperLetter", "%2)"), ("decimal", "%1.%2.%3")]))
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (("a", 0), ("b", 1), ("c", 2), ("d", 2), ("e", 1), ("f", 0), ("g", 1)):
        properties = written.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="78"/></w:numPr>'))
    assert [line.strip() for line in words(saved(tmp_path, written))] == [
        "I. a", "A) b", "I.A.1 c", "I.A.2 d", "B) e", "II. f", "A) g"]


def test_tables_keep_their_columns(tmp_path: Path) -> None:
    written = docx.Document()
    table = written.add_table(3, 3)
    for k, text in enumerate(("Code", "Wing", "Rule")):
        table.cell(0, k).text = text
    table.cell(1, 0).merge(table.cell(1, 1)).text = "W1 and W2"
    table.cell(1, 2).text = "not\ncovered"
    table.cell(2, 2).text = "last"
    document = saved(tmp_path, written)
    rows = [[document.text[a:b] for a, b, _ in line.cells] for line in document.lines]
    assert rows == [["Code", "Wing", "Rule"], ["W1 and W2", "not covered"], ["", "", "last"]]
    assert document.lines[1].cells[1][2] == document.lines[2].cells[2][2]


def test_review_marks(tmp_path: Path) -> None:
    written = docx.Document()
    paragraph = written.add_paragraph("Wings are ")._p
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    gone = "<w:r><w:delText>never </w:delText></w:r>"
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='a'>{gone}</w:del>"))
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')} w:id='2' w:author='a'>{run.format('always ')}</w:ins>"))
    paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:rPr><w:vanish/></w:rPr><w:t>secretly</w:t></w:r>"))
    paragraph.append(parse_xml(f"<w:hyperlink {nsdecls('w')}>{run.format('covered')}</w:hyperlink>"))
    document = saved(tmp_path, written)
    assert words(document) == ["Wings are always covered"]
    assert len(document.losses) == 3
    assert any("marked as deleted was left out: 1 passage." in loss.reason for loss in document.losses)


def test_content_controls_are_read(tmp_path: Path) -> None:
    written = docx.Document()
    body = written.element.body
    body.insert(0, parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Controlled wing</w:t></w:r></w:p></w:sdtContent></w:sdt>"))
    assert words(saved(tmp_path, written)) == ["Controlled wing"]


def test_tabbed_paragraphs_are_rows(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph("W1\tWing trimming\tcovered")
    (line,) = saved(tmp_path, written).lines
    assert len(line.cells) == 3


def test_indentation_is_x(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph("flush")
    written.add_paragraph("in").paragraph_format.left_indent = Pt(36)
    first, second = saved(tmp_path, written).lines
    assert (first.x, second.x) == (0, 35)


def _rewritten(folder: Path, member: str, change: bytes) -> Path:
    written = docx.Document()
    written.add_paragraph("Wings")
    written.save(str(folder / "plain.docx"))
    with zipfile.ZipFile(folder / "plain.docx") as source, zipfile.ZipFile(folder / "a.docx", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change + content if name == member else content)
    return folder / "a.docx"


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = _rewritten(tmp_path, "word/document.xml", b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    with pytest.raises(FileError, match="declares a document type"):
        read.document(path)


def test_a_damaged_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^a\.docx is damaged"):
        read.document(_rewritten(tmp_path, "word/document.xml", b"<<"))


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyview.read.docx._MOST_XML", 100)
    with pytest.raises(FileError, match="absurd size"):
        read.document(_rewritten(tmp_path, "", b""))


def test_a_circle_of_styles_ends(tmp_path: Path) -> None:
    written = docx.Document()
    style = written.styles.add_style("Wing", WD_STYLE_TYPE.PARAGRAPH)
    based = parse_xml(f"<w:basedOn {nsdecls('w')}/>")
    based.set(qn("w:val"), style.style_id)
    style.element.append(based)
    written.add_paragraph("Wings", style=style)
    assert words(saved(tmp_path, written)) == ["Wings"]

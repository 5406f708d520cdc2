"""What the window shows, handed out: files of each format, an audit pack that holds, and nothing half written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from policyview import pipeline
from policyview.export.pack.verify import verify
from policyview.gui.main_window import MainWindow
from policyview.gui.paper import page_layout
from policyview.settings import Settings
from tests.gui.test_depth import LARCH, SPRUCE

PATIENCE_MS = 60_000


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, text in (("larch.md", LARCH), ("spruce.md", SPRUCE), ("torn.pdf", "%PDF-1.4 torn")):
        (docs / name).write_text(text, encoding="utf-8")
    assert window.menus.exports.why_not == "There is nothing to hand out yet"
    window.open_paths([docs])
    qtbot.waitUntil(lambda: not window.session.is_busy and not window.session.is_empty, timeout=PATIENCE_MS)
    standing = window.matrix.standing
    assert standing is not None
    subject = window.session.amended.subject(standing.column.sha256, standing.indications[0])
    window.session.review("correct", subject, sets=(("determination", "not_covered"),))
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=PATIENCE_MS)
    return window


def _written(window: MainWindow, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: not window.menus.exports.is_busy, timeout=PATIENCE_MS)
    return window.statusBar().currentMessage()


def test_files_of_each_format_hold_what_was_corrected(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened.menus.exports.export.trigger()
    (dialog,) = opened.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "out.xlsx"))
    dialog.reject()
    assert "Written: " in _written(opened, qtbot)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    said = " ".join(str(cell.value) for row in book["Cells"] for cell in row)
    assert "corrected by a reviewer" in said
    assert "Reviews" in book.sheetnames
    corrected = "corrected by a reviewer"
    for ending, word in (("html", corrected), ("csv", corrected), ("json", "corrected")):
        opened.menus.exports.write(tmp_path / f"out.{ending}")
        _written(opened, qtbot)
        text = (tmp_path / f"out.{ending}").read_text("utf-8")
        assert word in text
        assert "torn.pdf" in text or ending == "csv"


def test_the_pack_holds_and_its_digest_is_told(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "audit.zip"
    opened.menus.exports.write_pack(target)
    told = _written(opened, qtbot)
    digest = QGuiApplication.clipboard().text()
    assert len(digest) == 64
    assert digest in told
    verdict = pipeline.run(verify(target, Settings(workers=1), digest))
    assert verdict.faults == []


def test_nothing_half_written(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    opened.menus.exports.write(tmp_path / "nowhere" / "out.csv")
    assert "does not exist" in _written(opened, qtbot)
    target = tmp_path / "kept.html"
    target.write_text("as it was", encoding="utf-8")
    opened.menus.exports.write(target)
    assert opened.status.under_way.text().startswith("Writing the report")
    QTest.keyClick(opened, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert "Writing the report is under way" in opened.statusBar().currentMessage()
    opened.status.cancel.click()
    assert "Not written" in _written(opened, qtbot)
    assert target.read_text("utf-8") == "as it was"
    QTest.keyClick(opened, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = opened.findChildren(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("-audit.zip")  # a name is there already
    dialog.reject()


def test_pdf_and_print_hold_what_is_shown(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    exports, target = opened.menus.exports, tmp_path / "out.pdf"
    opened.matrix.tables.set_current(1, 1)
    opened.matrix.filter.setText("tendons")
    QTest.keyClick(opened, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = opened.findChildren(QFileDialog)
    assert "Sand" in dialog.selectedFiles()[0]  # a name is there already
    dialog.filterSelected.emit("PDF, Letter (*.pdf)")
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    assert "filter “tendons”" in _written(opened, qtbot)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(page_layout("A4"))
    exports.print.trigger()
    qtbot.waitUntil(lambda: bool(opened.findChildren(QPrintDialog)))
    opened.findChildren(QPrintDialog)[0].reject()
    exports.printing.print(exports._comparison(is_all=False), printer)
    assert exports.doing == "Printing"
    qtbot.waitUntil(lambda: not exports.is_busy, timeout=PATIENCE_MS)
    for name, width in (("out.pdf", 792), ("printed.pdf", 842)):
        with (tmp_path / name).open("rb") as file:
            reader = PdfReader(file)
            assert round(float(reader.pages[0].mediabox.width)) == width
            text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        assert "filter “tendons”" in text
        assert "Stretching exercises for 12 weeks have failed" in text
        assert "torn.pdf" in text

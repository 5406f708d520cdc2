"""Qt's own test of models, and what the matrix model shows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.modeltest import ModelTester

from policyview.gui.cell_model import CellModel
from policyview.gui.cell_outline import outline
from policyview.gui.library_model import LibraryModel, Shelves
from policyview.gui.matrix_model import MatrixModel
from policyview.model import Failure
from tests.gui.made import collection, made_board


def _library() -> LibraryModel:
    model = LibraryModel()
    readings = {reading.file: reading for reading in collection().readings}
    failures = [Failure("in/locked.pdf", "locked.pdf is protected with a password.")]
    model.show(Shelves().of((made_board(),), readings, failures, ["in/late.pdf"], ["in/notes.xyz"]))
    return model


def _matrix() -> MatrixModel:
    model = MatrixModel()
    model.show_board(made_board())
    return model


def test_qt_finds_no_fault_in_the_models(qtmodeltester: ModelTester) -> None:
    cell = CellModel()
    cell.show(outline(made_board().standing(0, 0)))
    models: list[QAbstractItemModel] = [_matrix(), _library(), cell, MatrixModel(), LibraryModel(), CellModel()]
    for model in models:
        qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]


def test_qt_finds_no_fault_while_the_matrix_changes(qtmodeltester: ModelTester) -> None:
    model = _matrix()
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    for text, differ in (("cough", False), ("", True), ("nothing holds this", False), ("", False)):
        model.set_filter(text, differ)
    model.set_all_versions(True)
    board = made_board()
    model.show_said({(0, 0): replace(board.faces[0][0], signs=("mark-note",)), (2, 1): board.faces[2][1]})
    model.show_said({})
    model.show_board(None)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]


def test_policies_not_in_force_are_shown_when_asked_for() -> None:
    model = _matrix()
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(1, model.columnCount())] == [
        "Northfield Health & Life <b>Plan</b>",
        "Eastbrook Mutual",
        "Southgate Community Care",
        "Handbook of airway care",
    ]
    model.set_all_versions(True)
    assert model.columnCount() == 6


def test_group_heads_stand_above_their_rows_and_cannot_be_chosen() -> None:
    model = _matrix()
    assert [model.label(n) for n in model.group_lines()] == ["Knotted airway syndrome", "Other uses"]
    assert model.flags(model.index(0, 1)) == Qt.ItemFlag.NoItemFlags
    assert model.label(1) == "Adults with knotted airway syndrome"


def test_the_filter_finds_words_of_label_and_cells_in_any_order() -> None:
    model = _matrix()
    model.set_filter("OCCASIONAL not", False)
    assert [model.label(n) for n in range(model.rowCount())] == ["Other uses", "Occasional cough"]
    model.set_filter("", True)
    assert [model.label(n) for n in range(model.rowCount()) if model.matrix_row(n) is not None] == [
        "Adults with knotted airway syndrome", "Occasional cough",
    ]  # fmt: skip


def test_the_library_shows_topics_payers_documents_and_the_state_of_each() -> None:
    model = _library()
    tops = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert tops == ["pulsed mist therapy", "Reading (1)", "Not read (1)", "Skipped: not a type that is read (1)"]
    payer = model.index(0, 0, model.index(0, 0))
    document = model.index(0, 0, payer)
    assert payer.data() == "Northfield Health & Life <b>Plan</b>"
    assert document.data() == "NF-210 · 2025-04-01"
    assert "read with stated loss" in document.data(Qt.ItemDataRole.AccessibleTextRole)
    failed = model.index(0, 0, model.index(2, 0))
    assert "protected with a password" in failed.data(Qt.ItemDataRole.ToolTipRole)


def test_tooltips_escape_what_the_documents_say() -> None:
    matrix, library = _matrix(), _library()
    tips = [matrix.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole),
            library.index(0, 0, library.index(0, 0)).data(Qt.ItemDataRole.ToolTipRole)]  # fmt: skip
    for tip in tips:
        assert "&lt;b&gt;Plan&lt;/b&gt;" in tip
        assert "<b>" not in tip

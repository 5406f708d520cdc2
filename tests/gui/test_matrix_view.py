"""Walking the matrix as a person does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter
from pytestqt.qtbot import QtBot

from policyview.gui import theme
from policyview.gui.broken import lines_of
from policyview.gui.main_window import MainWindow
from policyview.model import Agreement

Key = Qt.Key


def _row_and_payer(window: MainWindow) -> tuple[str, str | None]:
    standing = window.matrix.standing
    assert standing is not None
    return standing.row.id, standing.column.policy.payer


def test_the_first_cell_is_the_first_difference_and_its_source_is_lit(filled: MainWindow) -> None:
    assert _row_and_payer(filled) == ("r1", "Northfield Health & Life <b>Plan</b>")
    lit = [selection.cursor.selectedText() for selection in filled.source.text.extraSelections()]
    assert lit == ["adults with knotted airway syndrome", "medically necessary"]


@pytest.mark.parametrize(
    ("keys", "row", "payer"),
    [([Key.Key_Right], "r1", "Eastbrook Mutual"), ([Key.Key_Down, Key.Key_Right], "r2", "Eastbrook Mutual"),
     ([Key.Key_Down, Key.Key_Down], "r3", "Northfield Health & Life <b>Plan</b>"),
     ([Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Up, Key.Key_Up], "r1", "Northfield Health & Life <b>Plan</b>"),
     ([Key.Key_End], "r1", None), ([Key.Key_F8], "r3", "Northfield Health & Life <b>Plan</b>")],
)  # fmt: skip
def test_keys_move_through_cells_and_all_panes_follow(
    filled: MainWindow, qtbot: QtBot, keys: list[Key], row: str, payer: str | None
) -> None:
    for key in keys:
        QTest.keyClick(filled.matrix.tables.cells, key)
    assert _row_and_payer(filled) == (row, payer)
    standing = filled.matrix.standing
    assert standing is not None
    assert filled.source.target == standing.target()
    assert filled.cell.title.text().startswith(standing.row.label)


def test_f8_and_shift_f8_walk_the_differences_and_stop_at_the_ends(filled: MainWindow, qtbot: QtBot) -> None:
    cells = filled.matrix.tables.cells
    QTest.keyClick(cells, Key.Key_F8)
    told = filled.statusBar().currentMessage()  # why it stopped, and who says what
    assert told == ("Words differ: Not medically necessary: Eastbrook Mutual; Investigational 2 · "
                    "row 2 of 2 on which payers differ")  # fmt: skip
    QTest.keyClick(cells, Key.Key_F8)
    assert _row_and_payer(filled)[0] == "r3"
    assert "no further row" in filled.statusBar().currentMessage()
    QTest.keyClick(cells, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert _row_and_payer(filled)[0] == "r1"
    assert filled.matrix.board is not None
    opposed = [row.id for row in filled.matrix.board.matrix.rows if row.agreement_shown is Agreement.OPPOSED]
    QTest.keyClick(cells, Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert _row_and_payer(filled)[0] in opposed
    assert "are opposed" in filled.statusBar().currentMessage()  # it is the only one, and current
    QTest.keyClick(cells, Key.Key_F8)
    QTest.keyClick(cells, Key.Key_F8, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    told = filled.statusBar().currentMessage()
    assert told == "Opposed: Investigational: Southgate Community Care; Medically necessary 2 · row 1 of 1 opposed"
    assert _row_and_payer(filled) == ("r1", "Southgate Community Care")  # who says otherwise is current
    filled.walking.go_to(filled.search)  # what was said of one view is not said of the next
    assert not filled.statusBar().currentMessage()


def test_labels_stand_beside_their_cells_after_the_filter_is_left(filled: MainWindow, qtbot: QtBot) -> None:
    filled.resize(1280, 520)
    filled.matrix.tables.show_cells("full")  # so that not all rows have room
    filled.matrix.tables.cells.setFocus()
    QTest.keyClick(filled, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(filled.matrix.filter, "cough")
    QTest.keyClick(filled.matrix.filter, Key.Key_Return)
    qtbot.wait(50)  # as long as she looks at it
    QTest.keyClick(filled, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(filled.matrix.filter, Key.Key_Escape)
    qtbot.wait(50)
    tables = filled.matrix.tables
    assert _row_and_payer(filled)[0] == "r3"
    assert tables.cells.rowAt(0) > 0  # the last row came into sight
    assert tables.labels.rowAt(0) == tables.cells.rowAt(0)


def test_enter_goes_into_the_source_and_escape_comes_back(filled: MainWindow, qtbot: QtBot) -> None:
    filled.matrix.tables.setFocus()
    QTest.keyClick(filled.matrix.tables.cells, Key.Key_Return)
    assert filled.source.text.hasFocus()
    QTest.keyClick(filled.source.text, Key.Key_Escape)
    assert filled.matrix.tables.cells.hasFocus()


def test_tab_leaves_the_matrix_and_reaches_every_pane(filled: MainWindow, qtbot: QtBot) -> None:
    filled.resize(1440, 800)  # so that the library stands there
    filled.matrix.tables.setFocus()
    seen = []
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused)
        QTest.keyClick(focused, Key.Key_Tab)
        if QApplication.focusWidget() is filled.matrix.tables.cells:
            break
    matrix, source = filled.matrix, filled.source
    wanted = [matrix.tables.cells, filled.cell.tree, source.text, filled.library.tree, matrix.topic, matrix.filter]
    assert [pane for pane in seen if pane in wanted] == wanted  # as they stand in the window, and round again
    assert QApplication.focusWidget() is filled.matrix.tables.cells


def test_a_press_on_a_label_makes_its_row_current_and_keeps_the_payer(filled: MainWindow, qtbot: QtBot) -> None:
    tables = filled.matrix.tables
    QTest.keyClick(tables.cells, Key.Key_Right)
    y = tables.labels.rowViewportPosition(4) + 10  # the fifth line: group, two rows, group, this row
    QTest.mouseClick(tables.labels.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, y))
    assert _row_and_payer(filled) == ("r3", "Eastbrook Mutual")
    assert tables.cells.hasFocus()


def test_labels_and_cells_stay_side_by_side(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    assert tables.labels.horizontalHeader().height() == tables.cells.horizontalHeader().height()
    for line in range(5):
        assert tables.labels.rowViewportPosition(line) == tables.cells.rowViewportPosition(line)
        assert tables.labels.rowHeight(line) == tables.cells.rowHeight(line)


def test_columns_are_never_cut_at_the_first_size(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    widths = [tables.cells.columnWidth(column) for column in range(1, 5)]
    room = tables.cells.viewport().width()
    assert sum(widths[:3]) <= room < sum(widths[:4])
    assert widths[0] >= tables.delegate.word_width("Not medically necessary")


def test_filter_and_toggle_keep_the_current_cell_and_say_when_nothing_is_left(filled: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClicks(filled.matrix.filter, "cough")
    assert _row_and_payer(filled)[0] == "r3"
    filled.matrix.filter.clear()
    assert _row_and_payer(filled)[0] == "r3"
    QTest.keyClicks(filled.matrix.filter, "cough zebra")
    assert filled.matrix.message.isVisible()
    assert "No row" in filled.matrix.message.text()
    filled.matrix.filter.clear()
    assert filled.views.tabs.tabText(1) == "Row"
    assert filled.views.tabs.tabRect(1).width() > 0  # it was away while no row was current, and is seen again
    heights = _heights(filled)
    QTest.mouseClick(filled.matrix.differ, Qt.MouseButton.LeftButton)
    assert filled.matrix.tables.isVisible()
    assert filled.matrix.tables._model.rowCount() < len(heights)
    QTest.mouseClick(filled.matrix.differ, Qt.MouseButton.LeftButton)
    assert _heights(filled) == heights
    QTest.keyClick(filled, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert filled.matrix.differ.isChecked()
    assert filled.menus.differ.isChecked()


def _heights(window: MainWindow) -> list[int]:
    """Of each line; those of groups are lower than rows."""
    tables = window.matrix.tables
    groups = set(tables._model.group_lines())
    heights = [tables.cells.rowHeight(line) for line in range(tables._model.rowCount())]
    assert {height for line, height in enumerate(heights) if line not in groups} == {tables.delegate.row_height}
    return heights


def test_new_results_do_not_move_the_current_cell(filled: MainWindow, qtbot: QtBot) -> None:
    from tests.gui.made import made_board

    for key in (Key.Key_Down, Key.Key_Right):
        QTest.keyClick(filled.matrix.tables.cells, key)
    before = _row_and_payer(filled)
    filled.session._comparing.boards = (made_board(),)
    filled.session.compared.emit(filled.session.boards)
    assert _row_and_payer(filled) == before == ("r2", "Eastbrook Mutual")


def test_copying_a_cell_gives_quote_and_citation(filled: MainWindow, qtbot: QtBot) -> None:
    filled.matrix.tables.setFocus()
    QTest.keyClick(filled.matrix.tables.cells, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QApplication.clipboard().text()
    assert "“adults with knotted airway syndrome”" in text
    assert "NF-210, effective 2025-04-01" in text


def test_escape_in_the_filter_clears_it_and_goes_back_to_the_matrix(filled: MainWindow) -> None:
    window = filled
    window.matrix.filter.setFocus()
    QTest.keyClicks(window.matrix.filter, "cough")
    QTest.keyClick(window.matrix.filter, Key.Key_Return)
    assert window.matrix.tables.cells.hasFocus()
    assert window.matrix.filter.text() == "cough"
    window.matrix.filter.setFocus()
    QTest.keyClick(window.matrix.filter, Key.Key_Escape)
    assert window.matrix.filter.text() == ""
    assert window.matrix.tables.cells.hasFocus()


def test_rows_keep_their_height_when_a_group_head_stood_there_before(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    heights = [tables.cells.rowHeight(line) for line in range(5)]
    filled.matrix.filter.setText("children")  # line 0 stays a group, line 3 is gone
    filled.matrix.filter.setText("occasional")
    filled.matrix.filter.clear()
    assert [tables.cells.rowHeight(line) for line in range(5)] == heights
    assert heights[1] == heights[2] == tables.delegate.row_height > heights[0]


def test_a_group_s_long_name_wraps_inside_the_label_column(filled: MainWindow, qtbot: QtBot) -> None:
    from dataclasses import replace

    board = filled.matrix.board
    assert board is not None
    tables, heights = filled.matrix.tables, []
    for group in ("Adults", "Adults of every age and weight"):
        rows = tuple(replace(row, group=group) for row in board.matrix.rows)
        filled.matrix.show_boards((replace(board, matrix=replace(board.matrix, rows=rows)),))
        heights.append(tables.labels.rowHeight(0))
    before = heights[0]
    assert tables.labels.rowHeight(0) == tables.cells.rowHeight(0) > before
    splitter = tables.labels.parentWidget()
    assert isinstance(splitter, QSplitter)
    splitter.setSizes([500, 500])
    qtbot.waitUntil(lambda: tables.labels.rowHeight(0) == tables.cells.rowHeight(0) == before)


def test_what_is_cut_ends_in_dots() -> None:
    font = theme.current().font()
    whole = "Juniper Mutual Community Health Plan of the Lower Valley"
    assert lines_of(whole, font, 2_000, 2) == [whole]
    cut = lines_of(whole, font, 120, 2)
    assert len(cut) == 2
    assert cut[-1].endswith("…")
    assert max(QFontMetrics(font).horizontalAdvance(line) for line in cut) <= 120
    assert "".join(lines_of("x" * 60, font, 120, 9)) == "x" * 60  # an endless word goes on in the next line


def test_the_head_of_the_labels_says_which_columns_are_in_view(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    assert tables.labels.head.extent == "documents 1–3 of 4"  # the fifth is not in force
    QTest.keyClick(tables.cells, Key.Key_End)
    assert tables.labels.head.extent == "documents 2–4 of 4"
    filled.resize(1800, 720)
    assert tables.labels.head.extent == ""


def test_a_row_says_whether_payers_differ_and_a_cell_teaches_its_state(filled: MainWindow) -> None:
    model = filled.matrix.tables.cells.model()
    label = model.index(1, 0)
    assert "Payers differ: for and against" in label.data(Qt.ItemDataRole.ToolTipRole)
    assert "Payers differ" in label.data(Qt.ItemDataRole.AccessibleTextRole)
    tips = [model.index(2, column).data(Qt.ItemDataRole.ToolTipRole) for column in range(1, 4)]
    for tip, word in zip(tips, ("Match:", "Broader statement:", "Catch-all:"), strict=True):
        assert word in tip
    assert "asks a person to check" in tips[0]


def test_every_control_has_a_name_to_be_spoken(filled: MainWindow) -> None:
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QWidget

    filled.problems.show_problems((), (), (), (), ("The work ended early.",), again=True)
    controls = [w for w in filled.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    assert len(controls) >= 8
    for control in controls:
        assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name), control


def test_f9_and_shift_f9_walk_the_cells_to_check_and_go_on_from_the_other_end(filled: MainWindow) -> None:
    cells = filled.matrix.tables.cells
    QTest.keyClick(cells, Key.Key_F9)
    assert _row_and_payer(filled) == ("r2", "Northfield Health & Life <b>Plan</b>")
    QTest.keyClick(cells, Key.Key_F9)
    assert _row_and_payer(filled) == ("r3", "Eastbrook Mutual")
    assert "To check, 2 of 2: " in filled.statusBar().currentMessage()
    QTest.keyClick(cells, Key.Key_F9)
    assert _row_and_payer(filled)[0] == "r2"
    assert "1 of 2, from the top again" in filled.statusBar().currentMessage()
    QTest.keyClick(cells, Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert _row_and_payer(filled)[0] == "r3"


def test_a_topic_without_rows_shows_its_own_document_beside_it(filled: MainWindow, qtbot: QtBot) -> None:
    from dataclasses import replace

    board = filled.matrix.board
    assert board is not None
    empty = replace(board.matrix, topic="cold mist", columns=board.matrix.columns[2:3], rows=())
    bare = replace(board, matrix=empty, heads=board.heads[2:3], labels=(), told=(), faces=(), found_by=())
    filled.matrix.show_boards((board, bare))
    filled.matrix.topic.setCurrentIndex(1)
    assert filled.matrix.message.isVisible()
    qtbot.waitUntil(lambda: filled.source.is_settled)
    assert filled.source.text.toPlainText().startswith("Southgate Community Care")

"""What a person makes of the matrix: whose it is held against, which columns stand where, how much a cell tells."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from policyview.gui.arrangement import Arrangement
from policyview.gui.main_window import MainWindow
from policyview.gui.matrix_model import MatrixModel
from policyview.model import Agreement
from tests.gui.made import made_board

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Aloud = Qt.ItemDataRole.AccessibleTextRole
NORTHFIELD, EASTBROOK = "in/northfield.txt", "in/eastbrook.txt"
SOUTHGATE, HANDBOOK = "in/southgate.txt", "in/handbook.txt"


def _press(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.matrix.tables.cells, key, keys)


def _files(window: MainWindow) -> tuple[str, ...]:
    model = window.matrix.tables.cells.model()
    assert isinstance(model, MatrixModel)
    return model.shown_files


def test_ours_is_marked_and_pinned_and_the_others_say_how_they_stand_against_it(
    filled: MainWindow, qtbot: QtBot
) -> None:
    matrix = filled.matrix
    matrix.tables.setFocus()
    _press(filled, Key.Key_Right)
    _press(filled, Key.Key_U, Ctrl)  # Eastbrook's
    model, verdicts = matrix.tables.cells.model(), filled.menus.ours.verdicts
    assert isinstance(model, MatrixModel)
    assert _files(filled) == (EASTBROOK, NORTHFIELD, SOUTHGATE, HANDBOOK)
    assert "ours: the others are held against it" in model.headerData(1, Qt.Orientation.Horizontal, Aloud)
    assert matrix.standing is not None
    assert matrix.standing.column.file == EASTBROOK  # the current cell went along
    assert not matrix.tables.labels.isColumnHidden(1)
    assert matrix.tables.cells.isColumnHidden(1)
    qtbot.waitUntil(lambda: verdicts.is_settled and len(verdicts.known) == 6)
    told = {(line, column): "Against ours" + model.index(line, column).data(Aloud).rpartition("Against ours")[2]
            for line in (1, 2, 4) for column in (2, 3, 4)}  # fmt: skip
    assert told[1, 2].startswith("Against ours: stricter (adults where ours has children, adolescents, adults; ")
    assert told[1, 3] == "Against ours: stricter (not covered here)"
    assert told[4, 3] == "Against ours: same (not covered by either)"
    assert not any("Against ours:" in told[line, 4] for line in (1, 2, 4))  # a handbook never speaks for a payer
    assert "Against ours" not in model.index(1, 1).data(Aloud)
    assert "Against ours: stricter" in model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole)
    _press(filled, Key.Key_U, Ctrl)
    assert _files(filled)[0] == NORTHFIELD
    assert "Against ours" not in model.index(1, 3).data(Aloud)


def test_silence_against_ours_is_never_told_to_be_a_no(filled: MainWindow, qtbot: QtBot) -> None:
    filled.menus.ours.name("Southgate Community Care")
    filled.menus.which.all_versions.trigger()  # Westmere too, which is silent in the second row
    verdicts = filled.menus.ours.verdicts
    qtbot.waitUntil(lambda: verdicts.is_settled and (1, 3) in verdicts.known)
    assert (verdicts.known[1, 3].word, verdicts.known[1, 3].why) == ("cannot tell", "not addressed here")


def test_pinned_columns_are_walked_with_the_same_keys_and_clicked(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    tables.setFocus()
    _press(filled, Key.Key_End)
    _press(filled, Key.Key_L, Ctrl)  # the last one is the first now
    assert _files(filled) == (HANDBOOK, NORTHFIELD, EASTBROOK, SOUTHGATE)
    assert tables.current == (1, 1)
    walked = []
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_End, Key.Key_Home, Key.Key_PageUp):
        _press(filled, key)
        walked.append(tables.current)
    assert walked == [(2, 1), (2, 2), (2, 1), (4, 1), (4, 4), (4, 1), (1, 1)]  # line 3 is a group's head
    _press(filled, Key.Key_End, Ctrl)
    assert tables.current == (4, 4)
    _press(filled, Key.Key_Home, Ctrl)
    assert tables.current == (1, 1)
    at = QPoint(tables.labels.columnViewportPosition(1) + 20, tables.labels.rowViewportPosition(2) + 10)
    QTest.mouseClick(tables.labels.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert tables.current == (2, 1)
    assert tables.cells.hasFocus()
    before = tables.labels.columnViewportPosition(1)
    tables.cells.horizontalScrollBar().setValue(tables.cells.horizontalScrollBar().maximum())
    assert tables.labels.columnViewportPosition(1) == before
    filled.resize(900, 520)  # no room to keep it beside the labels and another column
    assert [tables.cells.isColumnHidden(n) for n in (1, 2)] == [not tables.labels.isColumnHidden(n) for n in (1, 2)]


def test_columns_are_hidden_moved_and_brought_back_and_a_new_comparison_leaves_them(filled: MainWindow) -> None:
    matrix = filled.matrix
    matrix.tables.setFocus()
    _press(filled, Key.Key_Right, Ctrl | Shift)
    assert _files(filled) == (EASTBROOK, NORTHFIELD, SOUTHGATE, HANDBOOK)
    assert matrix.tables.current == (1, 2)
    _press(filled, Key.Key_B, Ctrl)
    assert _files(filled) == (EASTBROOK, SOUTHGATE, HANDBOOK)
    assert matrix.tables.current == (1, 2)
    assert (matrix.bar.hidden.isVisible(), matrix.bar.hidden.text()) == (True, "1 hidden")
    assert "Northfield" in matrix.bar.hidden.toolTip()
    filled.session.compared.emit((made_board(),))
    assert _files(filled) == (EASTBROOK, SOUTHGATE, HANDBOOK)
    for _ in range(4):
        _press(filled, Key.Key_B, Ctrl)
    assert len(_files(filled)) == 1
    assert "cannot be hidden" in filled.statusBar().currentMessage()
    QTest.mouseClick(matrix.bar.hidden, Qt.MouseButton.LeftButton)
    assert _files(filled) == (EASTBROOK, NORTHFIELD, SOUTHGATE, HANDBOOK)
    assert not matrix.bar.hidden.isVisible()
    filled.menus.layout.open_at_head(2, QPoint(0, 0))
    (menu,) = (each for each in filled.findChildren(QMenu) if each.isVisible())
    acts = {act.text().replace("&", ""): act for act in menu.actions()}
    acts["Move it to the left"].trigger()
    assert _files(filled) == (NORTHFIELD, EASTBROOK, SOUTHGATE, HANDBOOK)
    next(act for text, act in acts.items() if text.startswith("Hold the others against North")).trigger()
    assert filled.preferences.ours.startswith("Northfield")
    menu.close()


def test_a_head_is_dragged_to_another_place_and_onto_the_labels_to_be_pinned(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    head = tables.cells.head

    def drag(section: int, to: QPoint) -> None:
        start = QPoint(head.sectionViewportPosition(section) + 30, 20)
        end = head.viewport().mapFromGlobal(to)
        QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(head.viewport(), (start + end) / 2)
        QTest.mouseMove(head.viewport(), end)
        QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=end)

    third = head.viewport().mapToGlobal(QPoint(head.sectionViewportPosition(3) + 20, 20))
    drag(1, third)
    assert _files(filled) == (EASTBROOK, NORTHFIELD, SOUTHGATE, HANDBOOK)
    drag(3, tables.labels.head.viewport().mapToGlobal(QPoint(40, 20)))
    assert _files(filled)[0] == SOUTHGATE
    assert filled.matrix.is_pinned(SOUTHGATE)


def test_cells_tell_less_or_more_and_that_is_kept(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    tables.setFocus()
    heights = {}
    for name in ("full", "compact", "normal"):
        _press(filled, Key.Key_K, Ctrl)
        assert filled.preferences.cells == tables.delegate.cells == name
        heights[name] = tables.cells.rowHeight(1)
        assert tables.labels.rowHeight(1) == heights[name]
    assert heights["compact"] < heights["normal"] < heights["full"]
    face = made_board().faces[0][0]
    assert face.first.startswith("• A trial of two inhaled agents")
    assert made_board().faces[2][2].first.startswith("“All other indications")


def test_rows_on_which_payers_differ_most_come_first(filled: MainWindow) -> None:
    model = filled.matrix.tables.cells.model()
    assert isinstance(model, MatrixModel)
    filled.menus.layout._on_rows("disagreement")
    assert [model.agreement(line) for line in range(model.rowCount())] == [
        Agreement.OPPOSED, Agreement.WORDS_DIFFER, Agreement.SAME]  # fmt: skip
    assert filled.matrix.standing is not None  # no group's head is left, the cell is
    filled.menus.layout._on_rows("plain")
    assert [model.matrix_row(line) for line in range(model.rowCount())] == [0, 1, 2]
    filled.menus.layout._on_rows("groups")
    assert model.group_lines() == (0, 3)


def test_rows_are_grouped_by_population_or_by_procedure_in_turn(filled: MainWindow) -> None:
    model, said = filled.matrix.tables.cells.model(), list[str]()
    assert isinstance(model, MatrixModel)
    filled.menus.layout.told.connect(said.append)
    filled.matrix.tables.setFocus()
    seen = []
    for _ in range(5):
        _press(filled, Key.Key_G, Ctrl)
        seen.append([model.index(line, 0).data() for line in model.group_lines()])
    by_population, by_procedure, plain, disagreement, groups = seen
    assert by_population == ["Adults", "Children", "Population not stated, or several"]
    assert by_procedure == ["Mist pump", "No procedure told apart"]
    assert (plain, disagreement) == ([], [])
    assert groups == ["Knotted airway syndrome", "Other uses"]
    assert said[:2] == ["Rows by population", "Rows by procedure"]


def test_the_strip_maps_the_differences_by_shape_and_leads_to_them(filled: MainWindow) -> None:
    tables = filled.matrix.tables
    heat = tables.heat
    assert heat.differing == (1, 4)
    assert heat.mark(1).width() > heat.mark(4).width() > 0 == heat.mark(2).width()
    assert "1 for and against" in heat.accessibleName()
    heat.setFocus()
    QTest.keyClick(heat, Key.Key_Down)
    assert tables.current[0] == 4
    QTest.keyClick(heat, Key.Key_Up)
    assert tables.current[0] == 1
    QTest.mouseClick(heat, Qt.MouseButton.LeftButton, pos=QPoint(5, heat.height() - 3))
    assert tables.current[0] == 4
    drawn = heat.drawn
    heat.grab()
    tables.cells.verticalScrollBar().setValue(1)
    heat.grab()
    assert heat.drawn <= drawn + 1  # scrolling draws nothing anew


def test_a_narrow_window_folds_the_library_until_it_is_asked_for(filled: MainWindow, qtbot: QtBot) -> None:
    tables = filled.matrix.tables
    tables.setFocus()
    filled.resize(900, 520)
    assert not filled.library.isVisible()
    qtbot.waitUntil(lambda: sum(tables.cells.columnViewportPosition(n) + tables.cells.columnWidth(n)
                                <= tables.cells.viewport().width() for n in (1, 2)) == 2)  # fmt: skip
    QTest.keyClick(filled, Key.Key_1, Ctrl)
    assert filled.library.isVisible()
    assert filled.library.tree.hasFocus()
    QTest.keyClick(filled, Key.Key_2, Ctrl)
    assert not filled.library.isVisible()
    for is_shown in (True, False):
        QTest.mouseClick(filled.folding.button, Qt.MouseButton.LeftButton)
        tables.setFocus()
        assert filled.library.isVisible() is is_shown
    filled.resize(1280, 720)
    assert not filled.library.isVisible()
    assert filled.source.width() >= 500  # whole lines of print that can be read …
    assert tables.width() >= 740  # … beside three payers
    filled.resize(1440, 720)
    assert filled.library.isVisible()
    assert not filled.folding.button.isVisible()


def test_titles_that_begin_alike_keep_their_ends(filled: MainWindow) -> None:
    board = made_board()
    long = "Severe and long lasting knotted airway syndrome of unknown origin that came back after a first trial in"
    board = replace(board, labels=(f"{long} adults", f"{long} children", board.labels[2]))
    filled.matrix.show_boards((board,))
    delegate = filled.matrix.tables.delegate
    told = {tuple(text.text() for text in delegate._fitted(label, 140, 46, True)[1]) for label in board.labels[:2]}
    assert len(told) == 2
    assert {lines[-1][-5:] for lines in told} == {"dults", "ldren"}


def test_qt_finds_no_fault_while_columns_and_rows_are_arranged(qtmodeltester: ModelTester) -> None:
    model = MatrixModel()
    model.show_board(made_board())
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    first, second = model.shown_files[:2]
    for arrangement in (Arrangement().hiding(first), Arrangement().pinning(second, True),
                        Arrangement().moving(model.shown_files, first, 3)):  # fmt: skip
        model.arrange(arrangement, "Eastbrook Mutual")
    model.set_order("disagreement")
    for by in ("", "population", "procedure"):
        model.set_order("groups", by)


def test_no_two_acts_of_the_menus_share_a_key(window: MainWindow) -> None:
    acts = {id(act): act for menu in window.findChildren(QMenu) for act in menu.actions()}
    keys = [key for act in acts.values() if (key := act.shortcut().toString())]
    assert len(keys) > 50
    assert {key for key in keys if keys.count(key) > 1} == set()


def test_our_own_column_is_pinned_by_itself_until_it_is_let_go() -> None:
    files = ("a", "b", "c")
    assert Arrangement().shown(files, {"c"}) == (("c", "a", "b"), 1)
    assert Arrangement().pinning("c", False).shown(files, {"c"}) == (files, 0)
    assert Arrangement().pinning("b", True).hiding("a").shown(files, {"c"}) == (("b", "c"), 2)
    assert Arrangement().moving(files, "a", 3).shown((*files, "d"), ()) == (("b", "c", "a", "d"), 0)

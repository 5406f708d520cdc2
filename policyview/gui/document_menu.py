"""The acts on documents and topics: in the Review menu, in the library's menus, by key, by dragging, and where a payer
is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from policyview.gui.about_dialog import AboutDialog
from policyview.gui.board import Board, flat
from policyview.gui.citation import source_name
from policyview.gui.document_acts import DocumentActs
from policyview.gui.library_view import LibraryView
from policyview.gui.matrix_view import MatrixView
from policyview.gui.row_chooser import TopicChooser
from policyview.gui.session import Session
from policyview.gui.statement_dialog import FieldsDialog
from policyview.model import Reading

_NO_DOCUMENT, _NO_TOPIC, _NO_OTHER = "No document is current", "No topic is current", "There is no other topic"
_COMPARING = "It is being put into the matrix …"


class DocumentMenu(QObject):
    """Each act is on the document of the library's current line where that has the keyboard, else on the current
    cell's. ``told`` carries a passing remark, ``target_wanted`` a place in the source."""

    told = Signal(str)
    target_wanted = Signal(object)

    def __init__(self, session: Session, matrix: MatrixView, library: LibraryView, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._matrix, self._library, self._window = session, matrix, library, parent
        self.acts = DocumentActs(session, self)
        self._wanted = ""
        self.about = self._act("A&bout this document …", "Ctrl+Shift+F2", self.ask_about,
                               "Its payer, title, number, dates and lines of business, and where they were read")
        self.shelve = self._act("Mo&ve the document to another topic …", "Ctrl+Shift+T", self.choose_topic,
                                "With all versions of its policy; its line in the library can be dragged there too")
        self.alone = self._act("Give the document a topic of its o&wn", "", self.set_apart,
                               "It is about something else")
        self.name = self._act("Name the topi&c …", "Ctrl+Alt+F2", self.ask_name, "What the topic is called")
        self.merge = self._act("Merge the topic &into another …", "", self.choose_merged, "Both are about the same")
        self.acts.shown.connect(self._follow)
        session.workspace_opened.connect(self._on_opened)
        library.menu_made.connect(self._on_menu_made)
        library.naming_wanted.connect(lambda: self.ask_name() if library.meant_topic else self.ask_about())
        library.shelved.connect(self._on_dropped)
        library.tree.may_drag = lambda: not session.why_read_only

    def _act(self, text: str, keys: str, act: Callable[[], object], told: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(told)
        action.triggered.connect(lambda: act())
        return action

    def fill(self, menu: QMenu) -> None:
        """The end of the Review menu."""
        menu.addSeparator()
        menu.addActions([self.about, self.shelve, self.alone, self.name, self.merge])
        menu.aboutToShow.connect(self._offer)
        menu.aboutToHide.connect(self._enable)

    def _on_menu_made(self, menu: QMenu, file: str, topic: str) -> None:
        """At a line of the library: a document's, or a topic's."""
        if file:
            menu.addAction(self.about.text()).triggered.connect(lambda: self.ask_about(file))
            menu.addAction(self.shelve.text()).triggered.connect(lambda: self.choose_topic(file))
            menu.addAction(self.alone.text()).triggered.connect(lambda: self.set_apart(file))
            return
        board = self._called(topic)
        if board is not None:
            menu.addAction(self.name.text()).triggered.connect(lambda: self.ask_name(board))
            menu.addAction(self.merge.text()).triggered.connect(lambda: self.choose_merged(board))

    def _offer(self) -> None:
        reading, board, locked = self.reading, self.board, self._session.why_read_only
        has_others = len(self._session.boards) > 1
        self.about.setEnabled(reading is not None)
        self.shelve.setEnabled(reading is not None and has_others and not locked)
        self.alone.setEnabled(reading is not None and not locked and board is not None and not _is_alone(board))
        self.name.setEnabled(board is not None and not locked)
        self.merge.setEnabled(board is not None and has_others and not locked)

    def _enable(self) -> None:
        """A key that cannot act says why."""
        for action in (self.about, self.shelve, self.alone, self.name, self.merge):
            action.setEnabled(True)

    # ------------------------------------------------------------ what is current

    @property
    def reading(self) -> Reading | None:
        """The document that is meant, as corrected."""
        standing = self._matrix.standing
        file = self._library.meant_file or (standing.reading.file if standing else "")
        return self._session.corrected.get(file)

    @property
    def board(self) -> Board | None:
        """The topic that is meant: that of the library's line, else the one whose matrix is shown."""
        topic, reading = self._library.meant_topic, self.reading
        if topic:
            return self._called(topic)
        return self._board_of(reading.file) if reading and self._library.meant_file else self._matrix.board

    def _called(self, topic: str) -> Board | None:
        """The topic of a line of the library."""
        return next((board for board in self._session.boards if flat(board.matrix.topic) == topic), None)

    def _board_of(self, file: str) -> Board | None:
        return next((board for board in self._session.boards
                     if any(column.file == file for column in board.matrix.columns)), None)  # fmt: skip

    def _may(self, thing: object, why: str = _NO_DOCUMENT) -> bool:
        why_not = self._session.why_read_only or ("" if thing is not None else why)
        if why_not:
            self.told.emit(why_not)
        return not why_not

    # ------------------------------------------------------------ acts

    def ask_about(self, file: str = "", field: str = "payer") -> AboutDialog | None:
        """Shows what is known of a document, to be put right."""
        reading = self._session.corrected.get(file) if file else self.reading
        if reading is None:
            self.told.emit(_NO_DOCUMENT)
            return None
        dialog = AboutDialog(self._session, self.acts, reading, self._window)
        dialog.target_wanted.connect(self.target_wanted)
        dialog.topic_wanted.connect(self.choose_topic)
        dialog.show()
        dialog.go_to(field)
        return dialog

    def choose_topic(self, file: str = "") -> None:
        """Asks for the topic that a document belongs to."""
        reading = self._session.corrected.get(file) if file else self.reading
        home = self._board_of(reading.file) if reading else None
        others = [board for board in self._session.boards if board is not home]
        if not self._may(reading) or reading is None or not self._may(others or None, _NO_OTHER):
            return
        chooser = TopicChooser("Move to another topic", f"{flat(source_name(reading))}: choose the topic it is about. "
                               "All versions of its policy go along.", others, self._window)  # fmt: skip
        chooser.chosen.connect(lambda board: self.acts.shelve(reading, board))
        chooser.show()

    def set_apart(self, file: str = "") -> None:
        """Gives a document a topic of its own."""
        reading = self._session.corrected.get(file) if file else self.reading
        if self._may(reading) and reading is not None:
            board = self._board_of(reading.file)
            if board is not None and _is_alone(board):
                self.told.emit("It has a topic of its own")
            else:
                self.acts.shelve(reading, None)

    def ask_name(self, board: Board | None = None) -> None:
        """Asks what a topic is called."""
        board = board or self.board
        if not self._may(board, _NO_TOPIC) or board is None:
            return
        payers = ", ".join(dict.fromkeys(head.payer for head in board.heads))
        dialog = FieldsDialog("Name the topic", f"The topic of {payers}", self._window)
        dialog.add_line("topic", "&Topic is called", flat(board.matrix.topic))
        dialog.kept.connect(lambda sets: self._name(board, sets["topic"]))
        dialog.ask()

    def _name(self, board: Board, name: str) -> None:
        taken = {other.matrix.topic.casefold() for other in self._session.boards if other is not board}
        if " ".join(name.split()).casefold() in taken:
            self.told.emit("There is a topic of this name already: merge the two instead")
        else:
            self.acts.name(board, name)

    def choose_merged(self, board: Board | None = None) -> None:
        """Asks for the topic into which one is merged."""
        board = board or self.board
        others = [each for each in self._session.boards if each is not board]
        if not self._may(board, _NO_TOPIC) or board is None or not self._may(others or None, _NO_OTHER):
            return
        told = f"All documents of “{flat(board.matrix.topic)}” go into the topic that you choose."
        chooser = TopicChooser("Merge into another topic", told, others, self._window)
        chooser.chosen.connect(lambda into: self.acts.merge(board, into))
        chooser.show()

    def _on_dropped(self, file: str, topic: str) -> None:
        reading = self._session.corrected.get(file)
        board = self._called(topic)
        if self._may(reading) and reading is not None and board is not None and board is not self._board_of(file):
            self.acts.shelve(reading, board)

    # ------------------------------------------------------------ what is seen of it

    def _follow(self, file: str) -> None:
        """Goes to the document, once the matrix shows what was said of it."""
        self._wanted = file
        self.follow_on()

    def follow_on(self) -> None:
        """The matrix stands anew."""
        if self._wanted and not self._session.pending:
            file, self._wanted = self._wanted, ""
            standing = self._matrix.standing
            if standing is None or standing.reading.file != file:
                self._matrix.show_topic_of(file)
            self._library.show_file(file)

    def _on_opened(self) -> None:
        """What was being asked is of a workspace that may be another now."""
        self._wanted = ""
        for dialog in self._window.findChildren(TopicChooser):
            dialog.close()


def _is_alone(board: Board) -> bool:
    """Whether its documents are the versions of one policy."""
    return len(board.matrix.versions) <= 1

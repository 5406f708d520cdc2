"""Room for the source of the current cell, and for a second one beside it that is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QToolButton, QWidget

from policyview.gui.citation import source_name
from policyview.gui.page_images import PageImages
from policyview.gui.page_zoom import Zoom, zoom_of, zoom_words
from policyview.gui.plain import literal
from policyview.gui.preferences import Preferences
from policyview.gui.source_tools import tool_button
from policyview.gui.source_view import SourceView
from policyview.gui.standing import Standing, Target
from policyview.gui.visits import Visits

NARROWEST = 300  # pixels: of one source
_SIDE_BY_SIDE = 2 * NARROWEST  # pixels: from here on, else one below the other
_WIDE = 0.56  # of the window, as far as the panes beside it let go of theirs


class SourceRoom(QSplitter):
    """``source`` follows the current cell. ``held`` keeps a place, or another payer's cell of the current row;
    ``held_menu_wanted`` carries where a menu of it is to open."""

    left = Signal()
    changed = Signal()
    held_menu_wanted = Signal(QPoint)

    def __init__(self, images: PageImages, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._images, self._preferences = images, preferences
        self._others: Callable[[], Sequence[Standing]] = tuple
        self._beside = ""  # the file whose cell of the current row is held
        self._sizes: list[int] | None = None  # of the panes before this one was widened
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.setMinimumWidth(NARROWEST)
        self.source, self.visits = SourceView(images, self), Visits(self)
        self.held: SourceView | None = None
        self.addWidget(self.source)
        self._add_tools()
        self._take_sizes(self.source)
        self.source.left.connect(self.left)
        for view in (self.source.pages, self.source.text):
            view.zoomed.connect(self._on_zoomed)

    def _add_tools(self) -> None:
        source = self.source
        self.hold_button = tool_button("hold", "Hold this source", "Keeps this source open beside the next (Ctrl+H)",
                                       self.toggle_held, source)  # fmt: skip
        self.hold_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.hold_button.setCheckable(True)
        self._menu = QMenu(self.hold_button)
        self._menu.aboutToShow.connect(self._fill)
        self.hold_button.setMenu(self._menu)
        self.wide_button = tool_button("wide", "Wide source", "More room for the source, or less again (Ctrl+Shift+4)",
                                       self.toggle_wide, source)  # fmt: skip
        self.wide_button.setCheckable(True)
        self.back = tool_button("visit-back", "Back", "Back to the place visited before (Alt+Left)",
                                lambda: self.visits.step(-1), source)  # fmt: skip
        self.forward = tool_button("visit-on", "Forward", "Forward again (Alt+Right)",
                                   lambda: self.visits.step(1), source)  # fmt: skip
        for button in (self.back, self.forward):
            source.add_tool(button, is_first=True)
        for button in (self.hold_button, self.wide_button):
            source.add_tool(button)
        self.visits.changed.connect(self._on_visits_changed)
        self._on_visits_changed()
        source.retheme()

    def _on_visits_changed(self) -> None:
        self.back.setEnabled(self.visits.can_step(-1))
        self.forward.setEnabled(self.visits.can_step(1))

    # ------------------------------------------------------------ the two sources

    @property
    def focused(self) -> SourceView | None:
        """The source that has the keyboard."""
        focus = QApplication.focusWidget()
        return next((view for view in self._views if focus and view.isAncestorOf(focus)), None)

    @property
    def _views(self) -> tuple[SourceView, ...]:
        return (self.source, self.held) if self.held and self.is_holding else (self.source,)

    @property
    def is_holding(self) -> bool:
        """Whether a second source stands there."""
        return self.held is not None and not self.held.isHidden()

    def set_others(self, others: Callable[[], Sequence[Standing]]) -> None:
        """What tells the cells of the current row."""
        self._others = others

    def toggle_held(self) -> None:
        """Holds the source that is shown while the current cell moves on; or lets go of the one that is held."""
        if self.is_holding:
            self.release()
        elif self.source.target is not None:
            self._beside = ""
            self._hold(self.source.target, "Held")
        self._tell()

    def put_beside(self, file: str) -> None:
        """Holds another payer's cell of the current row, whichever row that is from now on."""
        self._beside = file
        self.follow()

    def follow(self) -> None:
        """Another cell is current: a payer that stands beside it follows into its row."""
        standing = next((each for each in self._others() if each.column.file == self._beside), None)
        if self._beside and standing is not None:
            self._hold(standing.target(), "Beside")
        elif self._beside and self.held is not None:
            self.held.show_target(None)
        self._tell()

    def _hold(self, target: Target, name: str) -> None:
        if self.held is None:
            self.held = self._make_held()
        self.held.set_name(name)
        if not self.is_holding:
            self.held.setVisible(True)
            self._make_room()
        self.held.show_target(target)

    def _make_held(self) -> SourceView:
        held = SourceView(self._images, self)
        self._take_sizes(held)
        held.add_tool(tool_button("close", "Close this source", "Close (Ctrl+H)", self.release, held), is_first=True)
        held.retheme()
        held.left.connect(self.left)
        held.menu_wanted.connect(self.held_menu_wanted)
        self.addWidget(held)
        held.setVisible(False)
        return held

    def release(self) -> None:
        """Closes the second source; the first gets the keyboard if that had it."""
        had_keyboard = self.is_holding and self.focused is self.held
        self._beside = ""
        if self.held is not None:
            self.held.setVisible(False)
            self.held.show_target(None)
        if had_keyboard:
            self.source.enter()
        if not self.wide_button.isChecked():
            self._give_room_back()
        self._tell()

    def forget(self) -> None:
        """Other documents are open."""
        self.release()
        self.visits.forget()

    def end(self) -> None:
        """The window closes: what it remembers are the sizes without a second source."""
        self.release()
        self._give_room_back()

    def retheme(self) -> None:
        for view in (self.source, self.held):
            if view is not None:
                view.retheme()

    def _tell(self) -> None:
        self.hold_button.setChecked(self.is_holding)
        name = "Let go of the second source" if self.is_holding else "Hold this source"
        self.hold_button.setAccessibleName(name)
        self.changed.emit()

    def open_menu(self) -> None:
        """Asks what is to stand beside the source."""
        self.hold_button.showMenu()

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        act = menu.addAction("&Let go of the second source" if self.is_holding else "&Hold this source")
        act.triggered.connect(self.toggle_held)
        act.setEnabled(self.source.target is not None)
        others = [each for each in self._others()
                  if self.source.target is None or each.reading is not self.source.target.reading]  # fmt: skip
        if others:
            menu.addSection("Beside it, of the current row")
        for standing in others:
            name = literal(f"{source_name(standing.reading)}: {standing.state_word}")
            beside = menu.addAction(name)
            beside.setCheckable(True)
            beside.setChecked(standing.column.file == self._beside)
            beside.triggered.connect(lambda _=False, file=standing.column.file: self.put_beside(file))

    # ------------------------------------------------------------ size of letters

    def _take_sizes(self, view: SourceView) -> None:
        view.pages.set_choice(zoom_of(self._preferences.zoom))
        share = zoom_of(self._preferences.text_zoom)
        view.text.set_choice(share if isinstance(share, float) else 1.0)

    def _on_zoomed(self, choice: Zoom) -> None:
        """What is chosen in the first source is kept for the next documents and windows."""
        self._preferences.zoom = zoom_words(self.source.pages.choice)
        self._preferences.text_zoom = zoom_words(self.source.text.choice)

    # ------------------------------------------------------------ room

    def toggle_wide(self) -> None:
        """Takes room from the panes beside it, or gives it back."""
        is_wide = not self.is_widened
        if is_wide:
            self._make_room()
        else:
            self._give_room_back()
        self.wide_button.setChecked(is_wide)

    @property
    def is_widened(self) -> bool:
        """Whether it has taken room from the panes beside it."""
        return self._sizes is not None

    def _make_room(self) -> None:
        across = self.parentWidget()
        if isinstance(across, QSplitter) and not self.is_widened:
            sizes = across.sizes()
            own, number = int(_WIDE * sum(sizes)), across.indexOf(self)
            if sizes[number] < own:
                self._sizes = sizes
                others = sum(sizes) - sizes[number]
                rest = sum(sizes) - own
                across.setSizes([own if k == number else size * rest // others for k, size in enumerate(sizes)])
        self._arrange()

    def _give_room_back(self) -> None:
        across = self.parentWidget()
        if isinstance(across, QSplitter) and self._sizes is not None:
            across.setSizes(self._sizes)
        self._sizes = None

    def _arrange(self) -> None:
        """Two sources stand side by side where there is room for both."""
        is_wide = self.width() >= _SIDE_BY_SIDE
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.orientation() != orientation:
            self.setOrientation(orientation)
        if self.is_holding:
            half = (self.width() if is_wide else self.height()) // 2
            self.setSizes([half, half])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _SIDE_BY_SIDE
        if self.is_holding and is_wide != (self.orientation() is Qt.Orientation.Horizontal):
            self._arrange()

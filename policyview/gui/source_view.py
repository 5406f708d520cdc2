"""A source: where the current words stand, how exactly, and the page or text itself, with the ways through it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from policyview.anchor import anchor_at
from policyview.export.doubts import percent
from policyview.gui import theme
from policyview.gui.board import flat
from policyview.gui.chosen_pages import ChosenPages
from policyview.gui.citation import short_name, source_name, version_words
from policyview.gui.find_bar import FindBar
from policyview.gui.heading_words import heading
from policyview.gui.legend import Legend
from policyview.gui.page_images import PageImages
from policyview.gui.page_zoom import PASSAGE
from policyview.gui.plain import ElidedLabel, PlainLabel, WrappedLabel, plain_tip
from policyview.gui.source_outline import SourceOutline
from policyview.gui.source_tools import PageControls, ZoomControls, retheme_tools, tool_button
from policyview.gui.standing import Target
from policyview.gui.text_view import TextView
from policyview.model import Anchor, Reading

_FOLLOW_MS = 25  # a held arrow key may pass cells faster than they are drawn; then the one it rests on is drawn
_WIDE = 560  # pixels: from here on the outline has room beside the source
_LOW = 300  # pixels: below, the source needs the room of its legend
_OUTLINE_WIDTH, _OUTLINE_SHARE = 210, 0.42  # pixels beside the source; above it, of the height
_LONGEST_NAME = 80  # characters: some documents are called by a whole sentence; the tip has all of it
_LONGEST_WORDS = 80  # characters: of what is chosen, more is no word to look for


@dataclass(frozen=True)
class Selected:
    """Words of a document that a person chose."""

    reading: Reading
    anchor: Anchor


class SourceView(QFrame):
    """Follows targets. ``left`` is emitted when Esc asks to go back; ``menu_wanted`` carries where a menu of what is
    chosen is to open, ``followed`` the target that is drawn now."""

    left = Signal()
    menu_wanted = Signal(QPoint)
    settled = Signal()
    followed = Signal(object)

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._target: Target | None = None
        self._name = ""
        self._has_jumped = False  # to another section than that of the lit words
        self.pages, self.text = ChosenPages(images, self), TextView(self)
        self.pages.usual = PASSAGE
        self.pages.set_choice(PASSAGE)
        self.nothing = PlainLabel("The source stands here: choose a cell or a document", "soft")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self._stack = QStackedWidget(self)
        for view in (self.nothing, self.pages, self.text):
            self._stack.addWidget(view)
        self.where = WrappedLabel("Source", "heading")
        self.section, self.match = ElidedLabel("", "soft"), WrappedLabel("", "soft")
        self._legend = Legend(self)
        self.finder, self.outline = FindBar(self), SourceOutline(images, self)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.outline)
        self._split.addWidget(self._stack)
        self._split.setStretchFactor(1, 1)
        self._foot = self._footer()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, stretch in ((self._header(), 0), (self.finder, 0), (self._split, 1), (self._foot, 0)):
            layout.addWidget(part, stretch)
        self._delay = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._delay.timeout.connect(self._follow)
        self._wire()
        self.retheme()
        self._say_page()

    # ------------------------------------------------------------ parts

    def _header(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("bar")
        self._title_row, self.tools = QHBoxLayout(), QHBoxLayout()
        self.outline_button = tool_button("outline", "Sections and pages", "Sections and pages to jump by (Ctrl+J)",
                                          self.toggle_outline, bar)  # fmt: skip
        self.outline_button.setCheckable(True)
        self.find_button = tool_button("find", "Find in this source", "Find in this source (Ctrl+F in here)",
                                       self.open_find, bar)  # fmt: skip
        self._title_row.addWidget(self.where, 1)
        self.tools.setSpacing(3)
        for control, stretch in ((self.section, 1), (self.outline_button, 0), (self.find_button, 0)):
            self.tools.addWidget(control, stretch)
        box = QVBoxLayout(bar)
        box.setContentsMargins(10, 6, 8, 5)
        box.setSpacing(2)
        box.addLayout(self._title_row)
        box.addLayout(self.tools)
        return bar

    def add_tool(self, control: QWidget, is_first: bool = False) -> None:
        """A further button of the pane's head, beside its name or beside the section."""
        (self._title_row if is_first else self.tools).addWidget(control, 0, Qt.AlignmentFlag.AlignTop)

    def _footer(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("notice")
        self.turn, self.zoom = PageControls(self.pages, bar), ZoomControls(bar)
        row = QHBoxLayout()
        row.addWidget(self.turn)
        row.addStretch(1)
        row.addWidget(self.zoom)
        column = QVBoxLayout(bar)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(2)
        column.addWidget(self._legend)
        column.addWidget(self.match)
        column.addLayout(row)
        return bar

    def _wire(self) -> None:
        self.pages.page_changed.connect(self._say_place)
        self.pages.lit_changed.connect(self._on_lit)
        self.outline.place_chosen.connect(self.go_to)
        self.outline.page_chosen.connect(self._on_page_chosen)
        self.outline.left.connect(self.enter)
        self.outline.shown.connect(self._on_outline)
        self.finder.left.connect(self.enter)
        self.finder.place_chosen.connect(lambda start, end: self._view.choose(start, end) if self._view else None)
        self.finder.found.connect(self._on_found)
        for view in (self.pages, self.text):
            view.left.connect(self.left)
            view.zoomed.connect(self.zoom.say)
            view.verticalScrollBar().valueChanged.connect(self._say_place)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(
                lambda place, view=view: self.menu_wanted.emit(view.mapToGlobal(place)))  # fmt: skip
        for key, by in (("F3", 1), ("Shift+F3", -1)):
            step = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            step.activated.connect(lambda by=by: self.step_found(by))

    # ------------------------------------------------------------ what is shown

    def set_name(self, name: str) -> None:
        """What this source is called beside another, in front of whose it is."""
        self._name = name
        self.pages.set_name(f"{name}: source pages")
        self.text.setAccessibleName(f"{name}: source text")

    @property
    def target(self) -> Target | None:
        return self._target

    @property
    def selected(self) -> Selected | None:
        """The words that are chosen in what is shown, the white space around them left out."""
        if self._target is None:
            return None
        document = self._target.reading.document
        span = self.pages.chosen if self._is_paged() else self.text.chosen
        words = document.text[slice(*span)] if span else ""
        if span is None or not words.strip():
            return None
        start = span[0] + len(words) - len(words.lstrip())
        return Selected(self._target.reading, anchor_at(document, start, start + len(words.strip())))

    def show_target(self, target: Target | None) -> None:
        """Says at once where the words stand, and draws them; where targets come faster than they can be drawn, the one
        that they rest on."""
        is_rushed = not self.is_settled
        self._target, self._has_jumped = target, False
        self._say_where()
        if is_rushed:
            self._delay.start()
        else:
            self._delay.stop()
            self._follow()  # the worker draws while the other panes are painted

    @property
    def is_followed(self) -> bool:
        """Whether the target that was asked for last is the one that is drawn."""
        return not self._delay.isActive()

    @property
    def is_settled(self) -> bool:
        """Whether what is asked for stands there, or cannot."""
        if not self.is_followed:
            return False
        return self._target is None or (self.pages.is_settled if self._is_paged() else self.text.is_settled)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        look = theme.current()
        self.where.setFont(look.font(bold=True))
        for label in (self.section, self.match, self.turn.count):
            label.setFont(look.font("small"))
        retheme_tools(self)
        self._legend.update()
        self.text.retheme()
        self.outline.retheme()
        self.pages.viewport().update()

    def enter(self) -> None:
        """Gives the source the keyboard."""
        view = self._stack.currentWidget()
        if view is not self.nothing and view is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _view(self) -> ChosenPages | TextView | None:
        """What shows the source now."""
        return None if self._target is None else self.pages if self._is_paged() else self.text

    def _is_paged(self) -> bool:
        return self._target is not None and self._target.is_paged

    def _follow(self) -> None:
        target, view = self._target, self._view
        if target is None or view is None:
            self._stack.setCurrentWidget(self.nothing)
        else:
            self._stack.setCurrentWidget(view)
            view.show_target(target)
            self.zoom.show_view(view)
        reading = target.reading if target else None
        self.finder.show_reading(reading)
        self.outline.show_reading(reading)
        self._tell_outline()
        self._say_page()
        self.followed.emit(target)
        if view is self.text:
            self.settled.emit()
        elif view is self.pages and self.pages.is_placed:  # drawn ahead: seen before the other panes change
            self.pages.viewport().repaint()

    # ------------------------------------------------------------ ways through it

    def go_to(self, anchor: Anchor) -> None:
        """Scrolls to a place of the document and gives it the keyboard; what is lit stays lit."""
        if self._view is not None:
            self._has_jumped = True
            self._view.go_to(anchor)
            self.enter()

    def _on_page_chosen(self, page: int) -> None:
        self.pages.go_to_page(page)
        self.enter()

    def toggle_outline(self) -> None:
        """Opens the sections and pages to jump by, or closes them where they have the keyboard."""
        if self.outline.isVisible() and self.outline.isAncestorOf(QApplication.focusWidget() or self):
            self.outline.leave()
        elif self._view is not None:
            self.outline.open()
        self.outline_button.setChecked(self.outline.isVisible())

    def open_find(self) -> None:
        """Looks for words in this source, for the chosen ones if some are."""
        chosen, view = self.selected, self._view
        if view is not None:
            words = " ".join(chosen.anchor.quote.split()) if chosen else ""
            self.finder.open(view.top_offset, words if len(words) <= _LONGEST_WORDS else "")

    def step_found(self, by: int) -> None:
        """To the next place that was found (1) or the one before (-1)."""
        if self.finder.isVisible():
            self.finder.step(by)
        else:
            self.open_find()

    def _on_found(self, places: tuple[tuple[int, int], ...]) -> None:
        for view in (self.pages, self.text):
            view.show_found(places if view is self._view else ())

    def _on_outline(self, is_open: bool) -> None:
        self.outline_button.setChecked(is_open)
        self._arrange()
        self._tell_outline()

    def _arrange(self) -> None:
        """The outline stands beside the source where there is room, else above it."""
        is_wide = self.width() >= _WIDE
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self._split.orientation() != orientation or min(self._split.sizes()) == 0:
            self._split.setOrientation(orientation)
            whole = self._split.width() if is_wide else self._split.height()
            part = _OUTLINE_WIDTH if is_wide else int(_OUTLINE_SHARE * whole)
            self._split.setSizes([part, whole - part])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_page()
        if self.outline.isVisible():
            self._arrange()

    def _tell_outline(self) -> None:
        """What of the document the outline is to know, while it is open."""
        target = self._target
        if target is None or not self.outline.isVisible():
            return
        self.pages.set_landmarks(self.outline.tree.starts if self._is_paged() else ())
        lit = {anchor.page for anchor in (*target.words, *target.basis) if anchor.page}
        self.outline.show_lit(frozenset(lit))
        self._say_place()

    # ------------------------------------------------------------ what is said of it

    def _say_where(self) -> None:
        target = self._target
        if target is None:
            for label, text in ((self.where, "Source"), (self.section, ""), (self.match, "")):
                label.show_text(text)
            return
        reading = target.reading
        page = f"p.\u00a0{target.page}" if target.page else ""
        version = version_words(reading).replace(" ", "\u00a0")  # so that a date stays with its name
        name, whose = f"{self._name}: " if self._name else "", source_name(reading)
        short = whose if len(whose) <= _LONGEST_NAME else f"{whose[:_LONGEST_NAME].rstrip()} …"
        self.where.show_text(name + " · ".join(filter(None, (short, version, page))))
        self.where.setToolTip(plain_tip(whose) if short != whose else "")
        self.section.show_text(heading(flat(target.section)) or short_name(reading.file))
        self._say_match(_match_words(target))
        quote = flat(target.anchor.quote) if target.anchor else ""
        for view in (self.pages, self.text):
            view.setAccessibleDescription(quote)

    def _say_match(self, text: str) -> None:
        self.match.show_text(text)
        self.match.setVisible(bool(text))

    def _on_lit(self) -> None:
        why = self.pages.why_not_lit
        if why:
            self._say_match(f"The words cannot be lit: {why}")
        self.zoom.say()
        self.settled.emit()

    def _say_place(self) -> None:
        if self._is_paged():
            self.turn.say()
        view, anchor = self._view, self._target.anchor if self._target else None
        if view is not None and self.outline.isVisible():
            is_read = view.is_lit_seen and not self._has_jumped
            offset = anchor.start if anchor is not None and is_read else view.top_offset
            self.outline.show_place(offset, self.pages.page if self._is_paged() else 0)

    def _say_page(self) -> None:
        self.turn.setVisible(self._is_paged())
        self._foot.setVisible(self._target is not None)
        has_words = self._target is not None and self._target.anchor is not None
        self._legend.setVisible(has_words and self.height() >= _LOW)
        self._legend.show_target(self._target)
        self._say_place()
        self.zoom.say()


def _match_words(target: Target) -> str:
    anchor = target.anchor
    if anchor is None:
        return target.why or "The whole document: no words are lit"
    if anchor.match == "fuzzy":
        return f"approximate place, {percent(anchor.score)} alike: compare the words"
    far = {part.page for part in target.basis} - {part.page for part in target.words or target.basis}
    elsewhere = f"determination on p.\u00a0{min(page for page in far if page)} · " if any(far) else ""
    how = "word for word" if anchor.match == "exact" else "word for word but for white space"
    return f"{elsewhere}{how}"

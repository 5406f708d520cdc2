"""The source beside the matrix: where the current words stand, how exactly, and the page or text itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from policyview.anchor import anchor_at
from policyview.export.doubts import percent
from policyview.gui import icon, theme
from policyview.gui.board import flat
from policyview.gui.chosen_pages import ChosenPages
from policyview.gui.citation import short_name, source_name, version_words
from policyview.gui.page_images import PageImages
from policyview.gui.plain import ElidedLabel, PlainLabel, WrappedLabel
from policyview.gui.standing import Target
from policyview.gui.text_view import TextView
from policyview.model import Anchor, Reading

_FOLLOW_MS = 25  # a held arrow key passes cells faster than this; only the one it rests on is drawn


@dataclass(frozen=True)
class Selected:
    """Words of a document that a person chose."""

    reading: Reading
    anchor: Anchor


class SourceView(QFrame):
    """Follows targets. ``left`` is emitted when Esc asks to go back; ``menu_wanted`` carries where a menu of what is
    chosen is to open."""

    left = Signal()
    menu_wanted = Signal(QPoint)
    settled = Signal()

    def __init__(self, images: PageImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._target: Target | None = None
        self.pages, self.text = ChosenPages(images, self), TextView(self)
        self.nothing = PlainLabel("The source stands here: choose a cell or a document", "soft")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self._stack = QStackedWidget(self)
        for view in (self.nothing, self.pages, self.text):
            self._stack.addWidget(view)
        self.where = WrappedLabel("Source", "heading")
        self.section, self.match = ElidedLabel("", "soft"), ElidedLabel("", "soft")
        self._legend = Legend(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header())
        layout.addWidget(self._stack, 1)
        self._foot = self._footer()
        layout.addWidget(self._foot)
        self._delay = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._delay.timeout.connect(self._follow)
        self.pages.left.connect(self.left)
        self.text.left.connect(self.left)
        self.pages.page_changed.connect(self._say_page)
        self.pages.lit_changed.connect(self._on_lit)
        for view in (self.pages, self.text):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(
                lambda place, view=view: self.menu_wanted.emit(view.mapToGlobal(place)))  # fmt: skip
        self.pages.set_choice("passage")
        self.retheme()
        self._say_page()

    # ------------------------------------------------------------ parts

    def _button(self, name: str, tip: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setProperty("drawing", name)
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(act)
        return button

    def _header(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("bar")
        box = QVBoxLayout(bar)
        box.setContentsMargins(10, 6, 8, 6)
        box.setSpacing(2)
        box.addWidget(self.where)
        box.addWidget(self.section)
        return bar

    def _footer(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("notice")
        column, row = QVBoxLayout(bar), QHBoxLayout()
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(1)
        row.setSpacing(4)
        self.back = self._button("page-back", "Previous page", lambda: self.pages.go_to_page(self.pages.page - 1))
        self.on = self._button("page-on", "Next page", lambda: self.pages.go_to_page(self.pages.page + 1))
        self.smaller = self._button("smaller", "Smaller", self.pages.zoom_out)
        self.larger = self._button("larger", "Larger", self.pages.zoom_in)
        self.fit = self._button("fit", "Fit the text to the pane", self.pages.fit_width)
        self.count = PlainLabel("", "soft")
        self._page_controls = (self.back, self.count, self.on, self.smaller, self.larger, self.fit)
        column.addWidget(self._legend)
        column.addLayout(row)
        row.addWidget(self.match, 1)
        for control in self._page_controls:
            row.addWidget(control)
        return bar

    # ------------------------------------------------------------ what is shown

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
        """Says at once where the words stand and draws them as soon as the keyboard rests."""
        self._target = target
        self._say_where()
        self._delay.start()

    @property
    def is_settled(self) -> bool:
        """Whether what is asked for stands there, or cannot."""
        if self._delay.isActive():
            return False
        return self._target is None or (self.pages.is_settled if self._is_paged() else self.text.is_settled)

    def retheme(self) -> None:
        """Takes the theme that applies now."""
        look = theme.current()
        self.where.setFont(look.font(bold=True))
        for label in (self.section, self.match, self.count):
            label.setFont(look.font("small"))
        for button in self.findChildren(QToolButton):
            name = button.property("drawing")
            if name:
                button.setIcon(icon.icon(f"{name}", look.colour("text")))
        self._legend.update()
        self.text.retheme()
        self.text.setFont(look.font())
        self.pages.viewport().update()

    def enter(self) -> None:
        """Gives the source the keyboard."""
        view = self._stack.currentWidget()
        if view is not self.nothing and view is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_paged(self) -> bool:
        return self._target is not None and self._target.reading.document.media_type == "application/pdf"

    def _follow(self) -> None:
        target = self._target
        if target is None:
            self._stack.setCurrentWidget(self.nothing)
        elif self._is_paged():
            self._stack.setCurrentWidget(self.pages)
            self.pages.show_target(target)
        else:
            self._stack.setCurrentWidget(self.text)
            self.text.show_target(target)
            self.settled.emit()
        self._say_page()

    def _say_where(self) -> None:
        target = self._target
        if target is None:
            for label, text in ((self.where, "Source"), (self.section, ""), (self.match, "")):
                label.show_text(text)
            return
        reading = target.reading
        page = f"p.\u00a0{target.page}" if target.page else ""
        version = version_words(reading).replace(" ", "\u00a0")  # so that a date stays with its name
        self.where.show_text(" · ".join(filter(None, (source_name(reading), version, page))))
        self.section.show_text(flat(target.section) or short_name(reading.file))
        self.match.show_text(_match_words(target))
        quote = flat(target.anchor.quote) if target.anchor else ""
        for view in (self.pages, self.text):
            view.setAccessibleDescription(quote)

    def _on_lit(self) -> None:
        why = self.pages.why_not_lit
        if why:
            self.match.show_text(f"The words cannot be lit: {why}")
        self.settled.emit()

    def _say_page(self) -> None:
        paged = self._is_paged()
        for control in self._page_controls:
            control.setVisible(paged)
        self._foot.setVisible(self._target is not None)
        self._legend.setVisible(self._target is not None and self._target.anchor is not None)
        self._legend.show_target(self._target)
        if paged:
            page, count = self.pages.page, self.pages.page_count
            self.count.show_text(f"{page} of {count}")
            self.back.setEnabled(page > 1)
            self.on.setEnabled(page < count)


def _match_words(target: Target) -> str:
    anchor = target.anchor
    if anchor is None:
        return "the whole document"
    if anchor.match == "fuzzy":
        return f"approximate place, {percent(anchor.score)} alike: compare the words"
    far = {part.page for part in target.basis} - {part.page for part in target.words or target.basis}
    elsewhere = f"determination on p.\u00a0{min(page for page in far if page)} · " if any(far) else ""
    how = "word for word" if anchor.match == "exact" else "word for word but for white space"
    return f"{elsewhere}{how}"


class Legend(PlainLabel):
    """Says which words are lit how; painted in the very styles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "soft", parent)
        self._words: dict[str, str] = {}
        self.show_target(None)

    def show_target(self, target: Target | None) -> None:
        """Names what is lit: the words, and where there are some, those of the determination."""
        self._words = {}
        if target is not None and target.words:
            self._words["words"] = target.called
        if target is not None and target.basis:
            self._words["basis"] = "determination"
        shapes = {"words": "underlined", "basis": "framed in dashes"}
        self.setAccessibleName("Legend: " + ", ".join(f"the {word} is {shapes[style]}"
                                                      for style, word in self._words.items()))  # fmt: skip
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.current().font("small"))
        return QSize(metrics.horizontalAdvance(" ".join(self._words.values())) + 20, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter, font = QPainter(self), look.font("small")
        metrics, left = QFontMetrics(font), 0
        painter.setFont(font)
        for style, word in self._words.items():
            rect = QRectF(left, 0.5, metrics.horizontalAdvance(word) + 6, metrics.height())
            painter.fillRect(rect, look.colour(style))
            painter.setPen(QPen(look.colour(f"{style}_edge"), 1, Qt.PenStyle.DashLine))
            if style == "words":
                painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 2), look.colour("words_edge"))
            else:
                painter.drawRect(rect)
            painter.setPen(look.colour("text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, word)
            left += int(rect.width()) + 8
        painter.end()

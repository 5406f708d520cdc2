"""The small buttons of the source pane, and its two groups: to another page, and to another size."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from policyview.gui import icon, theme
from policyview.gui.page_view import PageView
from policyview.gui.page_zoom import PASSAGE, WIDTH, Zoom
from policyview.gui.plain import PlainLabel
from policyview.gui.text_view import TextView

View: TypeAlias = PageView | TextView
_FITS: tuple[tuple[Zoom, str, str], ...] = (
    (PASSAGE, "&Readable", "As large as the letters of the passage have to be"),
    (WIDTH, "Fit &width", "As wide as the pane"),
)
_SHARES = (0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


def tool_button(drawing: str, name: str, tip: str, act: Callable[[], object], parent: QWidget) -> QToolButton:
    """A button that shows an icon only; ``retheme_tools`` gives it its colour."""
    button = QToolButton(parent)
    button.setToolTip(tip)
    button.setAccessibleName(name)
    button.setProperty("drawing", drawing)
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _=False: act())
    return button


def retheme_tools(parent: QWidget) -> None:
    """Draws the icons of all tool buttons within in the theme that applies now."""
    colour = theme.current().colour("text")
    for button in parent.findChildren(QToolButton):
        if button.property("drawing"):
            button.setIcon(icon.icon(str(button.property("drawing")), colour))


def _row(*controls: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for control in controls:
        row.addWidget(control)
    return row


class PageControls(QWidget):
    """Which page of how many is in view; to the one before and the next."""

    def __init__(self, pages: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        back, on = "Previous page", "Next page"
        self.back = tool_button("page-back", back, f"{back} (Ctrl+PageUp)", lambda: self._turn(-1), self)
        self.on = tool_button("page-on", on, f"{on} (Ctrl+PageDown)", lambda: self._turn(1), self)
        self.count = PlainLabel("", "soft")
        self.setLayout(_row(self.back, self.count, self.on))
        pages.page_changed.connect(self.say)

    def _turn(self, by: int) -> None:
        self._pages.go_to_page(self._pages.page + by)

    def say(self) -> None:
        """Tells which page is in view now."""
        page, count = self._pages.page, self._pages.page_count
        self.count.show_text(f"{page} of {count}")
        self.count.setAccessibleName(f"Page {page} of {count}")
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < count)


class ZoomControls(QWidget):
    """Smaller, larger, and a menu of sizes; for pages and for texts. ``chosen`` carries what a person chose."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self.smaller = tool_button("smaller", "Smaller", "Smaller (-)", lambda: self._step(-1), self)
        self.larger = tool_button("larger", "Larger", "Larger (+)", lambda: self._step(1), self)
        self.sizes = QToolButton(self)
        self.sizes.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sizes.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sizes.setToolTip("The size; what is chosen here holds for the next documents, too")
        self._menu = QMenu(self.sizes)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self.sizes.setMenu(self._menu)
        self.setLayout(_row(self.smaller, self.sizes, self.larger))

    def show_view(self, view: View) -> None:
        """The view whose size it is about from now on."""
        self._view = view
        self.say()

    def say(self) -> None:
        """Tells the size that is seen now."""
        if self._view is None:
            return
        percent = f"{100 * self._view.share:.0f} %"
        self.sizes.setText(percent)
        fits = {choice: name.replace("&", "") for choice, name, _ in _FITS}
        self.sizes.setAccessibleName(f"Size: {percent}, {fits.get(self._view.choice, 'chosen')}")

    def _step(self, by: int) -> None:
        if self._view is not None:
            self._view.zoom_in() if by > 0 else self._view.zoom_out()

    def _fill(self) -> None:
        self._menu.clear()
        view = self._view
        if view is None:
            return
        for choice, name, tip in _FITS if isinstance(view, PageView) else ():
            self._add(choice, name, view, tip)
        for share in _SHARES:
            self._add(share, f"{100 * share:.0f} %", view)

    def _add(self, choice: Zoom, name: str, view: View, tip: str = "") -> None:
        act = self._menu.addAction(name)
        act.setToolTip(tip)
        act.setCheckable(True)
        act.setChecked(view.choice == choice)
        act.triggered.connect(lambda _=False: view.set_choice(choice))

"""The views of the middle, one at a time, under tabs; a view that has nothing to show has none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from policyview.gui.plain import literal, plain_tip


class ViewTabs(QWidget):
    """``turned`` carries the view that is seen now. The first view always has its tab."""

    turned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs, self._stack = QTabBar(self), QStackedWidget(self)
        self.before: QWidget | None = None
        """The view that was seen before the one that is."""
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("Views")
        self.tabs.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(self.tabs, 1)
        column.addLayout(self._head)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._on_changed)

    def put_first(self, control: QWidget) -> None:
        """A control at the left of the tabs."""
        self._head.insertWidget(0, control)

    def add(self, view: QWidget, name: str) -> None:
        """Adds a view; only the first one is offered at once."""
        self._stack.addWidget(view)
        number = self.tabs.addTab(name)
        self.tabs.setTabVisible(number, number == 0)

    def tell(self, view: QWidget, name: str, tip: str = "") -> None:
        """Calls a view's tab otherwise."""
        number = self._stack.indexOf(view)
        self.tabs.setTabText(number, literal(name))
        self.tabs.setTabToolTip(number, plain_tip(tip))

    @property
    def view(self) -> QWidget | None:
        """The view that is seen."""
        return self._stack.currentWidget()

    def is_offered(self, view: QWidget) -> bool:
        """Whether a view has its tab."""
        return self.tabs.isTabVisible(self._stack.indexOf(view))

    def offer(self, view: QWidget, is_offered: bool = True) -> None:
        """Gives a view its tab, or takes it away; tabs are seen where there is a choice."""
        number = self._stack.indexOf(view)
        if self.tabs.isTabVisible(number) is not is_offered:
            self.tabs.setTabVisible(number, is_offered)
            self.tabs.setTabText(number, self.tabs.tabText(number))  # laid out anew: Qt leaves a tab no room otherwise
        self.tabs.setVisible(sum(self.tabs.isTabVisible(n) for n in range(self.tabs.count())) > 1)

    def turn_to(self, view: QWidget) -> None:
        """Turns to a view, or to the one that holds it; what stands elsewhere changes nothing."""
        for number in range(self._stack.count()):
            own = self._stack.widget(number)
            if own is not None and (own is view or own.isAncestorOf(view)):
                self.offer(own)
                self.tabs.setCurrentIndex(number)

    def _on_changed(self, number: int) -> None:
        self.before = self.view
        self._stack.setCurrentIndex(number)
        self.turned.emit(self.view)

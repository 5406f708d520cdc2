"""A box to tick that is seen in the dark, too."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from policyview.gui import theme


class Box(QCheckBox):
    """Fusion draws an empty box a shade darker than the window, which is not seen in the dark."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setPen(theme.current().colour("soft"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))

"""Paints the lines of a cell's outline, wrapped to the width of the pane."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from policyview.gui import theme
from policyview.gui.cell_model import CellModel
from policyview.gui.cell_outline import Node

_PAD, _LEFT = 3, 10  # pixels above and below a line, and before it
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class CellDelegate(QStyledItemDelegate):
    """Label, text and, after it, a soft remark; the text is drawn plain."""

    def __init__(self, view: QTreeView, model: CellModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        node = self._model.node(index)
        if node is None:
            return QSize(0, 0)
        width = self._room(index)
        label = self._label_width(node)
        height = QFontMetrics(_font(node)).boundingRect(QRect(0, 0, width - label, 100_000), _WRAP, node.text).height()
        if remark := _remark(node):
            height += self._remark_height(remark, width - label)
        return QSize(width, height + 2 * _PAD)

    def _room(self, index: QModelIndex | QPersistentModelIndex) -> int:
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return max(120, self._view.viewport().width() - depth * self._view.indentation() - _LEFT - 4)

    def _label_width(self, node: Node) -> int:
        return QFontMetrics(_font(node)).horizontalAdvance(node.label) + 6 if node.label else 0

    def _remark_height(self, remark: str, width: int) -> int:
        metrics = QFontMetrics(theme.current().font("small"))
        return metrics.boundingRect(QRect(0, 0, width, 100_000), _WRAP, remark).height()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        node, look = self._model.node(index), theme.current()
        if node is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("accent_soft"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(look.colour("accent"))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inner = rect.adjusted(_LEFT, _PAD, -2, -_PAD)
        font, label = _font(node), self._label_width(node)
        painter.setFont(font)
        if node.label:
            painter.setPen(look.colour("soft"))
            painter.drawText(inner, _WRAP, node.label)
        inner.setLeft(inner.left() + label)
        painter.setPen(_colour(node))
        painter.drawText(inner, _WRAP, node.text)
        if remark := _remark(node):
            width = self._room(index) - label
            used = QFontMetrics(font).boundingRect(QRect(0, 0, width, 100_000), _WRAP, node.text).height()
            inner.setTop(inner.top() + used)
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("accent" if node.logic else "soft"))
            painter.drawText(inner, _WRAP, remark)
        painter.restore()


def _remark(node: Node) -> str:
    """The logic word that governs the lines below, and the kind of the line."""
    return " · ".join(filter(None, (node.tag, node.logic and f"{node.logic}:")))


def _font(node: Node) -> QFont:
    look = theme.current()
    if node.kind == "heading":
        return look.font("small", bold=True)
    return look.font("normal", bold=node.kind == "statement")


def _colour(node: Node) -> QColor:
    look = theme.current()
    return look.colour({"heading": "soft", "warning": "warning", "said": "accent"}.get(node.kind, "text"))

"""The topics of the matrix: what each is called, and which one is shown."""

from __future__ import annotations

from collections.abc import Sequence

from policyview.export import editions
from policyview.gui.board import Board, flat
from policyview.gui.standing import Standing


def topic_words(board: Board) -> str:
    """A topic with its payers, and its documents where they are more."""
    columns = zip(board.heads, board.matrix.columns, strict=True)
    shown = {column.file for column in editions.shown(board.matrix)}
    payers = len({head.payer for head, column in columns if head.counts and column.file in shown})
    told = f"{flat(board.matrix.topic)} · {payers} {'payer' if payers == 1 else 'payers'}"
    return f"{told}, {len(shown)} documents" if len(shown) != payers else told


def same_topic(boards: Sequence[Board], topic: str | None, was: Standing | None) -> int:
    """The place of a topic; else of the one that holds the standing's document now, else of the richest; -1: none."""
    topics = [board.matrix.topic for board in boards]
    if topic in topics:
        return topics.index(topic)
    for number, board in enumerate(boards):
        if was and any(column.file == was.column.file for column in board.matrix.columns):
            return number
    return _richest(boards)


def _richest(boards: Sequence[Board]) -> int:
    """The topic with the most payers, of those that have rows; -1 where there is none."""
    sizes = [(bool(board.faces), len(board.heads), len(board.faces)) for board in boards]
    return sizes.index(max(sizes)) if sizes else -1

"""What of the comparison is on the screen: the topic, the rows that the filter leaves, the columns that are shown."""

from __future__ import annotations

import re

from policyview.export.narrowing import Narrowing
from policyview.gui.board import flat
from policyview.gui.matrix_view import MatrixView
from policyview.gui.session import Session

_NAME_CHARS = 60


def shown_narrowing(matrix: MatrixView) -> Narrowing | None:
    """What is shown now, with a sentence that says what is left out; None where there is no matrix."""
    board = matrix.board
    if board is None:
        return None
    rows, files = matrix.shown_rows, matrix.shown_files
    topic, others = flat(board.matrix.topic), len(matrix.boards) - 1
    told = [_of(len(rows), len(board.matrix.rows), "row"), _of(len(files), len(board.matrix.columns), "column")]
    said = f"{topic}, {' and '.join(told)}"
    why = [f"filter “{flat(matrix.filter.text())}”"] if matrix.filter.text().strip() else []
    why += ["only rows on which payers differ"] if matrix.differ.isChecked() else []
    said += f" ({', '.join(why)})" if why else ""
    said += f"; {others} other {'topic is' if others == 1 else 'topics are'} not in it" if others else ""
    return Narrowing(board.matrix.topic, rows, files, said)


def _of(shown: int, total: int, what: str) -> str:
    many = what if total == 1 else f"{what}s"
    return f"all {total} {many}" if shown == total else f"{shown} of {total} {many}"


def proposed_name(session: Session, matrix: MatrixView, is_all: bool = False) -> str:
    """A file's name without its ending: the topic's, or the workspace's."""
    if session.workspace is not None and is_all:
        return session.workspace.stem
    topic = matrix.board.matrix.topic if matrix.board is not None and not is_all else "comparison of policies"
    return re.sub(r"[^\w.-]+", "-", topic).strip("-.")[:_NAME_CHARS] or "comparison"

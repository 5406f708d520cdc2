"""What the window as a whole says: its title, and why there is no matrix."""

from __future__ import annotations

from pathlib import Path

from policyview.gui.board import Board, flat
from policyview.gui.session import Session
from policyview.inputs import shown_name


def window_title(board: Board | None, workspace: Path | None, is_pack: bool) -> str:
    """Names the topic, and the workspace where it has a name, or the pack."""
    topic = board.matrix.topic if board else ""
    name = flat(shown_name(workspace).rpartition("/")[2]) if workspace else ""
    named = filter(None, (flat(topic), name, "Audit pack, read-only" if is_pack else ""))
    title = " · ".join(named).replace("[*]", "[*][*]")  # Qt's mark
    return f"{title} – policyview" if title else "policyview"


def why_no_matrix(session: Session) -> str:
    """What stands in the place of the matrix while nothing is compared."""
    if session.is_busy:
        return "The matrix stands here as soon as the first documents are read"
    if session.broken:
        return "The comparison could not be made. The panel below says why."
    if session.readings:
        return "No indication was found in these documents"
    return "None of these files could be read. The panel below says why, and what helps."

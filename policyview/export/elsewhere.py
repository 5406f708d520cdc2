"""What a cell says of another row in which its answer stands; told alike by the window and by every file."""

from __future__ import annotations

from policyview.export import vocabulary
from policyview.export.legible import on_one_line
from policyview.model import Broader, Silent, State

_NEAR, _THIS_USE = "see", "own"


def state_word(state: State, answer: Broader | Silent | None) -> str:
    """The state in a word; others where what the payer says of nearly this use, or of this very one, is elsewhere."""
    if isinstance(answer, Silent) and answer.see:
        return vocabulary.word("states", _NEAR)
    if isinstance(answer, Broader) and answer.see and not answer.is_wider:
        return vocabulary.word("states", _THIS_USE)
    return vocabulary.state_word(state)


def row_named(answer: object) -> str:
    """The row in which it stands, in quotation marks; empty where there is none to look at."""
    see = answer.see if isinstance(answer, Broader | Silent) else None
    return f"“{on_one_line(see.label)}”" if see else ""

"""What a person said of the changes between two versions: confirmed, not relevant, a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from policyview.model import Anchor
from policyview.versions import Change

Judgement = Literal["", "confirmed", "not relevant"]
Quoted = tuple[str, str, str]
"""A quote with what stands before and behind it."""


@dataclass(frozen=True)
class ChangeKey:
    """A change told by the sums of its two versions and by what they print, so that comparing anew finds it again."""

    old: str
    new: str
    before: Quoted | None
    after: Quoted | None

    @classmethod
    def of(cls, old: str, new: str, change: Change) -> ChangeKey:
        """The key of a change between the versions with these SHA-256 sums."""
        before, after = (_quoted(side.anchor) if side else None for side in (change.before, change.after))
        return cls(old, new, before, after)


def _quoted(anchor: Anchor) -> Quoted:
    return anchor.quote, anchor.prefix, anchor.suffix


@dataclass(frozen=True)
class Mark:
    """What was said of a change; nothing yet where it is neither judged nor noted."""

    judgement: Judgement = ""
    note: str = ""

    @property
    def is_reviewed(self) -> bool:
        return bool(self.judgement)


class ChangeMarks(QObject):
    """The marks of all changes, each step undoable. ``changed`` carries the key whose mark is another now."""

    changed = Signal(object)

    def __init__(self, undo_stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._undo_stack = undo_stack
        self._marks: dict[ChangeKey, Mark] = {}

    def mark(self, key: ChangeKey | None) -> Mark:
        """What was said of a change."""
        return self._marks.get(key, Mark()) if key else Mark()

    def set_mark(self, key: ChangeKey, mark: Mark) -> None:
        """Says it, as a step that can be undone."""
        if mark != self.mark(key):
            self._undo_stack.push(_Said(self, key, self.mark(key), mark))

    def put(self, key: ChangeKey, mark: Mark) -> None:
        """Says it, undo left alone."""
        self._marks[key] = mark
        self.changed.emit(key)


class _Said(QUndoCommand):
    """One step of a review."""

    def __init__(self, marks: ChangeMarks, key: ChangeKey, before: Mark, after: Mark) -> None:
        super().__init__(_named(before, after))
        self._marks, self._key = marks, key
        self._before, self._after = before, after

    def redo(self) -> None:
        self._marks.put(self._key, self._after)

    def undo(self) -> None:
        self._marks.put(self._key, self._before)


def _named(before: Mark, after: Mark) -> str:
    if before.judgement == after.judgement:
        return "note on a change"
    return f"{after.judgement or 'not reviewed'}: a change"

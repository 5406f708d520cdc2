"""Which places of a document are part of something read already."""

from __future__ import annotations

from collections.abc import Iterable


class Taken:
    """A mark a character; asked for thousands of passages, so no list of spans is searched."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._marks = bytearray(length)
        self.add(spans)

    def add(self, spans: Iterable[tuple[int, int]]) -> None:
        """Marks each (start, end)."""
        for start, end in spans:
            self._marks[start:end] = b"\1" * (end - start)

    def holds_any(self, start: int, end: int) -> bool:
        """Whether anything of ``text[start:end]`` is taken."""
        return self._marks.find(b"\1", start, end) >= 0

"""In which order the columns of a topic stand, which of them are hidden, and which stay where they are."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Arrangement:
    """What a person chose for the columns of one topic, told by their files; a file that is not named here stands
    behind those that are. Our own columns are pinned by themselves, unless they were let go (``loose``)."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()

    def is_pinned(self, file: str, ours: Container[str]) -> bool:
        return file in self.pinned or (file in ours and file not in self.loose)

    def shown(self, files: Sequence[str], ours: Container[str]) -> tuple[tuple[str, ...], int]:
        """The files that are shown in their order, pinned ones first, and how many of them are pinned."""
        place = {file: number for number, file in enumerate(self.order)}
        ordered = sorted(files, key=lambda file: place.get(file, len(place)))
        seen = [file for file in ordered if file not in self.hidden]
        pinned = [file for file in seen if self.is_pinned(file, ours)]
        return (*pinned, *(file for file in seen if file not in pinned)), len(pinned)

    def hiding(self, file: str) -> Arrangement:
        return replace(self, hidden=self.hidden | {file})

    def showing_all(self) -> Arrangement:
        return replace(self, hidden=frozenset())

    def pinning(self, file: str, is_pinned: bool) -> Arrangement:
        """Pins a column to the left, or lets it go."""
        if is_pinned:
            return replace(self, pinned=self.pinned | {file}, loose=self.loose - {file})
        return replace(self, pinned=self.pinned - {file}, loose=self.loose | {file})

    def moving(self, files: Sequence[str], file: str, to: int) -> Arrangement:
        """Puts a column before the ``to``-th of the ``files`` that are shown now."""
        others = [each for each in files if each != file]
        before = sum(each != file for each in files[:to])
        moved = [*others[:before], file, *others[before:]]
        return replace(self, order=(*moved, *(each for each in self.order if each not in moved)))


def packed(arrangements: Mapping[str, Arrangement]) -> bytes:
    """The arrangements of topics as they are kept."""
    told = {
        topic: {part.name: sorted(chosen) if isinstance(chosen := getattr(each, part.name), frozenset) else chosen
                for part in fields(each)}
        for topic, each in arrangements.items() if each != Arrangement()
    }  # fmt: skip
    return json.dumps(told).encode("ascii") if told else b""


def unpacked(content: bytes) -> dict[str, Arrangement]:
    """What was kept; what cannot be understood is as if nothing had been arranged."""
    try:
        told = json.loads(content or b"{}")
        return {
            str(topic): Arrangement(tuple(map(str, each["order"])),
                                    *(frozenset(map(str, each[name])) for name in ("hidden", "pinned", "loose")))
            for topic, each in told.items()
        }  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}

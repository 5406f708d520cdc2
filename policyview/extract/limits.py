"""Joins limits that stand beside the statements ("Approval duration: 6 months") to the uses that they limit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from policyview.extract.limit_lines import Line, limit_lines, stage_said, starts_of
from policyview.lexicon import Lexicon
from policyview.model import Determination, Document, Indication, Limit, Part, Stage, Structure

_GRANTED = frozenset({Determination.MEDICALLY_NECESSARY, Determination.CONDITIONAL})
_WORD = re.compile(r"[^\W\d_]{3,}|\b[A-Z]{2}\b")


def with_limits(
    found: Sequence[Indication], document: Document, structure: Structure, lexicon: Lexicon
) -> list[Indication]:
    """The indications with the limits printed outside their statements and lists.

    A line below a list limits the use above it, a section of limits those of its stage.
    """
    granted = sorted((use for use in found if use.determination in _GRANTED), key=lambda use: use.anchor.start)
    if not granted:
        return list(found)
    lines = limit_lines(document, structure.parts, granted, lexicon)
    places = _Places(structure.parts, granted, lexicon)
    more: dict[str, list[Limit]] = {}
    for line, uses in zip(lines, places.uses_of(lines), strict=True):
        for use in uses:
            more.setdefault(use.id, []).append(line.limit)
    return [replace(i, limits=(*i.limits, *more[i.id])) if i.id in more else i for i in found]


class _Places:
    """Which of the uses, in reading order, a limit is for, by where it stands."""

    def __init__(self, parts: Sequence[Part], uses: Sequence[Indication], lexicon: Lexicon) -> None:
        self.parts = parts
        self.uses = uses
        self.lexicon = lexicon
        self.starts = [use.anchor.start for use in uses]
        begins = sorted((begin, number) for number, part in enumerate(parts) if (begin := _begin(part)) is not None)
        self.begins, self.numbers = [begin for begin, _ in begins], [number for _, number in begins]
        self.part_of = {use.id: self._part_at(use.anchor.start) for use in uses}

    def uses_of(self, lines: Sequence[Line]) -> list[list[Indication]]:
        above = [self._above(line) for line in lines]
        followed = Counter(use.basis.start for use in above if use and use.basis)
        rivals = Counter((line.limit.kind, line.stage) for line in lines if not line.is_under)
        sections = Counter(self._heading(number) for number in {line.part for line in lines if line.is_under})
        out: list[list[Indication]] = []
        since = 0  # where the uses begin that a section of limits printed again and again is for
        for number, (line, use) in enumerate(zip(lines, above, strict=True)):
            repeats = line.is_under and sections[self._heading(line.part)] > 1
            if line.of:
                out.append(self._named(line))
            elif repeats and use:
                between = self._of_stage([u for u in self.uses if since <= u.anchor.start < line.start], line.stage)
                out.append(between or [use])
            elif line.is_under:
                out.append(self._of_stage(self.uses, line.stage))
            elif use:
                out.append(self._local(line, use, is_only=followed[use.basis.start if use.basis else -1] == 1))
            else:  # said for all, if nothing else is said
                is_alone = rivals[line.limit.kind, line.stage] == 1 and not self._is_in_other(line)
                out.append(self._of_stage(self.uses, line.stage) if is_alone else [])
            if repeats and (number + 1 == len(lines) or lines[number + 1].part != line.part):
                since = line.start
        return [self._unnamed(line, of, lines, out) for line, of in zip(lines, out, strict=True)]

    def _unnamed(
        self, line: Line, of: list[Indication], lines: Sequence[Line], uses: Sequence[list[Indication]]
    ) -> list[Indication]:
        """The uses of a line that yields ("unless otherwise specified") without those that others of its part name."""
        if not line.yields:
            return of
        own = {
            use.id for other, named in zip(lines, uses, strict=True) for use in named
            if other.of and (other.part, other.limit.kind, other.stage) == (line.part, line.limit.kind, line.stage)
        }
        return [use for use in of if use.id not in own]

    def _part_at(self, start: int) -> int:
        at = bisect_right(self.begins, start) - 1
        return self.numbers[at] if at >= 0 else -1

    def _heading(self, number: int) -> str:
        section = self.parts[number].section
        return section.heading.casefold().strip(" :.") if section else ""

    def _above(self, line: Line) -> Indication | None:
        """The use above a line, if the line can be its own: not below a section or an item that is of another."""
        at = bisect_right(self.starts, line.start) - 1
        if at < 0 or line.is_under:
            return self.uses[at] if at >= 0 else None
        use = self.uses[at]
        if self._is_in_other(line):
            return None
        there = self.part_of[use.id]
        section = self.parts[there].section if there >= 0 else None
        if there == line.part or (section and section in self.parts[line.part].path):
            return use
        is_of_stage = line.is_period and stage_said(self._heading(line.part), self.lexicon) is not None
        return use if is_of_stage or (line.is_period and line.part == there + 1) else None

    def _is_in_other(self, line: Line) -> bool:
        """Whether a line stands in an item that is neither a use nor one of the criteria of the use above."""
        at = bisect_right(self.starts, line.start) - 1
        if at < 0 or not line.inside or self.starts[at] >= line.inside[0]:
            return False
        own = set(starts_of(self.uses[at].criteria))
        return not any(start in own for start in line.inside)

    def _local(self, line: Line, use: Indication, is_only: bool) -> list[Indication]:
        """The use above, or the nearest of the stage said; all of its statement where only one line follows them."""
        part = self.part_of[use.id]
        peers = [u for u in self.uses if self.part_of[u.id] == part and u.anchor.start <= use.anchor.start]
        if use.anchor.start <= line.start < use.anchor.end:
            return [use]  # its own words
        if line.stage and not _is_of_stage(use, line.stage):
            before = [u for u in self.uses if u.anchor.start <= use.anchor.start]
            return self._of_stage(peers, line.stage)[-1:] or self._of_stage(before, line.stage)[-1:] or [use]
        if is_only and use.basis:
            return [u for u in peers if u.basis and u.basis.start == use.basis.start and u.stage == use.stage]
        return [use]

    def _named(self, line: Line) -> list[Indication]:
        wanted = [_words(name) for name in line.of]
        said = [(use, _words(" ".join((use.text, *use.context)))) for use in self.uses]
        named = [use for use, words in said if any(name and name <= words for name in wanted)]
        return self._of_stage(named, line.stage)

    def _of_stage(self, uses: Sequence[Indication], stage: Stage | None) -> list[Indication]:
        return [use for use in uses if stage is None or _is_of_stage(use, stage)]


def _words(text: str) -> set[str]:
    """The words of a name, the plural as the singular."""
    return {word.casefold().removesuffix("s") for word in _WORD.findall(text)}


def _is_of_stage(use: Indication, stage: Stage) -> bool:
    return (use.stage == "continuation") == (stage == "continuation")


def _begin(part: Part) -> int | None:
    """Where a part begins in the source."""
    if part.section:
        return part.section.anchor.start
    return next((block.passage.offsets[0] for block in part.blocks if block.passage), None)

"""Finds the limits that stand beside the statements: lines below lists, and sections and tables of limits."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policyview.anchor import anchor_of
from policyview.extract.criteria import without_joint
from policyview.extract.limit_words import is_bare_label, kind_of_heading, kind_of_line, names_of
from policyview.extract.shapes import stage_of
from policyview.lexicon import Lexicon
from policyview.model import (
    Block,
    Criterion,
    Document,
    Indication,
    Limit,
    LimitKind,
    Part,
    Passage,
    Role,
    Stage,
)
from policyview.wording.sentences import split_sentences

_READ = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.PRIOR_AUTHORIZATION, Role.OTHER})
_MOST_ROWS = 8  # a longer table of amounts is of products, and is told by its heading alone


@dataclass(frozen=True)
class Line:
    """A limit as printed, with the part it stands in and what it says it is for."""

    limit: Limit
    start: int
    part: int
    stage: Stage | None = None
    is_under: bool = False  # in a section of limits
    of: tuple[str, ...] = ()  # names of what alone it holds for
    yields: bool = False  # to the lines that name their uses ("unless otherwise specified")
    inside: tuple[int, ...] = ()  # where the items begin that it stands in, the outer first

    @property
    def is_period(self) -> bool:
        return self.limit.kind == "approval_period"


@dataclass(frozen=True)
class _Sentence:
    passage: Passage
    above: tuple[Block, ...]


def limit_lines(
    document: Document, parts: Sequence[Part], granted: Sequence[Indication], lexicon: Lexicon
) -> list[Line]:
    """The limits of all parts that no statement or list of ``granted`` has yet, in reading order."""
    reader = _Lines(document, granted, lexicon)
    found: list[Line] = []
    last: list[Line] = []  # of the last section of limits
    for number, part in enumerate(parts):
        under = kind_of_heading(part.section.heading, lexicon) if part.section else None
        if part.role not in _READ and under is None:
            continue
        here = reader.lines_of(part, number, under)
        if under and part.section:
            here = here or reader.pointed(part, number, last)
            last = here
        found += here
    if any(line.is_under and line.stage == "continuation" for line in found):  # the others are those of the beginning
        found = [replace(line, stage="initial") if line.is_under and not line.stage else line for line in found]
    return found


class _Lines:
    """Reads the lines of one document."""

    def __init__(self, document: Document, granted: Sequence[Indication], lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self.known = sorted((limit.anchor.start, limit.anchor.end) for use in granted for limit in use.limits)
        self.owned = {start for use in granted for start in starts_of((*use.criteria, *use.inherited))}

    def lines_of(self, part: Part, number: int, under: LimitKind | None) -> list[Line]:
        stage = stage_said(part.section.heading, self.lexicon) if under and part.section else None
        lines = (self._line(sentence, number, stage, under) for sentence in _sentences(part.blocks, under is not None))
        return [line for line in lines if line]

    def pointed(self, part: Part, number: int, before: Sequence[Line]) -> list[Line]:
        """The lines of the section before, where this one says "same as above"."""
        same = self.lexicon["limits"]["as-above"].regex
        if not part.section or not any(b.passage and same.fullmatch(b.passage.text) for b in part.blocks):
            return []
        stage = stage_said(part.section.heading, self.lexicon)
        return [replace(line, part=number, stage=stage) for line in before]

    def _line(self, sentence: _Sentence, part: int, stage: Stage | None, under: LimitKind | None) -> Line | None:
        text, start = sentence.passage.text, sentence.passage.offsets[0]
        kind = kind_of_line(text, self.lexicon, under)
        if kind is None or is_bare_label(text, self.lexicon) or self._is_known(sentence.passage):
            return None
        if kind != "approval_period" and start in self.owned:
            return None
        passage = without_joint(sentence.passage)
        outer = [stage_said(block.passage.text, self.lexicon) for block in reversed(sentence.above)] if under else []
        said = next((s for s in (stage_said(text, self.lexicon), *outer) if s), stage)
        limit = Limit(kind, passage.text, anchor_of(self.document, passage))
        names = names_of(text, self.lexicon)
        inside = tuple(block.passage.offsets[0] for block in sentence.above)
        yields = bool(self.lexicon["limits"]["yields"].regex.search(text))
        return Line(limit, start, part, said, under is not None, names, yields, inside)

    def _is_known(self, passage: Passage) -> bool:
        """Whether a statement has the words as a limit already."""
        at = bisect_right(self.known, (passage.end, 0)) - 1
        return at >= 0 and self.known[at][1] > passage.offsets[0]


def starts_of(criteria: Sequence[Criterion]) -> Iterator[int]:
    """Where the criteria of a tree begin."""
    for criterion in criteria:
        yield criterion.anchor.start
        yield from starts_of(criterion.children)


def stage_said(text: str, lexicon: Lexicon) -> Stage | None:
    """The stage a line speaks of; none where it speaks of both ("initially 6 months, renewed annually")."""
    statements = lexicon["statements"]
    later = lexicon["limits"]["later"].regex.search(text) or statements["stage-continuation"].regex.search(text)
    if later and statements["stage-initial"].regex.search(text):
        return None
    return "continuation" if later else stage_of([text], lexicon)


def _sentences(blocks: Sequence[Block], has_rows: bool, above: tuple[Block, ...] = ()) -> Iterator[_Sentence]:
    """The sentences of the blocks with the items they stand in; with ``has_rows`` a row of a short table is one."""
    rows = Counter(block.table for block in blocks if block.kind == "row")
    for block in blocks:
        if block.kind == "row":
            if has_rows and rows[block.table] <= _MOST_ROWS and block.passage:
                yield _Sentence(block.passage, above)
        elif block.passage:
            yield from (_Sentence(passage, above) for passage in split_sentences(block.passage))
            yield from _sentences(block.children, has_rows, (*above, block))
        else:
            yield from _sentences(block.children, has_rows, above)

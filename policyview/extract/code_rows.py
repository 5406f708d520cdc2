"""Codes in the cells of a table row: each with the words beside it and the verdict that the row gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policyview.extract.code_runs import CodeRun, iter_runs
from policyview.extract.code_words import CodeWords
from policyview.lexicon import Lexicon
from policyview.model import CodeGroup, Passage, join

BULLET = re.compile(r"[\s•·▪◦‣\-–*†‡§♦|()\[\]\d.+]*\Z")
_VERDICT_WORDS = 8  # of a table cell that states a group
_HEAD_WORDS = 4  # of a cell that heads its column
_COVERED_HEAD = re.compile(r"\bcover(?:ed|age)\b", re.IGNORECASE)
_COVERED = re.compile(r"covered\b(?! (?:on|under|by) )", re.IGNORECASE)  # elsewhere is not here
_ANSWER = re.compile(r"\s*(?:(?P<yes>yes|y)|no|n)\s*[*†‡]*\s*", re.IGNORECASE)
_OTHER_CODE = re.compile(r"\s*[EV]?\d{2,3}(?:\.\d{1,2})?\s*")  # as the older revision prints them


@dataclass(frozen=True)
class CodedCell:
    """A cell that consists of codes."""

    cell: Passage
    run: CodeRun
    description: str | None
    verdict: CodeGroup | None


class RowReader:
    """Reads the rows of tables in which codes have a cell of their own."""

    def __init__(self, words: CodeWords, lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self._covered_column: int | None = None  # in it, "yes" and "no" say what a code stands for

    def is_head(self, cells: Sequence[Passage]) -> bool:
        texts = [cell.text.strip() for cell in cells if cell]
        is_short = all(len(text.split()) <= _HEAD_WORDS and not re.search(r"\d{3}", text) for text in texts)
        if any(iter_runs(text, self.lexicon, is_listed=True) for text in texts):
            return False
        return is_short and any(self.words.is_label(text) for text in texts)

    def read_head(self, cells: Sequence[Passage]) -> None:
        """Takes note of the column that says whether a code is covered."""
        heads = [(n, cell.text) for n, cell in enumerate(cells) if n and len(cell.text.split()) <= _HEAD_WORDS]
        columns = [n for n, text in heads if _COVERED_HEAD.search(text)]
        self._covered_column = columns[0] if len(columns) == 1 else None

    def coded_cells(self, cells: Sequence[Passage], *, revenue: bool) -> list[CodedCell]:
        """The cells that are codes, with the cells up to the next such as their description."""
        runs = [self._whole_run(cell, revenue=revenue) if cell else None for cell in cells]
        coded = [n for n, run in enumerate(runs) if run]
        coded = [n for n in coded if n == coded[0] or self._stands_alone(n, cells, runs)]
        if not coded or sum(1 for cell in cells[:coded[0]] if cell) > 2:
            return []
        out = list[CodedCell]()
        for n, following in zip(coded, [*coded[1:], len(cells)], strict=True):
            run = runs[n]
            beside = [cell for cell in cells[n + 1:following] if self._tells(cell)]
            if n == coded[0] and not any(_OTHER_CODE.fullmatch(cell.text) for cell in cells[:n]):
                beside = [cell for cell in cells[:n] if self._tells(cell)] + beside
            stated = [(cell, verdict) for cell in beside[1:] if (verdict := self.verdict(cell))]
            words = join([cell for cell in beside if all(cell is not other for other, _ in stated)]).text or None
            if run:
                out.append(CodedCell(cells[n], run, words, stated[-1][1] if stated else self._answer(cells)))
        return out

    def verdict(self, cell: Passage) -> CodeGroup | None:
        """The group that a short cell states."""
        if len(cell.text.split()) > _VERDICT_WORDS:
            return None
        return self.words.group(cell.text) or ("supports_coverage" if _COVERED.match(cell.text) else None)

    def _answer(self, cells: Sequence[Passage]) -> CodeGroup | None:
        column = self._covered_column
        answer = _ANSWER.fullmatch(cells[column].text) if column is not None and column < len(cells) else None
        if answer is None:
            return None
        return "supports_coverage" if answer["yes"] else "not_covered"

    def _tells(self, cell: Passage) -> bool:
        return bool(cell) and not self.words.is_label(cell.text) and not _ANSWER.fullmatch(cell.text)

    def _stands_alone(self, n: int, cells: Sequence[Passage], runs: Sequence[CodeRun | None]) -> bool:
        """Whether a later cell is a code too: its letters say so, or the row is a grid; "10000" may be a limit."""
        run = runs[n]
        is_grid = all(found or not cell for cell, found in zip(cells, runs, strict=True))
        return is_grid or bool(run and all(span.system != "CPT" for span in run.spans))

    def _whole_run(self, cell: Passage, *, revenue: bool) -> CodeRun | None:
        """The run of codes that a cell consists of; the label of a system may stand around it."""
        runs = iter_runs(cell.text, self.lexicon, is_listed=True, revenue=revenue)
        before = cell.text[:runs[0].start] if runs else ""
        if not runs or not (BULLET.match(before) or self.words.is_label(before)):  # "CPT 99999"
            return None
        coded = sum(c.isalnum() for run in runs for c in cell.text[run.start:run.end])
        beside = sum(c.isalnum() for c in cell.text[runs[0].start:]) - coded
        if beside > 3 and not self.words.is_label(cell.text[runs[-1].end:]):  # footnote marks may stand behind
            return None
        spans = tuple(span for run in runs for span in run.spans)
        return CodeRun(runs[0].start, runs[-1].end, spans, runs[-1].is_open, runs[-1].is_range)

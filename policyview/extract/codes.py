"""Procedure and diagnosis codes with their descriptions, what they stand for (covered or not) and residual rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from policyview.anchor import anchor_of
from policyview.extract.code_runs import CodeRun, CodeSpan, iter_runs
from policyview.extract.printed import line_starts
from policyview.lexicon import Lexicon
from policyview.model import Anchor, Block, Code, CodeGroup, CodeRule, Document, Part, Passage, Role, Section, Structure, join

_LEAD_WORDS = 45  # a longer paragraph is prose about codes, no lead-in to a list of them
_BULLET = re.compile(r"[\s•·▪◦‣\-–*†‡§♦|()\[\]\d.]*\Z")
_AFTER_CODE = re.compile(r"[*†‡§♦^#®◊¹²³]*\s*[:–—\-‐|]*\s*")
_CONDITION = re.compile(r"[\[(]\s*((?:only )?(?:when|if|for use|specified)\b[^\])]*)[\])]", re.IGNORECASE)
_NO_CODES = frozenset({Role.HISTORY, Role.REFERENCES, Role.DISCLAIMER, Role.BACKGROUND})


@dataclass(frozen=True)
class _Words:
    """The lexicon's words around codes, compiled."""

    labels: tuple[tuple[str, re.Pattern[str]], ...]
    groups: tuple[tuple[CodeGroup, re.Pattern[str]], ...]
    disclaimer: re.Pattern[str]
    gone: re.Pattern[str]
    residual: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> _Words:
    file = lexicon["codes"]

    def loose(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{file[name].regex.pattern})(?!\w)", re.IGNORECASE)

    labels = tuple((str(e.get("system")), loose(e.name)) for e in file.values() if e.get("kind") == "label")
    groups = tuple((e.get("group"), loose(e.name)) for e in file.values() if e.get("kind") == "group")
    return _Words(labels, groups, loose("disclaimer"), loose("gone"), loose("residual"))


@dataclass
class _State:
    """What the lines above say of the codes below."""

    system: str = ""
    region: CodeGroup = "informational"
    table: CodeGroup | None = None  # said by a line that also names the system: it ends with the next system
    condition: str | None = None
    is_listing: bool = False  # a code heading was seen in this part
    open_code: tuple[str, str, Anchor] | None = None  # (system, code, anchor) of a range whose end comes next
    undescribed: int = 0  # how many of the last codes wait for their description

    @property
    def group(self) -> CodeGroup:
        return self.table or self.region


def codes(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[tuple[Code, ...], tuple[CodeRule, ...]]:
    """All codes of the document, each once a group, and its rules for codes that are not listed."""
    reader = _Reader(document, lexicon)
    for part in structure.parts:
        reader.read(part)
    return _merged(reader.found), tuple(reader.rules)


def _merged(found: list[Code]) -> tuple[Code, ...]:
    """Each code once a group; a mention without a group adds nothing to one that has it."""
    best: dict[tuple[str, str, str | None, CodeGroup], Code] = {}
    grouped = {(c.system, c.code, c.end) for c in found if c.group != "informational"}
    described = {(c.system, c.code, c.end): c.description for c in reversed(found) if c.description}
    for code in found:
        key = (code.system, code.code, code.end)
        if code.group == "informational" and key in grouped:
            continue
        known = best.get((*key, code.group))
        if known is None or (known.description is None and code.description):
            best[(*key, code.group)] = replace(code, description=code.description or described.get(key))
    return tuple(best.values())


class _Reader:
    """Walks the parts in reading order and keeps what headings and lead-ins say of the codes below them."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document, self.lexicon, self.words = document, lexicon, _words(lexicon)
        self.state = _State()
        self.found: list[Code] = []
        self.rules: list[CodeRule] = []
        self._region: object = None

    def read(self, part: Part) -> None:
        if part.role in _NO_CODES and not self._names_codes(part):
            self.state, self._region = _State(), None
            return
        in_coding = any(section.role is Role.CODING for section in part.path) or part.role is Role.CODING
        region = next((s.anchor.start for s in part.path if s.role is Role.CODING), None)
        if not in_coding:
            self.state = _State()
        elif self._region is None or (region != self._region and self._is_new_region(part)):
            self.state = _State()
        self._region = region if in_coding else None
        self.state.is_listing = in_coding
        if part.section:
            self._cue(part.section.heading, None, is_heading=True)
            self._mentioned(part.section)
        for block in part.iter_blocks():
            self._block(block)

    def _mentioned(self, section: Section) -> None:
        """Codes that a heading names ("diagnoses that support coverage of codes …") stand for what it says."""
        quote, start = section.anchor.quote, section.anchor.start
        passage = Passage(quote, range(start, start + len(quote)))
        for run in iter_runs(quote, self.lexicon, is_listed=False):
            if run.start and self._is_told(quote, run, {0}):
                group, table = self._group(quote), self.state.table
                self._take(passage, run, None, group)
                self.state.table = table
                self.state.undescribed = 0

    def _names_codes(self, part: Part) -> bool:
        return bool(part.section) and any(s and p.search(part.section.heading) for s, p in self.words.labels)  # type: ignore[union-attr]

    def _is_new_region(self, part: Part) -> bool:
        """A coding section beside the last one starts afresh, unless its heading only names a system or group."""
        heading = part.section.heading if part.section else ""
        names = any(p.search(heading) for s, p in self.words.labels if s)
        return not names and not any(p.search(heading) for _, p in self.words.groups)

    # ------------------------------------------------------------------ what lines say of codes

    def _cue(self, text: str, passage: Passage | None, *, is_heading: bool) -> None:
        if self.words.disclaimer.search(text):
            return
        state = self.state
        named = [s for s, p in self.words.labels if s and p.search(text)]
        system = named[0] if named else ""
        if {"REV", "NDC", "ICD-9"} & set(named) and not (len(set(named)) == 1 and self._is_label(text.rstrip(" :"))):
            system = ""  # only a heading of their own turns the digits below into such codes
        rule = self.words.residual.search(text)
        group = self._group(text) if is_heading or self._is_lead_in(text) else None
        if rule and not text.rstrip().endswith(":"):
            group = None
        if system:
            if system != state.system:
                state.table, state.condition = None, None
            state.system, state.is_listing = system, True
        if group and system:
            state.table = group
        elif group:
            state.region, state.table = group, None
            state.condition = text.strip(" :") if re.search(r"\b(?:when|if)\b", text) else None
        elif not is_heading and re.match(r"(?:for|when|if)\b.*:\s*\Z", text.strip(), re.IGNORECASE):
            state.condition = text.strip(" :")
        if rule and passage:
            self._rule(passage, system or state.system, group or state.group)

    def _is_lead_in(self, text: str) -> bool:
        """Whether a line introduces codes: it ends in a colon, or is a short statement of its own about codes."""
        text = text.strip()
        if text.endswith(":"):
            return True
        speaks = re.search(r"\b(?:codes?|diagnos[ei]s|services?|procedures?|considered)\b", text, re.IGNORECASE)
        return bool(speaks) and text[:1].isupper() and len(text.split()) <= 30

    def _group(self, text: str) -> CodeGroup | None:
        return next((group for group, p in self.words.groups if p.search(text)), None)

    def _rule(self, passage: Passage, system: str, group: CodeGroup) -> None:
        named = tuple(span.code for run in iter_runs(passage.text, self.lexicon, is_listed=False) for span in run.spans)
        self.rules.append(CodeRule(system, group, passage.text, anchor_of(self.document, passage), named))

    # ------------------------------------------------------------------ blocks

    def _block(self, block: Block) -> None:
        if block.kind == "row" and len(block.cells) > 1:
            self._row(block)
        else:
            self._text(block.passage)

    def _row(self, block: Block) -> None:
        cells, state = block.cells, self.state
        text = block.passage.text
        if block.is_head or self._is_head(cells):
            state.is_listing = state.is_listing or self._is_head(cells)
            self._cue(text, None, is_heading=True)
            return
        runs = [(cell, self._whole_run(cell, nth)) for nth, cell in enumerate(cells)]
        if state.is_listing and (listed := next(((n, r) for n, (_, r) in enumerate(runs) if r), None)):
            nth, run = listed
            rest = [c for n, c in enumerate(cells) if n != nth and c and not self._is_label(c.text)]
            self._take(cells[nth], run, join(rest).text if rest else None)
            return
        row_group = next((g for c in cells if c and len(c.text.split()) <= 8 and (g := self._group(c.text))), None)
        if row_group is None and any(c.text.strip().lower().startswith("covered") for c in cells if c):
            row_group = "supports_coverage"
        for cell in cells:
            if cell:
                self._text(cell, row_group)

    def _is_head(self, cells: tuple[Passage, ...]) -> bool:
        texts = [c.text.strip() for c in cells if c.text.strip()]
        return bool(texts) and all(len(t.split()) <= 4 for t in texts) and any(
            self._is_label(t) for t in texts
        ) and not any(re.search(r"\d{3}", t) for t in texts)

    def _is_label(self, text: str) -> bool:
        return any(
            (m := p.search(text)) and len(text.strip()) <= len(m.group()) + 12 and not re.search(r"\d{3}", text)
            for _, p in self.words.labels
        )

    def _whole_run(self, cell: Passage, nth: int) -> CodeRun | None:
        """The run of codes that a cell consists of."""
        if not cell or nth > 2:
            return None
        runs = iter_runs(cell.text, self.lexicon, is_listed=True, revenue=self.state.system == "REV")
        if not runs or not _BULLET.match(cell.text[:runs[0].start]):
            return None
        rest = cell.text[runs[0].start:]
        plain = re.sub(r"[\W_]+", "", "".join(cell.text[r.start:r.end] for r in runs))
        return _sum(runs) if len(re.sub(r"[\W_]+", "", rest)) <= len(plain) + 3 else None

    def _text(self, passage: Passage, group: CodeGroup | None = None) -> None:
        text, state = passage.text, self.state
        starts = set(line_starts(self.document, passage))
        runs = [
            run for run in iter_runs(text, self.lexicon, is_listed=state.is_listing, revenue=state.system == "REV")
            if self._is_told(text, run, starts)
        ]
        cuts = [0, *(run.start for run in runs), len(text)]
        before = passage.part(0, cuts[1])
        if before and not self._describes(before):
            self._lead(before)
        if group is None and before and len(before.text.split()) <= _LEAD_WORDS:
            group = None if self.words.disclaimer.search(before.text) else self._near_group(before.text)
        for nth, run in enumerate(runs):
            listed = self._line_of(text, run, starts)
            tail = passage.part(_AFTER_CODE.match(text, run.end).end(), cuts[nth + 2])  # type: ignore[union-attr]
            description = self._description(tail) if listed and state.is_listing else None
            self._take(passage, run, description, group if not listed else None)

    def _describes(self, before: Passage) -> bool:
        """Takes a line without a code as the description of the codes printed above it, where these have none."""
        state, text = self.state, before.text
        waiting, state.undescribed = state.undescribed, 0
        if not waiting or text.endswith(":") or self._is_label(text) or self._is_column_head(text):
            return False
        if self._group(text) or len(text.split()) > _LEAD_WORDS:
            return False
        self.found[-waiting:] = [replace(code, description=" ".join(text.split())) for code in self.found[-waiting:]]
        return True

    def _near_group(self, text: str) -> CodeGroup | None:
        sentence = re.split(r"(?<=[.;])\s", text)[-1]
        return self._group(sentence)

    def _lead(self, passage: Passage) -> None:
        for start, end in _iter_lines(self.document, passage):
            line = passage.part(start, end)
            if line and len(line.text.split()) <= _LEAD_WORDS:
                self._cue(line.text, line, is_heading=False)

    def _description(self, tail: Passage) -> str | None:
        """The words after a code, up to a line that heads the next table; such lines are read as cues."""
        end = len(tail)
        for start, stop in _iter_lines(self.document, tail):
            line = tail.text[start:stop].strip()
            if start and (self._is_label(line) or line.endswith(":") or self._is_column_head(line)):
                end = start
                break
        if end < len(tail):
            self._pending_lead = tail.part(end)
        return " ".join(tail.text[:end].split()) or None

    _pending_lead: Passage | None = None

    def _is_column_head(self, line: str) -> bool:
        return bool(re.fullmatch(r"(?:codes?|descriptions?|code descriptions?|[\s|®*]|CPT|HCPCS|ICD\S*)+", line, re.I))

    def _line_of(self, text: str, run: CodeRun, starts: set[int]) -> bool:
        line = max((s for s in starts if s <= run.start), default=0)
        return bool(_BULLET.match(text[line:run.start]))

    def _is_told(self, text: str, run: CodeRun, starts: set[int]) -> bool:
        """Whether a run stands where codes stand: first in a line of a list, or after words that announce codes."""
        before = text[max(0, run.start - 60):run.start]
        if self.state.system == "NDC" or self.words.gone.search(text[max(0, run.start - 40):run.start]):
            return False
        if self.state.is_listing and self._line_of(text, run, starts):
            return True
        for system, pattern in self.words.labels:
            last = None
            for last in pattern.finditer(before):
                pass
            if last and re.fullmatch(r"[\s:(#,®™–-]*(?:(?:and|or|\w+:) )?", before[last.end():]):
                return system not in ("NDC", "ICD-9") and (bool(system) or self._is_coded(run))
        hcpcs = all(span.system == "HCPCS" for span in run.spans)
        return hcpcs and before.endswith(("(", "[")) and text[run.end:run.end + 1] in (")", "]", ",", ";")

    def _is_coded(self, run: CodeRun) -> bool:
        """"code(s)" alone announces anything with letters; bare digits need five and a system nearby."""
        return any(span.system != "CPT" for span in run.spans) or self.state.is_listing

    def _take(self, passage: Passage, run: CodeRun, description: str | None, group: CodeGroup | None = None) -> None:
        state = self.state
        own = self._group(description) if description and re.search(r"[(\[]", description) else None
        condition = _CONDITION.search(description) if description else None
        spans = [s for s in run.spans if state.system != "ICD-9" or s.system in ("CPT", "HCPCS")]
        for nth, span in enumerate(spans):
            anchor, first, last = anchor_of(self.document, passage.part(span.start, span.end)), span.code, span.last
            if nth == 0 and state.open_code and last is None and state.open_code[0] == span.system:
                first, last = state.open_code[1], span.code
                anchor = replace(state.open_code[2], continues=(anchor,))
                self.found.pop()
            code = Code(span.system, first, anchor, last, description)  # type: ignore[arg-type]
            self.found.append(replace(
                code, group=self._marked(own) or group or state.group,
                condition=condition.group(1) if condition else state.condition,
            ))
        final = self.found[-1] if spans and run.is_open and run.spans[-1].last is None else None
        state.open_code = (final.system, final.code, final.anchor) if final and run.is_range else None
        state.undescribed = 0 if description else len(spans)
        if self._pending_lead:
            lead, self._pending_lead = self._pending_lead, None
            self._lead(lead)

    def _marked(self, group: CodeGroup | None) -> CodeGroup | None:
        return group if group == "not_covered" else None


def _sum(runs: tuple[CodeRun, ...]) -> CodeRun:
    return CodeRun(runs[0].start, runs[-1].end, tuple(s for run in runs for s in run.spans), runs[-1].is_open, runs[-1].is_range)


def _iter_lines(document: Document, passage: Passage) -> Iterator[tuple[int, int]]:
    starts = line_starts(document, passage)
    yield from pairwise((*starts, len(passage)))

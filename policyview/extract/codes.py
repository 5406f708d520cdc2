"""Procedure and diagnosis codes with their descriptions, what they stand for (covered or not) and residual rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from policyview.anchor import anchor_of
from policyview.extract.code_rows import BULLET, RowReader
from policyview.extract.code_runs import CodeRun, bracketed, iter_runs
from policyview.extract.code_uses import NamedUses
from policyview.extract.code_words import LEAD_WORDS, code_words
from policyview.extract.history import history_blocks
from policyview.extract.printed import line_starts
from policyview.lexicon import Lexicon
from policyview.model import (
    Anchor,
    Block,
    Code,
    CodeGroup,
    CodeRule,
    Document,
    Part,
    Passage,
    Role,
    Section,
    Structure,
)
from policyview.wording.sentences import split_sentences

_AFTER_CODE = re.compile(r"(?:\.?[xX*\-]{1,4}(?!\w))?[*†‡§♦^#®◊¹²³]*\s*[:–—\-‐|]*\s*")  # "Q10.x" is all of Q10
_CONDITION = re.compile(r"[\[(]\s*((?:only )?(?:when|if|for use|specified)\b[^\])]*)[\])]", re.IGNORECASE)
_LEAD_CONDITION = re.compile(r"(?:for|when|if)\b.*:\s*\Z", re.IGNORECASE)
_NO_CODES = frozenset({Role.HISTORY, Role.REFERENCES})
_TABLES_ONLY = frozenset({  # their prose cites codes of others
    Role.BACKGROUND, Role.DISCLAIMER, Role.DESCRIPTION, Role.DEFINITIONS,
})
_NAMED_PARTS = frozenset({Role.OTHER, Role.POLICY, Role.CRITERIA})  # whose heading may name what their codes are for
_CODE_CELL_CHARS = 40  # of a line or cell that holds codes only
_CHAIN = re.compile(r"[*†‡]*\s*(?:\([^()]{1,60}\))?\s*(?:[,;/&]|and\b|or\b|\s)*")  # "J1 (this), J2 and J3 (that)"
_NAMES_CODES = re.compile(r"\bcodes?\b", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(r"\b(?:when|if)\b.*", re.IGNORECASE | re.DOTALL)
_LISTED_ABOVE = re.compile(r"\b(?:codes?|procedures?|diagnos[ei]s)\b[^.;,]{0,20}\babove\b", re.IGNORECASE)
_OF_DIAGNOSES = re.compile(r"\bdiagnos[ei]s\b[^.;,]{0,20}\babove\b", re.IGNORECASE)
_TOPIC_WORDS = 12  # of a line that heads a table of codes
_TOPIC = re.compile(r"[A-Z(].*[^.;,]", re.DOTALL)


def codes(
    document: Document, structure: Structure, lexicon: Lexicon, uses: NamedUses
) -> tuple[tuple[Code, ...], tuple[CodeRule, ...]]:
    """All codes of the document, each once a group, and its rules for codes that are not listed."""
    past = frozenset(id(block) for blocks in history_blocks(structure, lexicon) for block in blocks)
    reader = _Reader(document, lexicon, past, uses)
    for part in structure.parts:
        reader.read(part)
    return _merged(reader.found), tuple(reader.rules)


def _merged(found: list[Code]) -> tuple[Code, ...]:
    """Each code once a group; a mention without a group adds nothing to one that has it."""
    best: dict[tuple[str, str, str | None, CodeGroup], Code] = {}
    named: dict[tuple[str, str, str | None, CodeGroup], dict[str, None]] = {}  # the indications of all its mentions
    grouped = {(c.system, c.code, c.end) for c in found if c.group != "informational"}
    described = {(c.system, c.code, c.end): c.description for c in reversed(found) if c.description}
    for code in found:
        key = (code.system, code.code, code.end)
        if code.group == "informational" and key in grouped:
            continue
        known = best.get((*key, code.group))
        if known is None or (known.description is None and code.description):
            best[(*key, code.group)] = replace(code, description=code.description or described.get(key))
        named.setdefault((*key, code.group), {}).update(dict.fromkeys(code.indications))
    return tuple(replace(code, indications=tuple(named[key])) for key, code in best.items())


@dataclass
class _State:
    """What the lines above say of the codes below."""

    system: str = ""
    region: CodeGroup = "informational"
    table: CodeGroup | None = None  # said by a line that also names the system: it ends with the next system
    condition: str | None = None
    is_listing: bool = False  # codes stand first in their lines here
    open_range: tuple[str, str, Anchor] | None = None  # (system, code, anchor) of a range whose end comes next
    level: int = 0  # of the heading that said ``region``; 0 where no heading did
    known: int = 0  # how many codes were found before that heading
    undescribed: int = 0  # how many of the last codes wait for their description
    topic: str = ""  # the heading or line that names what the codes below are for
    lead: str = ""  # the lead-in of the codes below
    begun: int = 0  # how many codes were found before that heading or line

    @property
    def group(self) -> CodeGroup:
        return self.table or self.region


class _Reader:
    """Walks the parts in reading order and keeps what headings and lead-ins say of the codes below them."""

    def __init__(self, document: Document, lexicon: Lexicon, past: frozenset[int], uses: NamedUses) -> None:
        self.document, self.lexicon, self.words = document, lexicon, code_words(lexicon)
        self.rows, self.uses = RowReader(self.words, lexicon), uses
        self.past = past  # ids of the blocks of the revision history: what these name may be gone
        self.state = _State()
        self.found: list[Code] = []
        self.rules: list[CodeRule] = []
        self._region: int | None = None  # where the coding section begins that is being read
        self._here: Passage | None = None  # the block that is being read
        self._pending_lead: Passage | None = None  # lines behind a description that head the next table

    def read(self, part: Part) -> None:
        """Adds the codes and rules of one part."""
        heading, self._here = part.section.heading if part.section else "", None
        if part.role in _NO_CODES and not self.words.names_system(heading):
            self.state, self._region = _State(), None
            return
        region = next((s.anchor.start for s in part.path if s.role is Role.CODING), None)
        if region is None and self._lists_codes(part):  # a table of codes under a heading that does not say so
            region = part.section.anchor.start if self._region is None and part.section else self._region or 0
        in_coding = region is not None
        if self._region is None or not in_coding or (region != self._region and self._is_new(heading)):
            self.state = _State()
        self._region, self.state.is_listing = region, in_coding
        if part.section:
            self._end_region(part.section)
            if self._is_new(heading) or not in_coding:
                names_use = part.section.anchor.start != region and (in_coding or part.role in _NAMED_PARTS)
                self._begin(heading if names_use and not _NAMES_CODES.search(heading) else "")
            self._cue(heading, None, is_heading=True)
            if self.words.group(heading) and self.state.table is None:
                self.state.level, self.state.known = part.section.level, len(self.found)
            self._mentioned(part.section)
        for block in part.iter_blocks():
            if id(block) not in self.past and (block.kind == "row" or in_coding or part.role not in _TABLES_ONLY):
                self._block(block)

    def _end_region(self, section: Section) -> None:
        """What a heading says of its codes does not hold under the next of its level that speaks of something else."""
        heading, state = section.heading, self.state
        names_codes = self.words.names_system(heading) or _NAMES_CODES.search(heading)
        has_own = state.known < len(self.found)
        if section.level <= state.level and has_own and not names_codes and self.words.group(heading) is None:
            self.state = _State(is_listing=state.is_listing)

    def _begin(self, topic: str) -> None:
        self.state.topic, self.state.lead, self.state.begun = topic, "", len(self.found)

    def _lists_codes(self, part: Part) -> bool:
        """Whether at least two blocks of a part begin with a code, as a table or list of codes does."""
        blocks = [block for block in part.blocks if id(block) not in self.past]
        firsts = [next((cell.text for cell in block.cells if cell), block.passage.text) for block in blocks]
        runs = [iter_runs(text[:_CODE_CELL_CHARS], self.lexicon, is_listed=False)[:1] for text in firsts]
        begin = [run for found, text in zip(runs, firsts, strict=True) for run in found if run.end >= len(text) - 4]
        return len(begin) >= 2

    def _is_new(self, heading: str) -> bool:
        """A coding section beside the last one starts afresh, unless its heading only names a system or group."""
        return not self.words.names_system(heading) and self.words.group(heading) is None

    # ------------------------------------------------------------------ what lines say of codes

    def _cue(self, text: str, passage: Passage | None, *, is_heading: bool) -> None:
        words, state = self.words, self.state
        system, rule = words.system(text), words.is_rule(text)
        is_of_codes = state.is_listing or system or is_heading or _NAMES_CODES.search(text)
        group = words.group(text) if is_of_codes and (is_heading or words.is_lead_in(text)) else None
        is_condition = not is_heading and bool(_LEAD_CONDITION.match(text.strip()))
        if not (system or rule or group or is_condition) or words.disclaimer.search(text):
            return
        says_more = system and not (words.is_label(text) or words.is_column_head(text))
        if not rule and (group or says_more or (is_condition and state.is_listing)):
            state.lead = text
        if rule and not text.rstrip().endswith(":"):
            group = None  # "all other diagnoses not listed as not covered" says nothing of those listed below
        if system:
            if system != state.system:
                state.table, state.condition = None, None
            state.system, state.is_listing = system, True
        if group and system:
            state.table = group
        elif group:
            state.region, state.table = group, None
            circumstance = _CIRCUMSTANCE.search(text)
            state.condition = circumstance.group().strip(" :.") if circumstance else None
        elif is_condition:
            state.condition = text.strip(" :")
        if rule and passage and is_of_codes:
            self._rule(passage, system or state.system, group or state.group)

    def _lead(self, passage: Passage) -> None:
        if not (self.state.is_listing or ":" in passage.text or self.words.may_speak_of_codes(passage.text)):
            return
        ruled = None  # a rule that goes over several lines is one
        for start, end in _iter_lines(self.document, passage):
            line = passage.part(start, end)
            if line and len(line.text.split()) <= LEAD_WORDS:
                sentence = _sentence_at(passage, start, end)
                is_new = ruled is None or sentence.start != ruled.start
                ruled = sentence if self.words.is_rule(line.text) else ruled
                self._cue(line.text, sentence if is_new else None, is_heading=False)

    def _rule(self, passage: Passage, system: str, group: CodeGroup) -> None:
        runs = iter_runs(passage.text, self.lexicon, is_listed=False)
        named = tuple(span.code for run in runs for span in run.spans)
        if not named and _LISTED_ABOVE.search(passage.text):
            named = self._above(passage.text)
        self.rules.append(CodeRule(system, group, passage.text, anchor_of(self.document, passage), named))

    def _above(self, text: str) -> tuple[str, ...]:
        """The codes under the same heading before a rule that speaks of them; those of procedures where it says so."""
        is_both = bool(_OF_DIAGNOSES.search(text))
        found = (c for c in self.found[self.state.begun:] if is_both or c.system != "ICD-10-CM")
        return tuple(dict.fromkeys(f"{c.code}-{c.end}" if c.end else c.code for c in found))

    def _mentioned(self, section: Section) -> None:
        """Codes that a heading names ("diagnoses that support coverage of codes …") stand for what it says."""
        quote, start = section.anchor.quote, section.anchor.start
        passage = Passage(quote, range(start, start + len(quote)))
        for run in iter_runs(quote, self.lexicon, is_listed=False):
            if run.start and self._is_told(quote, run, {0}):
                self._take(passage, run, None, self.words.group(quote))
        self.state.undescribed = 0

    # ------------------------------------------------------------------ blocks

    def _block(self, block: Block) -> None:
        self._here = block.passage
        if block.kind == "row" and len(block.cells) > 1:
            self._row(block)
        else:
            self._text(block.passage, is_heading=True)

    def _row(self, block: Block) -> None:
        cells, is_head = [cell for cell in block.cells if cell], self.rows.is_head(block.cells)
        self.state.undescribed = 0  # a row does not describe the codes of the row above
        if block.is_head or is_head:
            self.rows.read_head(block.cells)
            self.state.is_listing = self.state.is_listing or is_head
            self._cue(block.passage.text, None, is_heading=True)
            return
        coded = self.rows.coded_cells(block.cells, revenue=self.state.system == "REV") if self.state.is_listing else []
        for found in coded:
            self._take(found.cell, found.run, found.description, found.verdict)
        if coded:
            return
        group = next((verdict for cell in cells if (verdict := self.rows.verdict(cell))), None)
        for cell in cells:
            self._text(cell, group, is_heading=len(cells) == 1 and bool(block.cells[0]))
            self.state.undescribed = 0

    def _text(self, passage: Passage, group: CodeGroup | None = None, *, is_heading: bool = False) -> None:
        text, is_listing = passage.text, self.state.is_listing
        runs = iter_runs(text, self.lexicon, is_listed=is_listing, revenue=self.state.system == "REV")
        starts = set(line_starts(self.document, passage)) if runs else set()
        runs = self._told(text, runs, starts)
        cuts = [*(run.start for run in runs), len(text)]
        before = passage.part(0, cuts[0]) if runs else passage
        is_description = not runs and self._describes(before)
        if before and not is_description:
            self._lead(before)
        if is_heading and not (runs or is_description):
            self._topic(passage)
        if not runs:
            return
        group = group or self.words.near_group(before.text)
        for run, end in zip(runs, cuts[1:], strict=True):
            is_first = self._is_first(text, run, starts)
            after = _AFTER_CODE.match(text, run.end)
            tail = passage.part(after.end() if after else run.end, end)
            description = self._description(tail) if is_first and self.state.is_listing else bracketed(text, run)
            self._take(passage, run, description, None if is_first else group, is_listed=is_first)

    def _topic(self, line: Passage) -> None:
        """Takes note of a short line that heads what follows."""
        text, words = line.text.strip(" :"), self.words
        if self._region is None or len(text.split()) > _TOPIC_WORDS or not _TOPIC.fullmatch(text):
            return
        says_more = words.names_system(text) or words.group(text) or words.is_rule(text) or _NAMES_CODES.search(text)
        is_label = words.is_label(text) or words.is_column_head(text)
        is_circumstance = _LEAD_CONDITION.match(line.text.strip())
        if not (says_more or is_label or is_circumstance):
            self._begin(text)

    def _describes(self, line: Passage) -> bool:
        """Takes a line without a code as the description of the codes printed above it, where these have none."""
        waiting, self.state.undescribed = self.state.undescribed, 0
        text, words = line.text, self.words
        if not waiting or text.endswith(":") or words.is_label(text) or words.is_column_head(text):
            return False
        if words.group(text) or len(text.split()) > LEAD_WORDS:
            return False
        self.found[-waiting:] = [replace(code, description=" ".join(text.split())) for code in self.found[-waiting:]]
        return True

    def _description(self, tail: Passage) -> str | None:
        """The words after a code, up to a line that heads the next table; such lines are read as cues later."""
        end = len(tail)
        for start, stop in _iter_lines(self.document, tail):
            line = tail.text[start:stop].strip()
            if start and (line.endswith(":") or self.words.is_label(line) or self.words.is_column_head(line)):
                end, self._pending_lead = start, tail.part(start)
                break
        return " ".join(tail.text[:end].split()) or None

    def _told(self, text: str, runs: Sequence[CodeRun], starts: set[int]) -> tuple[CodeRun, ...]:
        """The runs that are told to be codes, and those that go on a list of such."""
        told = list[CodeRun]()
        for run in runs:
            goes_on = bool(told) and bool(_CHAIN.fullmatch(text, told[-1].end, run.start))
            if (goes_on and not _is_first_in_line(text, run, starts)) or self._is_told(text, run, starts):
                told.append(run)
        return tuple(told)

    def _is_told(self, text: str, run: CodeRun, starts: set[int]) -> bool:
        """Whether a run stands where codes stand: first in a line of a list, or after words that announce codes."""
        before = text[max(0, run.start - 60):run.start]
        if self.state.system == "NDC" or self.words.gone.search(before[-40:]):
            return False
        if self.state.is_listing and _is_first_in_line(text, run, starts):
            return True
        if self.words.introduces(text[:run.start], is_listing=self.state.is_listing):
            return True
        system = self.words.announced(before)
        if system is not None:  # "code(s)" alone announces what has letters; bare digits only in a list
            has_letters = any(span.system != "CPT" for span in run.spans)
            return system not in ("NDC", "ICD-9") and (bool(system) or has_letters or self.state.is_listing)
        is_hcpcs = all(span.system == "HCPCS" for span in run.spans)
        return is_hcpcs and before.endswith(("(", "[")) and text[run.end:run.end + 1] in (")", "]", ",", ";")

    def _is_first(self, text: str, run: CodeRun, starts: set[int]) -> bool:
        """Whether a run begins its line, be it behind the label of its system."""
        line = max((start for start in starts if start <= run.start), default=0)
        label, tail = text[line:run.start], text[run.end:].lstrip(" :-–")
        return _is_first_in_line(text, run, starts) or (self.words.is_label(label) and tail[:1].isupper())

    def _uses(self, description: str | None, system: str, group: CodeGroup) -> tuple[str, ...]:
        here, state = self._here, self.state
        stated = self.uses.at(here.start, here.end, group) if here else ()
        return stated or self.uses.named(state.topic, state.lead, description or "", system, group)

    def _take(
        self, passage: Passage, run: CodeRun, description: str | None, group: CodeGroup | None = None, *,
        is_listed: bool = True,
    ) -> None:
        state = self.state
        is_denied = bool(description and re.search(r"[(\[]", description)) and (
            self.words.group(description or "") == "not_covered"
        )
        condition = _CONDITION.search(description) if description else None
        spans = [span for span in run.spans if state.system != "ICD-9" or span.system in ("CPT", "HCPCS")]
        for nth, span in enumerate(spans):
            anchor, first, last = anchor_of(self.document, passage.part(span.start, span.end)), span.code, span.last
            if nth == 0 and state.open_range and last is None and state.open_range[0] == span.system:
                first, last = state.open_range[1], span.code
                anchor = replace(state.open_range[2], continues=(anchor,))
                self.found.pop()
            stands_for = "not_covered" if is_denied else group or state.group
            self.found.append(Code(
                span.system, first, anchor, last, description, stands_for,
                condition.group(1) if condition else state.condition, self._uses(description, span.system, stands_for),
            ))
        state.open_range = None
        if spans and run.is_range and spans[-1].last is None and not description:
            state.open_range = (self.found[-1].system, self.found[-1].code, self.found[-1].anchor)
        state.undescribed = 0 if description or not is_listed else len(spans)
        if self._pending_lead:
            lead, self._pending_lead = self._pending_lead, None
            self._lead(lead)


def _sentence_at(passage: Passage, start: int, end: int) -> Passage:
    """The sentence in which the line ``text[start:end]`` of a passage begins, at least the line itself."""
    line = passage.part(start, end)
    for sentence in split_sentences(passage):
        if sentence.start <= line.start < sentence.end and sentence.end >= line.end:
            return sentence if len(sentence.text.split()) <= 2 * LEAD_WORDS else line
    return line


def _is_first_in_line(text: str, run: CodeRun, starts: set[int]) -> bool:
    line = max((start for start in starts if start <= run.start), default=0)
    return bool(BULLET.match(text[line:run.start]))


def _iter_lines(document: Document, passage: Passage) -> Iterator[tuple[int, int]]:
    yield from pairwise((*line_starts(document, passage), len(passage)))

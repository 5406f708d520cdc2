"""Reads the statements of coverage of a document: which use gets which determination, under which criteria.

A determination may stand in a sentence of its own, in the lead-in of a list of conditions or criteria, in a
heading over them, or in a table's status column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from policyview.anchor import anchor_of
from policyview.extract.criteria import CriteriaBuilder, is_connector, list_logic, without_joint
from policyview.extract.cues import Cue, find_cues
from policyview.extract.lists import enumerated, members
from policyview.extract.naming import Naming, section_label, trimmed
from policyview.extract.residual import catch_all, is_residual, is_unmet
from policyview.extract.sentences import split_sentences
from policyview.extract.shapes import Use, is_criteria_list, stage_of, uses
from policyview.extract.tabled import status_rows
from policyview.lexicon import Lexicon
from policyview.model import (
    Block,
    CatchAll,
    Criterion,
    Determination,
    Document,
    Indication,
    Limit,
    Note,
    Part,
    Passage,
    Policy,
    Role,
    Stage,
    Structure,
)

_READ = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.PRIOR_AUTHORIZATION, Role.OTHER})
_POLICY = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED})
_NAMED_USE = re.compile(r"\b(?:for|in)(?: the)? (?:treatment|management|prevention|diagnosis|evaluation|use|relief) of\b", re.IGNORECASE)
_POINTS_ON = re.compile(r"\b(?:below|following)\b[^.;,]{0,40}[.)\s]*$", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:all|any) other\b|\bother (?:uses?|indications?|conditions?)\b", re.IGNORECASE)
FROM_HEADING, FROM_LEAD, OWN_WORDS = 0.75, 0.85, 0.95  # confidence by where the determination stands


@dataclass
class Found:
    """What was read, and the passages in which thresholds are looked for: (id of the fact, passage)."""

    indications: list[Indication] = field(default_factory=list)
    residual: list[CatchAll] = field(default_factory=list)
    passages: list[tuple[str, Passage]] = field(default_factory=list)


@dataclass(frozen=True)
class Lead:
    """A determination that waits for its list: an open lead-in ("… when the following are met:") or a heading."""

    cue: Cue
    sentence: Passage
    is_heading: bool = False


@dataclass(frozen=True)
class Group:
    """A paragraph with the list that follows it; either may be missing."""

    lead: Block | None
    items: tuple[Block, ...]


class Indications:
    """Walks through a document's parts and collects its statements."""

    def __init__(self, document: Document, structure: Structure, lexicon: Lexicon, about: Policy) -> None:
        self.document = document
        self.structure = structure
        self.lexicon = lexicon
        self.about = about
        self.builder = CriteriaBuilder(document, lexicon)
        self.naming = Naming(lexicon, about.title or "")
        self.found = Found()
        self.open: Lead | None = None
        self.part = Part(None, ())

    def read(self) -> Found:
        """All indications and residual clauses, in the order of the document."""
        if self.about.kind == "clinical_reference":
            from policyview.extract.reference import read_reference

            return read_reference(self)
        has_policy = any(part.role in _POLICY for part in self.structure.parts)
        tabled = False
        for part in self.structure.parts:
            if part.role not in _READ:
                continue
            tabled = self._read_tables(part) or tabled
        if tabled and self.about.kind == "coverage_bulletin":
            return self.found
        for part in self.structure.parts:
            if part.role not in _READ or self._sets_limits(part):
                self._close()
                continue
            self.part = part
            self._read_part(part, is_weak=part.role not in _POLICY and has_policy)
        self._close()
        return self.found

    # ----------------------------------------------------------------- a part

    def _sets_limits(self, part: Part) -> bool:
        """Whether a part gives quantities, doses and durations, which limit coverage but do not grant it."""
        heading = part.section.heading.strip(" :") if part.section else ""
        return bool(self.lexicon["statements"]["limits-heading"].regex.fullmatch(heading))

    def _read_tables(self, part: Part) -> bool:
        self.part = part
        rows = status_rows(part, self.lexicon)
        for row in rows:
            self._add(row.subject, row.cue, confidence=OWN_WORDS, basis=row.basis)
        return bool(rows)

    def _read_part(self, part: Part, is_weak: bool) -> None:
        before = len(self.found.indications) + len(self.found.residual)
        heading = self._heading_lead(part)
        groups = _groups(part.blocks, self.lexicon)
        for group in groups:
            self._read_group(group, is_weak)
        if len(self.found.indications) + len(self.found.residual) > before or is_weak:
            return
        lists = [group for group in groups if group.items]
        lead = self.open if self.open and (heading is None or self.naming.is_use(part)) else heading or self._inherited_lead(part)
        if not lists or lead is None:
            return
        self._read_under(lead, part, lists)

    def _heading_lead(self, part: Part) -> Lead | None:
        if part.section is None:
            return None
        passage = self.naming.heading(self.document, part.section)
        cues = find_cues(passage, self.lexicon)
        if cues:
            return Lead(cues[0], passage, is_heading=True)
        return self.naming.covering_heading(passage)

    def _inherited_lead(self, part: Part) -> Lead | None:
        for section in reversed(part.path[:-1]):
            lead = self._heading_lead(Part(section, (), (section,)))
            if lead:
                return lead
        return None

    def _read_under(self, lead: Lead, part: Part, lists: Sequence[Group]) -> None:
        """Lists without determination words of their own, under an open lead-in or a heading that has them."""
        items = tuple(block for group in lists for block in group.items)
        titled = [group for group in lists if group.lead and self.naming.is_title(group.lead)]
        if len(titled) >= 2:
            for group in titled:
                assert group.lead is not None
                self._add(group.lead.passage, lead.cue, group.items, lead.sentence.text,
                          confidence=FROM_HEADING if lead.is_heading else FROM_LEAD)
            return
        first_lead = next((group.lead for group in lists if group.lead), None)
        confidence = FROM_HEADING if lead.is_heading else FROM_LEAD
        if self.naming.is_use(part) and part.section is not None:
            subject = self.naming.heading(self.document, part.section)
            said = first_lead.passage.text if first_lead else lead.sentence.text
            self._add(subject, lead.cue, items, said, confidence=confidence, label=section_label(part.section))
        elif lead.is_heading and not is_criteria_list(first_lead.passage.text if first_lead else "", items, self.lexicon):
            for block in items:
                if not is_connector(block, self.lexicon):
                    self._add(without_joint(block.passage), lead.cue, block.children, block.passage.text,
                              confidence=confidence, label=block.label)
        elif not lead.is_heading:
            found = uses(items, self.lexicon)
            for use in found:  # the lead-in stays open: another section may list more
                self._add_use(use, lead.cue)
            if not found:
                self.open = None
                self._state(lead.cue, lead.sentence, items)
        elif first_lead is not None or part.role in _POLICY:
            subject = first_lead.passage if first_lead else lead.sentence
            self._add(subject, lead.cue, items, subject.text, confidence=confidence)

    def _close(self) -> None:
        """A lead-in whose list never came states its determination by itself."""
        lead, self.open = self.open, None
        if lead and not self._was_used(lead):
            self._state(lead.cue, lead.sentence, ())

    def _was_used(self, lead: Lead) -> bool:
        start = anchor_of(self.document, lead.cue.words).start
        return any(i.basis and i.basis.start == start for i in self.found.indications)

    # ----------------------------------------------------------------- paragraphs and lists

    def _read_group(self, group: Group, is_weak: bool) -> None:
        sentences = split_sentences(group.lead.passage) if group.lead else []
        if sentences and self._is_note(sentences[0]):
            self._read_note(group)
            self._read_items(group.items, is_weak, None)
            return
        for k, sentence in enumerate(sentences):
            is_last = k == len(sentences) - 1
            items = group.items if is_last and (sentence.text.endswith(":") or len(sentences) == 1 or self._leads(sentence)) else ()
            cue = self._statement_cue(sentence, is_weak)
            if cue is None:
                continue
            if is_last and not group.items and self._leads(sentence):
                self._close()
                self.open = Lead(cue, sentence)
            else:
                self._state(cue, sentence, items)
            if items:
                return
        self._read_items(group.items, is_weak, group.lead)

    def _read_items(self, items: Sequence[Block], is_weak: bool, lead: Block | None) -> None:
        for block in items:
            if not block.passage or is_connector(block, self.lexicon):
                continue
            hit = False
            sentences = split_sentences(block.passage)
            for k, sentence in enumerate(sentences):
                cue = self._statement_cue(sentence, is_weak)
                if cue is not None:
                    last = k == len(sentences) - 1
                    self._state(cue, sentence, block.children if last else (), block.label)
                    hit = hit or last
            if not hit:
                self._read_items(block.children, is_weak, block)

    def _leads(self, sentence: Passage) -> bool:
        return sentence.text.rstrip().endswith(":") or bool(_POINTS_ON.search(sentence.text))

    def _statement_cue(self, sentence: Passage, is_weak: bool) -> Cue | None:
        """The determination that a sentence states, if it states one."""
        statements = self.lexicon["statements"]
        text = sentence.text
        cues = [cue for cue in find_cues(sentence, self.lexicon) if not _is_aside(cue, self.lexicon)]
        if is_weak:
            cues = [c for c in cues if c.entry.name != "covered" or "covered" in c.words.text.lower()]
        if not cues:
            return None
        main = [cue for cue in cues if not _is_subordinate(cue)] or cues
        if statements["administrative"].regex.search(text[:main[0].start]) or (
            is_weak and statements["administrative"].regex.search(text)
        ):
            return None
        return main[0]

    # ----------------------------------------------------------------- statements

    def _state(self, cue: Cue, sentence: Passage, items: Sequence[Block], label: str = "") -> None:
        if not cue.is_positive and is_residual(sentence, self.lexicon) and not (is_unmet(sentence, self.lexicon) and self._names_several(sentence, cue)):
            self._state_residual(cue, sentence, items)
            return
        if not items:
            subjects = members(sentence, cue, self.lexicon)
            for subject in subjects:
                self._add(subject, cue, said=sentence.text, confidence=OWN_WORDS, label=label, whole=sentence)
            return
        if self._state_themselves(items):
            self._read_items(items, False, None)
            return
        found = uses(items, self.lexicon, f"{label.strip(' ().')}." if any(c.isalnum() for c in label) else "")
        if found:
            for use in found:
                self._add_use(use, cue)
        elif is_criteria_list(sentence.text, items, self.lexicon):
            self._add(sentence, cue, items, sentence.text, confidence=OWN_WORDS, label=label)
        else:
            self._add_each(items, cue)

    def _add_each(self, items: Sequence[Block], cue: Cue) -> None:
        """Each item as a use of its own; an item that enumerates several conditions as several."""
        for block in items:
            if is_connector(block, self.lexicon) or not block.passage:
                continue
            passage = without_joint(block.passage)
            for subject in enumerated(passage) if not block.children else [passage]:
                self._add(subject, cue, block.children, block.passage.text, confidence=FROM_LEAD, label=block.label)

    def _state_themselves(self, items: Sequence[Block]) -> bool:
        """Whether a list's items are statements with determinations of their own."""
        labelled = [block for block in items if block.label]
        cues = [self._statement_cue(split_sentences(block.passage)[0], False) for block in labelled if block.passage]
        own = sum(cue is not None and cue.entry.name != "covered" for cue in cues)
        return own >= 2 and own >= 0.4 * len(labelled)

    def _names_several(self, sentence: Passage, cue: Cue) -> bool:
        unmet = self.lexicon["statements"]["unmet"].regex
        after = unmet.sub(" ", sentence.part(cue.end).text)
        return len(members(sentence, cue, self.lexicon)) > 1 or bool(_NAMED_USE.search(after)) and not _OTHER.search(sentence.text)

    def _state_residual(self, cue: Cue, sentence: Passage, items: Sequence[Block]) -> None:
        topic = self.naming.topic
        self.found.residual.append(catch_all(self.document, sentence, cue, topic, self.lexicon))
        self._add_each(items, cue)
        if not items:
            for subject in members(sentence, cue, self.lexicon, only_examples=True):
                self._add(subject, cue, said=subject.text, confidence=FROM_LEAD)

    def _add_use(self, use: Use, cue: Cue) -> None:
        self._add(without_joint(use.block.passage), cue, use.block.children, use.block.passage.text,
                  confidence=FROM_LEAD, label=use.label, inherited=use.inherited, stage=use.stage, context=use.context)

    def _add(
        self, subject: Passage, cue: Cue, items: Sequence[Block] = (), said: str = "", *, confidence: float,
        label: str = "", inherited: Sequence[Block] = (), stage: Stage | None = None, whole: Passage | None = None,
        context: Sequence[str] = (), basis: Passage | None = None, is_note: bool = False,
    ) -> None:
        subject = trimmed(subject)
        if not subject:
            return
        number = f"i{len(self.found.indications) + 1}"
        criteria = self.builder.build(items, f"{number}.c")
        logic, n = list_logic(said, items, self.lexicon) if criteria else (None, None)
        text = subject.text if is_note else self.naming.text(subject, cue, self.part)
        headings = tuple(section.heading for section in self.part.path)
        stated = (basis or cue.words).text
        self.found.indications.append(Indication(
            number, text, anchor_of(self.document, subject), cue.determination, stated,
            anchor_of(self.document, basis or cue.words), cue.ground, confidence, _doubt(confidence),
            self.naming.population(whole or subject), stage or stage_of([subject.text, *reversed(headings)], self.lexicon),
            label.strip(), (*headings, *context), headings[-1] if headings else "", logic, n, criteria,
            self.builder.build(inherited, f"{number}.h"), self._exceptions(whole or subject), (),
            self._limits(whole or subject, items),
        ))
        self.found.passages.append((number, whole or subject))
        self._note_passages(items, criteria)

    def _note_passages(self, items: Sequence[Block], criteria: Sequence[Criterion]) -> None:
        by_start = {criterion.anchor.start: criterion for criterion in criteria}
        for block in items:
            if block.passage and (criterion := by_start.get(anchor_of(self.document, block.passage).start)):
                self.found.passages.append((criterion.id, block.passage))
                self._note_passages(block.children, criterion.children)

    # ----------------------------------------------------------------- what hangs on an indication

    def _exceptions(self, passage: Passage) -> tuple[Note, ...]:
        regex = self.lexicon["statements"]["except"].regex
        parts = [passage.part(m.start(), m.end()) for m in regex.finditer(passage.text)]
        return tuple(Note(part.text, anchor_of(self.document, part)) for part in parts if part)

    def _limits(self, passage: Passage, items: Sequence[Block]) -> tuple[Limit, ...]:
        statements = self.lexicon["statements"]
        out = []
        loose = [b.passage for b in items if not b.label and b.passage and not is_connector(b, self.lexicon)]
        for source in [passage, *loose]:
            for name, kind in (("approval-period", "approval_period"), ("review-after", "review_after"),
                               ("quantity-limit", "quantity"), ("dose-limit", "dose")):
                match = statements[name].regex.search(source.text)
                if match and (part := source.part(match.start(), match.end())):
                    out.append(Limit(kind, part.text, anchor_of(self.document, part)))  # type: ignore[arg-type]
                    break
        return tuple(out)

    def _is_note(self, sentence: Passage) -> bool:
        return bool(self.lexicon["statements"]["note"].regex.match(sentence.text))

    def _read_note(self, group: Group) -> None:
        """A note belongs to the indications that carry its mark, else to the one above it; it may also state one."""
        assert group.lead is not None
        passage = group.lead.passage
        if not self.found.indications or self.found.indications[-1].section != (self.part.section.heading if self.part.section else ""):
            self._note_statement(passage)
            return
        last = self.found.indications[-1]
        note = Note(passage.text, anchor_of(self.document, passage))
        self.found.indications[-1] = replace(
            last, notes=(*last.notes, note), limits=(*last.limits, *self._limits(passage, ()))
        )
        self.found.passages.append((last.id, passage))
        self._note_statement(passage)

    def _note_statement(self, passage: Passage) -> None:
        sentences = split_sentences(passage)
        for sentence in sentences:
            cue = self._statement_cue(sentence, is_weak=False)
            if cue and cue.entry.name in {"medically-necessary", "not-medically-necessary", "investigational", "not-covered"}:
                self._add(sentence, cue, said=sentence.text, confidence=FROM_LEAD, is_note=True)


def _doubt(confidence: float) -> str | None:
    return "the determination stands in a heading above" if confidence <= FROM_HEADING else None


def _groups(blocks: Sequence[Block], lexicon: Lexicon) -> list[Group]:
    out: list[Group] = []
    items: list[Block] = []
    lead: Block | None = None
    for block in blocks:
        if block.kind == "row":
            continue
        if block.kind == "item" or is_connector(block, lexicon):
            items.append(block)
            continue
        if lead is not None or items:
            out.append(Group(lead, tuple(items)))
        lead, items = block, []
    if lead is not None or items:
        out.append(Group(lead, tuple(items)))
    return out


def _is_subordinate(cue: Cue) -> bool:
    """Whether the words stand in a when- or if-clause that has not ended before them."""
    return bool(re.search(r"\b(when|if|unless|whether|once|until|after|before|where)\b[^,;]*$", cue.passage.text[:cue.start], re.IGNORECASE))


def _is_aside(cue: Cue, lexicon: Lexicon) -> bool:
    """Determination words that state nothing: "to determine whether it is …", "documentation of …"."""
    before = cue.passage.text[max(0, cue.start - 70):cue.start]
    return bool(lexicon["statements"]["not-a-statement"].regex.search(before)) and cue.determination != Determination.UNCLEAR

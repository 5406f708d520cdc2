"""Reads paragraphs and lists: which of their sentences state a determination, and what stands below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policyview.anchor import anchor_of
from policyview.extract.collector import FROM_LEAD, OWN_WORDS, Collector
from policyview.extract.conditions import is_condition_title, names_condition
from policyview.extract.criteria import without_rows
from policyview.extract.cues import Cue, Lead
from policyview.extract.groups import Group
from policyview.extract.lists import enumerated, members
from policyview.extract.logic import is_connector
from policyview.extract.naming import trimmed
from policyview.extract.residual import catch_all, is_residual
from policyview.extract.sentences import split_sentences
from policyview.extract.shapes import is_criteria_list, uses
from policyview.extract.stating import STRONG, Stating
from policyview.model import Block, Part, Passage, Role


class Prose:
    """Reads the sentences and lists of the collector's current part; ``open`` is a lead-in that waits for its list."""

    def __init__(self, collector: Collector) -> None:
        self.to = collector
        self.document = collector.document
        self.lexicon = collector.lexicon
        self.statements = collector.lexicon["statements"]
        self.naming = collector.naming
        self.stating = Stating(collector.lexicon)
        self.open: Lead | None = None
        self.latest: Lead | None = None  # the last statement, with its list
        self.titles: tuple[Passage, ...] = ()  # the names printed before the statement being read, the outer first

    def close(self) -> None:
        """A lead-in whose list never came states its determination by itself."""
        lead, self.open = self.open, None
        if lead is None:
            return
        start = anchor_of(self.document, lead.cue.words).start
        is_described = (lead.part or self.to.part).role == Role.DESCRIPTION
        if is_described and self.statements["listed-below"].regex.search(lead.sentence.text):
            return  # without its list it names no use
        if any(i.basis and i.basis.start == start for i in self.to.found.indications):
            return
        if not lead.shared and self.naming.names_no_use(lead.sentence, lead.cue) and self._states_after(start):
            return  # what was to follow stated its own
        here, self.to.part = self.to.part, lead.part or self.to.part
        if lead.shared:
            self.to.add(lead.sentence, lead.cue, lead.shared, lead.sentence.text, confidence=OWN_WORDS)
        else:
            self.state(lead.cue, lead.sentence, ())
        self.to.part = here

    def _states_after(self, start: int) -> bool:
        return any(indication.anchor.start > start for indication in self.to.found.indications)

    def read_group(self, group: Group, is_weak: bool) -> None:
        sentences = split_sentences(group.lead.passage) if group.lead else []
        if group.lead and self.statements["note"].regex.match(group.lead.passage.text):
            self._read_note(group.lead.passage)
            self.read_items(group.items, is_weak)
            return
        for before, sentence in pairwise([None, *sentences[:-1]]):
            cue = self.stating.cue(sentence, is_weak) if sentence else None
            if sentence and cue and not (before and self._state_of_before(cue, sentence, before)):
                self.state(cue, sentence, ())
        last = sentences[-1] if sentences else None
        cue = self.stating.cue(last, is_weak) if last else None
        if last is None or cue is None:
            if last and group.items and not is_weak and self.tie(last, group.items, self.to.part):
                return
            if group.lead and not group.items and len(sentences) == 1:
                self.to.add_limits(group.lead.passage)
            self.read_items(group.items, is_weak)
        elif group.items and (len(sentences) == 1 or self.stating.points_on(last)):
            self.state(cue, last, group.items)
        elif self.stating.points_on(last):
            self.close()
            self.open = Lead(cue, last, part=self.to.part)
        elif not (len(sentences) > 1 and self._state_of_before(cue, last, sentences[-2])):
            self.state(cue, last, ())
            self.read_items(group.items, is_weak)

    def tie(self, lead: Passage, items: Sequence[Block], to: Part) -> bool:
        """Gives a list that must hold, or must not, by its lead-in, to the last statement of a part; whether it did."""
        is_refused = self.statements["more-exclusions"].regex.fullmatch(lead.text) is not None
        if not (is_refused or self.statements["more-criteria"].regex.fullmatch(lead.text)):
            return False
        if self.stating.state_themselves(items) or (self.open and self.open.shared):
            return False
        if self.open and self.open.part is to and not self.open.is_heading:
            opened, here = self.open, self.to.part
            self.open, self.to.part = None, to
            self.to.add(opened.sentence, opened.cue, said=opened.sentence.text, confidence=OWN_WORDS)
            self.to.part = here
        last = self.to.found.indications[-1] if self.to.found.indications else None
        section = to.section.heading if to.section else ""
        return last is not None and last.section == section and self.to.add_group(lead, items, is_refused)

    def _state_of_before(self, cue: Cue, sentence: Passage, before: Passage) -> bool:
        """ "The data do not support X for a, b and c. Requests for these indications will be denied." """
        if not self.statements["refers-back"].regex.match(sentence.text):
            return False
        named = self.statements["not-supported"].regex.search(before.text)
        if named is None:
            return False
        for member in enumerated(before.part(named.end(), len(before.text.rstrip(" ."))), self.lexicon):
            self.to.add(member.words, cue, said=sentence.text, confidence=OWN_WORDS, whole=sentence, member=member)
        return True

    def read_items(self, items: Sequence[Block], is_weak: bool) -> None:
        for block in without_rows(items):
            if is_connector(block, self.lexicon):
                continue
            sentences = split_sentences(block.passage)
            cues = [self._cue_in_item(sentence, is_weak) for sentence in sentences]
            outer, named = self.titles, cues[0] is None and self.naming.is_name(sentences[0])
            self.titles = (*outer, sentences[0]) if named else outer
            for k, (sentence, cue) in enumerate(zip(sentences, cues, strict=True)):
                if cue is not None:
                    self.state(cue, sentence, block.children if k == len(sentences) - 1 else (), block.label)
            self.titles = outer
            if cues[-1] is None:
                self.read_items(block.children, is_weak)

    def _cue_in_item(self, sentence: Passage, is_weak: bool) -> Cue | None:
        """What a sentence of an item states; a note in it states only what it says outright."""
        cue = self.stating.cue(sentence, is_weak)
        is_note = self.statements["note"].regex.match(sentence.text)
        return None if cue and is_note and cue.entry.name not in STRONG else cue

    def _read_note(self, passage: Passage) -> None:
        """A note belongs to the indication above it in the section; it may also state one of its own."""
        section = self.to.part.section.heading if self.to.part.section else ""
        if self.to.found.indications and self.to.found.indications[-1].section == section:
            self.to.add_note(passage)
        for sentence in split_sentences(passage):
            cue = self.stating.cue(sentence, is_weak=False)
            if cue and cue.entry.name in STRONG:
                self.to.add(sentence, cue, said=sentence.text, confidence=FROM_LEAD, is_note=True)

    # ----------------------------------------------------------------- statements

    def state(self, cue: Cue, sentence: Passage, items: Sequence[Block], label: str = "") -> None:
        """A determination with the list below it, if any."""
        refers = any(self.stating.refers_to_table(passage) for passage in (sentence, *_passages(items)))
        self.latest = Lead(cue, sentence, False, tuple(items), self.to.part) if refers else None
        is_rest = not cue.is_positive and is_residual(sentence, self.lexicon)
        if is_rest and not self.stating.is_named_unmet(sentence, cue):
            self.state_residual(cue, sentence, items)
        elif not items:
            for member in members(sentence, cue, self.lexicon):
                self.to.add(
                    member.words, cue, said=sentence.text, confidence=OWN_WORDS, label=label, whole=sentence,
                    titles=self.titles, member=member,
                )
        elif self.stating.state_themselves(items):
            self.read_items(items, False)
        elif found := uses(items, self.lexicon, f"{label.strip(' ().')}." if any(map(str.isalnum, label)) else ""):
            says_of_what = names_condition(sentence.text, self.lexicon)
            for use in found:
                is_named = names_condition(use.block.passage.text, self.lexicon) or not says_of_what
                titles = self.titles if is_named else (*self.titles, trimmed(sentence, self.lexicon))
                self.to.add_use(use, cue, titles)
        elif not cue.is_positive and self.stating.lists_uses(sentence):
            self.add_each(items, cue)
        elif is_criteria_list(sentence.text, items, self.lexicon):
            is_elsewhere = self.open is None or (self.open.is_of_all and self.open.part is not self.to.part)
            is_elsewhere = is_elsewhere and not self._is_under_condition()
            if is_elsewhere and not self.titles and self.naming.names_no_use(sentence, cue):
                self.close()
                self.open = Lead(cue, sentence, False, tuple(items), self.to.part)  # criteria of all uses to follow
                return
            own, rest = self.stating.with_verdicts(items)
            self.to.add(sentence, cue, own, sentence.text, confidence=OWN_WORDS, label=label, titles=self.titles)
            for other, verdict, below in rest:
                self.to.add(other, verdict, below, other.text, confidence=OWN_WORDS, label=label, whole=other)
        else:
            self.add_each(items, cue)

    def _is_under_condition(self) -> bool:
        """Whether a heading names the condition that the statements below it are for."""
        return any(is_condition_title(section.heading, self.to.lexicon) for section in self.to.part.path[-2:])

    def add_each(self, items: Sequence[Block], cue: Cue, confidence: float = FROM_LEAD) -> None:
        """Items as uses; one that speaks of all else ("any other use") is a residual clause."""
        for block in items:
            if not cue.is_positive and block.passage and is_residual(block.passage, self.lexicon):
                self.state_residual(cue, block.passage, block.children)
            else:
                self.to.add_each([block], cue, confidence)

    def state_residual(self, cue: Cue, sentence: Passage, items: Sequence[Block]) -> None:
        clause = catch_all(self.document, sentence, cue, self.naming.topic, self.lexicon)
        self.to.found.residual.append(clause)
        self.to.add_each(items, cue)
        if not items:
            for member in members(sentence, cue, self.lexicon, only_examples=True):
                self.to.add(member.words, cue, said=member.words.text, confidence=FROM_LEAD, member=member)


def _passages(items: Sequence[Block]) -> list[Passage]:
    return [block.passage for block in items if block.passage]

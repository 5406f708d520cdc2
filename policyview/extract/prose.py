"""Reads paragraphs and lists: which of their sentences state a determination, and what stands below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policyview.anchor import anchor_of
from policyview.extract.closing import counted_before
from policyview.extract.collector import Collector
from policyview.extract.conditions import names_condition
from policyview.extract.criteria import without_rows
from policyview.extract.cues import Cue, Lead
from policyview.extract.doubts import FROM_LEAD, OWN_WORDS
from policyview.extract.footnotes import MARKS, is_footnote
from policyview.extract.groups import Group, groups_of
from policyview.extract.lists import enumerated
from policyview.extract.logic import is_connector
from policyview.extract.named_before import asked_for, lacks_subject
from policyview.extract.named_lists import NamedLists
from policyview.extract.naming import trimmed
from policyview.extract.residual import is_residual
from policyview.extract.stating import STRONG, Stating
from policyview.extract.verdicts import Verdicts, confidence_of
from policyview.model import POLICY_ROLES, Block, Determination, Part, Passage, Role
from policyview.wording.sentences import split_sentences

_REFUSED = frozenset(
    (Determination.NOT_COVERED, Determination.NOT_MEDICALLY_NECESSARY, Determination.INVESTIGATIONAL)
)


class Prose:
    """Reads the sentences and lists of the collector's current part; ``open`` is a lead-in that waits for its list."""

    def __init__(self, collector: Collector) -> None:
        self.to = collector
        self.document = collector.document
        self.lexicon = collector.lexicon
        self.statements = collector.lexicon["statements"]
        self.naming = collector.naming
        self.stating = Stating(collector.lexicon)
        self.verdicts = Verdicts(self)
        self.lists = NamedLists(self)
        self.open: Lead | None = None
        self.latest: Lead | None = None  # the last statement, with its list
        self.refused: Lead | None = None  # the part's heading, where it refuses what lists below it name
        self.covered: Lead | None = None  # the heading of the part or above it, where it names what is covered
        self.headed: Part | None = None  # the part whose first list gave uses, stated by its heading
        self.titles: tuple[Passage, ...] = ()  # the names printed before the statement being read, the outer first
        self.closing: Block | None = None  # the line behind the list being read
        self.named: tuple[Block, ...] = ()  # the list before the statement being read, of which nothing was said

    def close(self) -> None:
        """A lead-in whose list never came states its determination by itself."""
        lead, self.open = self.open, None
        if lead is None:
            return
        start = anchor_of(self.document, lead.cue.words).start
        is_described = (lead.part or self.to.part).role == Role.DESCRIPTION
        if is_described and self.statements["listed-below"].regex.search(lead.sentence.text):
            return  # without its list it names no use
        if self.statements["criteria-below"].regex.search(lead.sentence.text) and self._states_after(start):
            return  # each of those below says what it covers
        if any(i.basis and i.basis.start == start for i in self.to.found.indications):
            return
        if not lead.shared and self.naming.names_no_use(lead.sentence, lead.cue) and self._states_after(start):
            return  # what was to follow stated its own
        here, self.to.part = self.to.part, lead.part or self.to.part
        if lead.shared:
            said = lead.said or lead.sentence.text
            self.to.add(lead.sentence, lead.cue, lead.shared, said, confidence=confidence_of(lead.cue))
        else:
            self.verdicts.state(lead.cue, lead.sentence, ())
        self.to.part = here

    def _states_after(self, start: int) -> bool:
        return any(indication.anchor.start > start for indication in self.to.found.indications)

    def read_group(self, group: Group, is_weak: bool) -> None:
        sentences = self._sentences(group)
        is_note = self.statements["note"].regex
        if group.lead and (is_note.match(group.lead.passage.text) or MARKS.fullmatch(group.lead.label)):
            self._read_note(group.lead)
            self.read_items(group.items, is_weak)
            return
        self.lists.note_name(group)
        unsaid, self.named = self.named, ()
        self.closing = group.closing
        for before, sentence in pairwise([None, *sentences[:-1]]):
            cue = self._cue(sentence, is_weak, sentences) if sentence else None
            if sentence and cue and not (before and self._state_of_before(cue, sentence, before)):
                self._state_after(before, cue, sentence, ())
        last = sentences[-1] if sentences else None
        cue = self._cue(last, is_weak, sentences) if last else None
        if last is None or cue is None:
            named = self.lists.above(last) if group.items and not is_weak else None
            if named:
                self.lists.read_named(named, group.items)
            elif last and group.items and len(sentences) > 1 and self._asks_more(last, sentences[-2]):
                self.to.add_group(last, group.items, is_refused=False)
            elif not (last and group.items and not is_weak and self.lists.ask_by_themselves(last, group.items)):
                self.read_items(group.items, is_weak)
                is_open = last is None or last.text.endswith(":")
                self.named = group.items if is_open and self.stating.state_nothing([group]) else ()
        elif unsaid and group.items and len(sentences) == 1 and lacks_subject(cue):
            self.lists.read_stated_behind(unsaid, cue, last, group.items)
        elif unsaid and not group.items and cue.is_positive and counted_before(last, self.lexicon):
            self.to.add(last, cue, unsaid, last.text, confidence=FROM_LEAD, titles=self.titles)
        elif group.items and (len(sentences) == 1 or self.stating.points_on(last)):
            self._state_after(sentences[-2] if len(sentences) > 1 else None, cue, last, group.items)
        elif self.stating.points_on(last):
            self.close()
            self.open = Lead(self.stating.unless(cue), last, part=self.to.part)
        elif not (len(sentences) > 1 and self._state_of_before(cue, last, sentences[-2])):
            self._state_after(sentences[-2] if len(sentences) > 1 else None, cue, last, ())
            self.read_items(group.items, is_weak)
        self.closing = None

    def _cue(self, sentence: Passage, is_weak: bool, beside: Sequence[Passage]) -> Cue | None:
        """What a sentence states; outside the sections of rules a verdict alone in its paragraph is of a page's frame.
        """
        is_framed = self.to.part.role not in POLICY_ROLES and len(beside) == 1
        if is_framed and self.statements["bare-verdict"].regex.fullmatch(sentence.text):
            return None
        is_heading = len(beside) == 1 and not sentence.text.endswith((".", ":")) and self.naming.heads(sentence)
        return None if is_heading else self.stating.cue(sentence, is_weak)

    def _sentences(self, group: Group) -> list[Passage]:
        """The sentences of a lead-in; one that only joins the list to the one before it ("These are:") goes with that.
        """
        sentences = split_sentences(group.lead.passage) if group.lead else []
        joins = self.statements["list-of-above"].regex
        if group.lead and group.items and len(sentences) > 1 and joins.fullmatch(sentences[-1].text):
            *before, stated, _ = sentences
            if self.stating.cue(stated, is_weak=False):
                return [*before, group.lead.passage.part(group.lead.passage.text.rfind(stated.text))]
        return sentences

    def _asks_more(self, last: Passage, before: Passage) -> bool:
        """Whether a sentence asks more of what the one before it covers ("It must come from one of the following:")."""
        cue = self.stating.cue(before, False) if self.statements["asks-more"].regex.search(last.text) else None
        return cue is not None and cue.is_positive

    def _state_after(self, before: Passage | None, cue: Cue, sentence: Passage, items: Sequence[Block]) -> None:
        """A statement; one that points back ("Therefore, it is not covered") is named by the sentence before it."""
        outer = self.titles
        asked = asked_for(before, self.lexicon) if self.naming.names_no_use(sentence, cue) else None
        over = self.lists.over
        if asked and not outer:
            self.titles = (asked,)
        elif over and not (before or outer or names_condition(sentence.text, self.lexicon)):
            self.titles = (over,)
        elif before and self.statements["points-back"].regex.match(sentence.text):
            said = self.stating.cue(before, False)
            named = self._subject(before, said) if said else before
            if said and self.statements["only-people"].regex.fullmatch(named.text):
                named = before.part(said.end)  # "Members are not eligible for X. This technology is …"
            purpose = self.statements["purpose"].regex
            if (own := purpose.match(sentence.text, cue.end)) and (other := purpose.search(named.text)):
                again = named.text.find(own.group().rstrip(" .;"))  # "X for b is unproven. It is not covered for b."
                named = named.part(0, max(again, other.start()))  # "X for a is covered. It is not covered for b."
            self.titles = (*outer, trimmed(named, self.lexicon))
        self.verdicts.state(cue, sentence, items)
        self.titles = outer

    def _subject(self, sentence: Passage, cue: Cue) -> Passage:
        """What a sentence is about: before its determination words, behind them where the payer stands before."""
        behind = sentence.part(cue.end)
        if behind and self.statements["payer-acts"].regex.search(cue.words.text):
            return behind
        return sentence.part(0, cue.start) if cue.start else sentence

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
            outer, is_title = self.titles, cues[0] is None and self.naming.is_name(sentences[0])
            self.titles = (*outer, sentences[0]) if is_title else outer
            for k, (sentence, cue) in enumerate(zip(sentences, cues, strict=True)):
                if cue is not None:
                    self.verdicts.state(cue, sentence, block.children if k == len(sentences) - 1 else (), block.label)
            self.titles = outer
            named = None if is_weak or cues[-1] or not block.children else self.naming.naming_line(sentences[-1])
            if named:
                self.lists.read_named(named, block.children)
            elif cues[-1] is None and any(child.kind == "paragraph" for child in block.children):
                for group in groups_of(block.children, self.lexicon):
                    self.read_group(group, is_weak)
            elif cues[-1] is None:
                self.read_items(block.children, is_weak)

    def _cue_in_item(self, sentence: Passage, is_weak: bool) -> Cue | None:
        """What a sentence of an item states; a note in it states only what it says outright."""
        cue = self.stating.cue(sentence, is_weak)
        is_note = self.statements["note"].regex.match(sentence.text)
        return None if cue and is_note and cue.entry.name not in STRONG else cue

    def _read_note(self, block: Block) -> None:
        """A note belongs to the indication above it in the section; it may also state one of its own.

        A footnote that states is of all the uses whose words carry its mark, or of none.
        """
        section = self.to.part.section.heading if self.to.part.section else ""
        sentences = split_sentences(block.passage)
        stated = [(s, cue) for s in sentences if (cue := self.stating.cue(s, is_weak=False))]
        rests = [not cue.is_positive and is_residual(s, self.lexicon) for s, cue in stated]
        is_said = any(rest or cue.entry.name in STRONG for rest, (_, cue) in zip(rests, stated, strict=True))
        is_above = self.to.found.indications and self.to.found.indications[-1].section == section
        if is_above and not (is_said and is_footnote(block)):
            self.to.add_note(block.passage)
        for rest, (sentence, cue) in zip(rests, stated, strict=True):
            if rest:
                self.verdicts.state_residual(cue, sentence, ())
            elif cue.entry.name in STRONG:
                self.to.add(sentence, cue, said=sentence.text, confidence=FROM_LEAD, is_note=True)

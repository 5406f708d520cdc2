"""Reads lists that state nothing by themselves, under a lead-in or heading that states for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyview.extract.collector import Collector
from policyview.extract.conditions import is_condition_title, names_condition
from policyview.extract.cues import Lead
from policyview.extract.doubts import FROM_GENERAL, FROM_HEADING, FROM_LEAD
from policyview.extract.groups import Group
from policyview.extract.logic import joint, printed_logic
from policyview.extract.named_uses import condition_uses, with_joined
from policyview.extract.naming import section_label, trimmed
from policyview.extract.prose import Prose
from policyview.extract.shapes import Use, is_criteria_list, labelled_items, stage_of, uses
from policyview.extract.shared_conditions import joined_before
from policyview.model import POLICY_ROLES, Block, Part, Passage, Section, Stage


class ListsBelow:
    """Tells whether such a list gives uses or the criteria of one; ``general`` is what is said of all uses."""

    def __init__(self, collector: Collector, prose: Prose) -> None:
        self.to, self.prose = collector, prose
        self.document, self.lexicon, self.naming = collector.document, collector.lexicon, collector.naming
        self.statements = collector.lexicon["statements"]
        self.general: Lead | None = None

    def read(self, lead: Lead, part: Part, lists: Sequence[Group]) -> None:
        """Lists without determination words of their own, under an open lead-in or a heading that has them."""
        if lead.is_heading and len(lists) > 1 and not lists[0].lead and self._asks(lead, None, lists[0].items):
            lists = lists[:1]  # what other words lead in is not what the heading asks
        items = tuple(block for group in lists for block in group.items)
        confidence = self.confidence(lead)
        titled = [(g.lead.passage, g.items) for g in lists if g.lead and self._is_title(g.lead, lists)]
        first = next((group.lead.passage for group in lists if group.lead), None)
        named = self.named_uses(lists)
        if part.section and self._is_title_beside(lead, part, lists, titled):
            own = self.naming.heading(self.document, part.section)
            self.to.add(own, lead.cue, lists[0].items, lead.sentence.text, confidence=confidence)
            self.to.part = replace(part, path=part.path[:-1])  # the names below stand beside the heading
            for title, below in titled:
                self.to.add(title, lead.cue, below, lead.sentence.text, confidence=confidence)
            self.to.part = part
        elif len(titled) >= 2:
            initial, renewals = self._staged(lists)
            for title, below in titled:
                said = title.text if printed_logic(title.text, self.lexicon)[0] else lead.sentence.text
                stage: Stage | None = "initial" if initial else None
                self.to.add(title, lead.cue, below, said, confidence=confidence, inherited=initial, stage=stage)
            for renewal in renewals:
                name = renewal.passage
                self.to.add(name, lead.cue, renewal.children, name.text, confidence=confidence, label=renewal.label)
        elif named and not names_condition(lead.sentence.text, self.lexicon):
            for use in named:
                self.to.add_use(use, lead.cue, confidence=confidence)
        elif self.naming.is_use(part) and part.section is not None and not self._is_named_by(lead, part.section):
            subject = self.naming.heading(self.document, part.section)
            said = first.text if first else lead.sentence.text
            label = section_label(part.section)
            shared = (*lead.shared, *joined_before(first, self.lexicon))
            self.to.add(subject, lead.cue, items, said, confidence=confidence, label=label, inherited=shared)
        elif not lead.is_heading and lead.shared:
            self.prose.open = replace(lead, shared=(*lead.shared, *items))
        elif not lead.is_heading:
            self._continue_lead(lead, items)
        elif found := uses(items, self.lexicon):
            for use in found:
                self.to.add_use(use, lead.cue, confidence=confidence)
        elif part.section and first is None and self._continues(part.section, items):
            subject = self.naming.heading(self.document, part.section)
            self.to.add(subject, lead.cue, items, part.section.heading, confidence=confidence)
        elif self._is_of_uses(lead, first, items):
            self.prose.verdicts.add_each(items, lead.cue, confidence)
        elif first is not None or part.role in POLICY_ROLES:
            subject = first or lead.sentence
            self.to.add(subject, lead.cue, items, subject.text, confidence=confidence)

    def _is_title(self, line: Block, lists: Sequence[Group]) -> bool:
        """Whether a line over a list names a use; one that ends with a colon does where those beside it do."""
        if self.naming.is_title(line):
            return True
        words = line.passage.text.rstrip(" :")
        others = sum(bool(group.lead and self.naming.is_title(group.lead)) for group in lists)
        return others > 1 and self.naming.is_title(replace(line, passage=line.passage.part(0, len(words))))

    def _staged(self, lists: Sequence[Group]) -> tuple[tuple[Block, ...], list[Block]]:
        """Beside lists of uses by name: what a first request for any of them must have, printed before them, and what
        a renewal must."""
        initial: list[Block] = []
        renewals: list[Block] = []
        for nth, group in enumerate(lists):
            for block in group.items if group.lead is None else ():
                stage = stage_of([block.passage.text], self.lexicon) if block.children else None
                if stage == "continuation":
                    renewals.append(block)
                elif stage == "initial" and nth == 0:
                    initial.append(block)
        return tuple(initial), renewals

    def _is_title_beside(
        self, lead: Lead, part: Part, lists: Sequence[Group], titled: Sequence[tuple[Passage, tuple[Block, ...]]]
    ) -> bool:
        """Whether a heading names the first of several uses that an open lead-in announces, and lines the others."""
        is_announced = not lead.is_heading and lead.part not in (None, part) and self.naming.is_use(part)
        is_dated = any(char.isdigit() for title, _ in titled for char in title.text)  # "Effective 1/1/26"
        return is_announced and bool(titled) and not is_dated and len(lists) == len(titled) + 1 and not lists[0].lead

    def _is_named_by(self, lead: Lead, section: Section) -> bool:
        """Whether a lead is the section's own heading, which calls what is below it covered, or not."""
        own = self.naming.heading(self.document, section)
        return lead.sentence.text == own.text and self.naming.naming_line(own) is not None

    def confidence(self, lead: Lead) -> float:
        return FROM_GENERAL if lead is self.general else FROM_HEADING if lead.is_heading else FROM_LEAD

    def named_uses(self, lists: Sequence[Group]) -> list[Use]:
        """The conditions that lists give by name; a list joined for all of them is inherited."""
        found: list[Use] = []
        shared: list[Block] = []
        for group in lists:
            items, for_all = with_joined(group.items, self.lexicon)
            named = condition_uses(items, self.lexicon)
            if group.lead and group.items and not named and self._is_for_all(group.lead.passage):
                shared += group.items
            shared += for_all if named else ()
            found += named
        return [replace(use, inherited=(*use.inherited, *shared)) for use in found]

    def _is_of_uses(self, lead: Lead, first: Passage | None, items: Sequence[Block]) -> bool:
        """Whether a list under a heading gives uses: what a heading refuses it refuses point by point."""
        if first is None and not lead.cue.is_positive and self.naming.naming_line(lead.sentence):
            return True
        is_of_one = is_criteria_list(first.text if first else "", items, self.lexicon)
        return not (is_of_one or self._asks(lead, first, items))

    def _asks(self, lead: Lead, first: Passage | None, items: Sequence[Block]) -> bool:
        """Whether a heading says that what must hold follows ("Criteria for approval"), over points that name no uses.
        """
        heading = trimmed(lead.sentence, self.lexicon).text
        if first is not None or not self.statements["criteria-heading"].regex.search(heading):
            return False
        points = labelled_items(items)
        if len(points) > 1 and joint(points[-2].passage.text) == "all":
            return True
        titles = sum(is_condition_title(point.passage.text, self.lexicon) for point in points)
        return 2 * titles < len(points) and not any(point.children for point in points)

    def _continues(self, section: Section, items: Sequence[Block]) -> bool:
        """Whether a list is of what must hold for approval to go on ("Re-approval [must meet both]"), not of uses."""
        if stage_of([section.heading], self.lexicon) != "continuation":
            return False
        texts = [block.passage.text for block in labelled_items(items)]
        if any(self.statements["must-meet"].regex.search(text) for text in texts):
            return False
        return 2 * sum(names_condition(text, self.lexicon) for text in texts) <= len(texts)

    def _is_for_all(self, passage: Passage) -> bool:
        return bool(self.statements["for-all-uses"].regex.search(passage.text))

    def _continue_lead(self, lead: Lead, items: Sequence[Block]) -> None:
        """The list that an open lead-in waited for; it stays open for more where the list gives uses."""
        found = uses(items, self.lexicon)
        for use in found:
            self.to.add_use(use, lead.cue)
        if not found:
            self.prose.open = None
            self.prose.verdicts.state(lead.cue, lead.sentence, items)

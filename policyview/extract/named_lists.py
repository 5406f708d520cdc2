"""Reads lists that a line names: what is covered, what is not, what patients must have, what the words behind say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policyview.extract.conditions import is_condition_title, names_condition
from policyview.extract.cues import Cue, Lead
from policyview.extract.groups import Group
from policyview.extract.named_before import criteria_of_all
from policyview.extract.rules_amid import beside_statements, is_description
from policyview.extract.stating import STRONG
from policyview.model import Block, Passage
from policyview.wording.sentences import split_sentences

FEWEST = 2  # points that are criteria

if TYPE_CHECKING:
    from policyview.extract.prose import Prose


class NamedLists:
    """Tells what a list without determination words of its own is by the line beside it."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.lexicon, self.statements = prose.lexicon, prose.statements
        self.name: Passage | None = None  # of a condition, on a line of its own over lines such as "Initial criteria"
        self._is_fresh = False  # whether the name stands in the group before
        self.over: Passage | None = None  # the same, right over the group being read

    def forget(self) -> None:
        """Another part begins, in which names printed before hold no longer."""
        self.name, self.over, self._is_fresh = None, None, False

    def note_name(self, group: Group) -> None:
        """Keeps the name of a condition that stands over the lines and lists that follow in its part."""
        words = group.lead.passage if group.lead and not group.items else None
        self.over = self.name if self._is_fresh else None
        self._is_fresh = False
        if words and is_condition_title(words.text[:1].upper() + words.text[1:], self.lexicon):
            self.name, self._is_fresh = words, True

    def above(self, last: Passage | None) -> Lead | None:
        """What a list without words of its own is by the line over it, or by a heading that refuses."""
        if last is None or self.statements["list-of-above"].regex.fullmatch(last.text):
            return self.prose.refused
        naming, covered = self.prose.naming, self.prose.covered
        if covered and self.statements["purpose-line"].regex.fullmatch(last.text.rstrip()):
            return replace(covered, sentence=last)
        return naming.naming_line(last) or naming.criteria_line(last) or naming.demanding_line(last)

    def read_named(self, lead: Lead, items: Sequence[Block]) -> None:
        """A list under such a line; where the line names no condition, the name above it does."""
        outer = self.prose.titles
        if self.statements["purpose-line"].regex.fullmatch(lead.sentence.text.rstrip()):
            self.prose.titles = (*outer, lead.sentence.part(0, len(lead.sentence.text.rstrip(" :"))))
        elif self.name and not names_condition(lead.sentence.text, self.lexicon):
            self.prose.titles = (*outer, self.name)
        self.read(lead, items)
        self.prose.titles = outer

    def refuses_each(self, sentence: Passage, items: Sequence[Block]) -> bool:
        """Whether a lead-in that refuses refuses each thing listed below it, rather than one thing for each reason."""
        if self.prose.stating.lists_uses(sentence) or self.prose.naming.naming_line(sentence):
            return True
        if not self.statements["refuses-situations"].regex.search(sentence.text.rstrip()):
            return False
        texts = [block.passage for block in items if block.passage]
        first_of = self.prose.naming.first_of
        named = sum(names_condition(text.text, self.lexicon) or first_of(text) is not None for text in texts)
        return 2 * named > len(texts)

    def states_for_sure(self, group: Group) -> bool:
        """Whether a lead-in, or points of a list, say in the plainest words what must hold for coverage."""
        if not group.items:
            return False
        leads = [(group.lead, group.items)] if group.lead else []
        leads += [(block, block.children) for block in group.items if block.children]
        return any(self._grants(block, items) for block, items in leads)

    def _grants(self, block: Block, items: Sequence[Block]) -> bool:
        last = split_sentences(block.passage)[-1] if block.passage else None
        cue = self.prose.stating.cue(last, True) if last else None
        if last is None or cue is None or cue.entry.name not in STRONG or not cue.is_positive or len(items) < FEWEST:
            return False
        return bool(self.statements["all-met"].regex.search(last.text.rstrip()))

    def read_below(self, heading: Lead, groups: Sequence[Group]) -> bool:
        """Reads the list below a line of plain text that names what is covered, or not, where some of its points state
        by themselves; whether there is one."""
        if self.prose.document.pages or not groups or groups[0].lead or not groups[0].items:
            return False
        if self.prose.naming.naming_line(heading.sentence) is None or self.prose.stating.state_nothing(groups[:1]):
            return False
        self.read(heading, groups[0].items)
        return True

    def read(self, lead: Lead, items: Sequence[Block]) -> None:
        """A list under a line that names what is covered, or not.

        Where some items state, they speak for themselves; what a patient must be holds for all beside it.
        """
        stating = [block for block in items if self._states(block) and not self._is_described(block)]
        if not stating:
            self.prose.verdicts.state(lead.cue, lead.sentence, items)
            return
        named, shared = beside_statements(items, stating, self.lexicon)
        with self.prose.to.sharing(shared):
            for block in items:
                if block in stating:
                    self.prose.read_items([block], is_weak=False)
                elif block in named and not self.prose.naming.heads(block.passage):
                    self.prose.verdicts.add_each([block], lead.cue)

    def _states(self, block: Block) -> bool:
        """Whether an item states, or a paragraph below it does, whose list it then holds."""
        paragraphs = [child for child in block.children if child.kind == "paragraph" and child.passage]
        return any(self.prose.stating.states(each) for each in (block, *paragraphs))

    def ask_by_themselves(self, line: Passage, items: Sequence[Block]) -> bool:
        """Whether a list under "Patients must have:" was tied to the statement above, or is of the topic where none is.
        """
        if self.prose.tie(line, items, self.prose.to.part):
            return True
        lead = None if len(self.prose.to) or self.prose.open else self.prose.naming.selection_line(line)
        if lead:
            self.read(lead, items)
        return lead is not None

    def read_stated_behind(self, named: Sequence[Block], cue: Cue, sentence: Passage, items: Sequence[Block]) -> None:
        """The uses of a list, said to be covered by the words below it, each under the criteria that follow these."""
        with self.prose.to.sharing(criteria_of_all(sentence, items, self.lexicon)):
            self.prose.verdicts.add_each(named, cue)

    def _is_described(self, block: Block) -> bool:
        return is_description(self.prose.stating.cue(split_sentences(block.passage)[0], False), self.lexicon)

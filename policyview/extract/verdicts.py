"""What a determination gives with the list below it: uses each covered or refused, one use with its criteria, or a
clause on all else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policyview.extract.announced import with_announced
from policyview.extract.closing import said_of
from policyview.extract.conditions import is_condition_title, names_condition, without_brackets
from policyview.extract.cues import Cue, Lead, find_cues
from policyview.extract.doubts import FROM_HEADING, FROM_LEAD, OWN_WORDS
from policyview.extract.lists import Member, members
from policyview.extract.naming import COVERED_BY_HEADING, trimmed
from policyview.extract.residual import catch_all, is_residual
from policyview.extract.rules_amid import uses_and_rules
from policyview.extract.shapes import is_criteria_list, labelled_items, path_of, uses
from policyview.extract.shared_conditions import shared_conditions, uses_and_joined
from policyview.model import Block, Determination, Passage

if TYPE_CHECKING:
    from policyview.extract.prose import Prose

_REFUSED = frozenset(
    (Determination.NOT_COVERED, Determination.NOT_MEDICALLY_NECESSARY, Determination.INVESTIGATIONAL)
)


class Verdicts:
    """Makes indications of the determinations that the reader of a part finds."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.to, self.document, self.naming = prose.to, prose.document, prose.naming
        self.lexicon, self.statements, self.stating = prose.lexicon, prose.statements, prose.stating

    def state(self, cue: Cue, sentence: Passage, items: Sequence[Block], label: str = "") -> None:
        """A determination with the list below it, if any."""
        cue = self._in_study(cue if not items else self.stating.unless(cue))
        items, apart = self.stating.split_off(cue, items)
        if apart:
            self.state(cue, sentence, items, label)
            self.prose.read_items(apart, False)
            return
        refers = any(self.stating.refers_to_table(passage) for passage in (sentence, *_passages(items)))
        self.prose.latest = Lead(cue, sentence, False, tuple(items), self.to.part) if refers else None
        is_rest = not cue.is_positive and is_residual(sentence, self.lexicon)
        if not items and self._is_of_list_above(cue, sentence):
            return  # the list was refused already, point by point
        if is_rest and not self.stating.is_named_unmet(sentence, cue):
            self.state_residual(cue, sentence, items)
        elif not items:
            for member in () if self._names_nothing(cue, sentence) else members(sentence, cue, self.lexicon):
                self.to.add(
                    member.words, cue, said=sentence.text, confidence=OWN_WORDS, label=label, whole=sentence,
                    titles=self.prose.titles, member=member,
                )
        elif self.stating.state_themselves(items):
            self.prose.read_items(items, False)
        elif found := uses(items, self.lexicon, path_of(label), lead=sentence.text):
            says_of_what = names_condition(sentence.text, self.lexicon)
            shared = shared_conditions(sentence, cue, self.lexicon)
            for use in found:
                is_named = names_condition(use.block.passage.text, self.lexicon) or not says_of_what
                titles = self.prose.titles if is_named else (*self.prose.titles, trimmed(sentence, self.lexicon))
                self.to.add_use(replace(use, inherited=(*use.inherited, *shared)), cue, titles)
        elif self.stating.is_umbrella(sentence) or self._refuses_each(sentence, cue, items):
            self._add_each_under(sentence, cue, items)
        elif cue.is_positive and self._are_conditions(items):
            self._add_each_under(sentence, cue, labelled_items(items))
        elif is_criteria_list(said := said_of(sentence.text, self.prose.closing, self.lexicon), items, self.lexicon):
            waiting = self.prose.open
            is_elsewhere = waiting is None or (waiting.is_of_all and waiting.part is not self.to.part)
            is_elsewhere = is_elsewhere and not self._is_under_condition()
            if is_elsewhere and not self.prose.titles and self.naming.names_no_use(sentence, cue):
                if self.prose.headed is self.to.part and self.to.add_group(sentence, items, is_refused=False):
                    return
                self.prose.close()
                # criteria of all uses to follow
                self.prose.open = Lead(cue, sentence, False, tuple(items), self.to.part, said)
                return
            own, rest = self.stating.with_verdicts(items)
            self.to.add(sentence, cue, own, said, confidence=confidence_of(cue), label=label, titles=self.prose.titles)
            for other, verdict, below in rest:
                self.to.add(other, verdict, below, other.text, confidence=OWN_WORDS, label=label, whole=other)
        else:
            self._add_each_under(sentence, cue, items)

    def _refuses_each(self, sentence: Passage, cue: Cue, items: Sequence[Block]) -> bool:
        return not cue.is_positive and self.prose.lists.refuses_each(sentence, items)

    def _are_conditions(self, items: Sequence[Block]) -> bool:
        """Whether each item begins with the name of a condition, and some have criteria of their own below it."""
        labelled = labelled_items(items)
        names = [trimmed(block.passage, self.lexicon).text.split(",")[0] for block in labelled]
        has_criteria = sum(bool(labelled_items(block.children)) for block in labelled)
        return has_criteria > 1 and all(is_condition_title(name, self.lexicon) for name in names)

    def _is_of_list_above(self, cue: Cue, sentence: Passage) -> bool:
        """Whether a refusal names nothing itself ("This is considered unproven …") and a refused use is above."""
        if cue.is_positive or self.prose.titles or not self.statements["of-above"].regex.match(sentence.text):
            return False
        after = sentence.part(cue.end).text
        if after.strip(" .;") and not self.statements["reason"].regex.match(after):
            return False  # "It is not considered medically necessary to warm both feet"
        last = self.to.found.indications[-1] if self.to.found.indications else None
        section = self.to.part.section.heading if self.to.part.section else ""
        return last is not None and last.section == section and last.determination in _REFUSED

    def _add_each_under(self, sentence: Passage, cue: Cue, items: Sequence[Block]) -> None:
        """Items as uses, each with what their lead-in asks of all of them."""
        named, joined = uses_and_joined(items)
        with self.to.sharing((*shared_conditions(sentence, cue, self.lexicon), *joined)):
            self.add_each(named, cue)

    def _names_nothing(self, cue: Cue, sentence: Passage) -> bool:
        """Whether a sentence speaks of the uses listed below it, or of a study only ("COVERAGE WITH … (CED)")."""
        if self.stating.is_umbrella(sentence):
            return True
        left = without_brackets(sentence.text.replace(cue.own, " "))
        return cue.ground == "study_only" and not self.prose.titles and not any(map(str.isalnum, left))

    def _in_study(self, cue: Cue) -> Cue:
        """What is covered under a heading that covers in a study only ("Coverage with evidence development")."""
        if not cue.is_positive:
            return cue
        for section in self.to.part.path:
            for above in find_cues(self.naming.heading(self.document, section), self.lexicon):
                if above.ground == "study_only":
                    return replace(cue, entry=above.entry)
        return cue

    def _is_under_condition(self) -> bool:
        """Whether a heading names the condition that the statements below it are for."""
        return any(is_condition_title(section.heading, self.to.lexicon) for section in self.to.part.path[-2:])

    def add_each(self, items: Sequence[Block], cue: Cue, confidence: float = FROM_LEAD) -> None:
        """Items as uses; one that speaks of all else ("any other use") is a residual clause.

        Items behind one that announces them ("… in any of the following situations:") are its criteria.
        """
        nested, is_unsure = with_announced(items, self.lexicon)
        named, rules = uses_and_rules(nested, self.lexicon) if cue.is_positive else (nested, ())
        with self.to.sharing(rules):
            for block in named:
                before = len(self.to.found.indications)
                if not cue.is_positive and block.passage and is_residual(block.passage, self.lexicon):
                    self.state_residual(cue, block.passage, block.children)
                else:
                    self.to.add_each([block], cue, confidence, self.prose.titles)
                if is_unsure and block not in items:
                    self.to.doubt_trees(before)

    def state_residual(self, cue: Cue, sentence: Passage, items: Sequence[Block]) -> None:
        beside = self.statements["beside-all-others"].regex.search(sentence.text, cue.end)
        if beside and not items:  # "for gout and for all other indications"
            use = sentence.part(*beside.span("named"))
            self.to.add(use, cue, said=sentence.text, confidence=OWN_WORDS, whole=sentence, titles=self.prose.titles)
        clause = catch_all(self.document, sentence, cue, self.naming.topic, self.lexicon)
        if all(clause.anchor != known.anchor for known in self.to.found.residual):
            self.to.found.residual.append(clause)
        self.to.add_each(items, cue)
        if not items:
            for member in members(sentence, cue, self.lexicon, only_examples=True) or self._other_tests(sentence):
                self.to.add(member.words, cue, said=member.words.text, confidence=FROM_LEAD, member=member)

    def _other_tests(self, sentence: Passage) -> list[Member]:
        """ "All other tests for gout are not covered" is on all else, and names a use."""
        text = sentence.text
        is_named = self.statements["named-use"].regex.search(text) or names_condition(text, self.lexicon)
        return [Member(sentence)] if is_named and self.lexicon["residuals"]["tests"].regex.search(text) else []


def confidence_of(cue: Cue) -> float:
    """Less where a line over a list covers it without saying so ("Patient selection criteria")."""
    return FROM_HEADING if cue.entry.name == COVERED_BY_HEADING else OWN_WORDS


def _passages(items: Sequence[Block]) -> list[Passage]:
    return [block.passage for block in items if block.passage]

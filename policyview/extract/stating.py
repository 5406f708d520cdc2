"""Tells which sentences state a determination of the payer, and which only use its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policyview.extract.cues import Cue, find_cues
from policyview.extract.groups import Group
from policyview.extract.lists import members
from policyview.extract.residual import is_residual, is_unmet
from policyview.lexicon import Lexicon
from policyview.model import Block, Passage
from policyview.wording.sentences import split_sentences

STRONG = frozenset({"medically-necessary", "not-medically-necessary", "investigational", "not-covered"})
"""The entries of the lexicon's determinations that are said of nothing but a service."""
REFUSING = frozenset({"not-medically-necessary", "investigational", "not-covered"})
PLAIN = frozenset({"covered", "not-covered"})
"""Those that are said of benefits too, which differ from plan to plan."""
GRANTING = frozenset({"covered", "asked"})
"""Those that grant, or say what is asked for a grant."""
LOOK_BACK = 70  # characters before determination words that may take their force
ADJOINING = 20  # characters in which the word before determination words stands
ITEMS_WITH_VERDICTS = 0.4  # share of a list's items that state a determination, above which all speak for themselves


class Stating:
    """Reads sentences as statements. ``is_weak`` for text outside the policy's own sections, of which less is taken."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._statements = lexicon["statements"]

    def cue(self, sentence: Passage, is_weak: bool) -> Cue | None:
        """The determination that a sentence states, if it states one."""
        if sentence.text.rstrip().endswith("?"):
            return None  # a question
        cues = [cue for cue in find_cues(sentence, self._lexicon) if not self._is_aside(cue)]
        if is_weak:
            is_bare = self._statements["bare-verdict"].regex.fullmatch(sentence.text)
            cues = [] if is_bare else [c for c in cues if self._is_of_payer(c)]
        if not cues:
            return None
        main = next((cue for cue in cues if not self._is_subordinate(cue)), cues[0])
        if main.is_positive:  # "is covered only in a trial" covers in the trial only
            main = next((c for c in cues if c.ground == "study_only" and not self._is_other_case(main, c)), main)
        if self._statements["tautology"].regex.search(sentence.text):
            return None
        if main.is_positive and self._statements["scope-note"].regex.search(sentence.text):
            return None  # what the policy does not speak of it does not cover
        if main.entry.name in PLAIN and self._statements["plan-dependent"].regex.search(sentence.text):
            return None
        if main.entry.get("of_all_else") and not is_residual(sentence, self._lexicon):
            return None
        searched = sentence.text if is_weak else sentence.text[: main.start]
        is_granted = main.entry.name in STRONG or (main.is_positive and self.points_on(sentence))
        if not is_weak and is_granted and searched.endswith(" and "):
            return main  # "requires a form and is considered medically necessary"
        if main.is_positive and self._says_what_must_hold(sentence):
            return None if is_weak else main
        if main.entry.get("asks"):
            return None
        speaks = self._statements["payer-considers"].regex.search(searched)  # behind a letterhead run together with it
        since = speaks.start() if speaks else 0
        return None if self._statements["administrative"].regex.search(searched, since) else main

    def _says_what_must_hold(self, sentence: Passage) -> bool:
        """ "All of the following must be met for warming to be considered medically necessary:" """
        return self.points_on(sentence) and bool(self._statements["must-for"].regex.search(sentence.text))

    def states(self, block: Block) -> bool:
        return any(self.cue(s, False) for s in split_sentences(block.passage)) if block.passage else False

    def refusal(self, passage: Passage) -> Cue | None:
        """A determination that a cell of criteria states for its row, against what is said of the table."""
        cue = self.cue(split_sentences(passage)[0], False)
        return cue if cue and cue.entry.name in STRONG and not cue.is_positive else None

    def points_on(self, sentence: Passage) -> bool:
        return bool(self._statements["points-on"].regex.search(sentence.text.rstrip()))

    def lists_uses(self, sentence: Passage) -> bool:
        """ "… is not covered for the following:" leads in what is not covered, however its items begin."""
        statements, tail = self._statements, sentence.text.rstrip()
        if statements["refuses-each"].regex.search(tail):
            return True
        is_of_uses = statements["condition-lead"].regex.search(tail)
        return bool(is_of_uses) and not statements["criteria-lead"].regex.search(tail)

    def unless(self, cue: Cue) -> Cue:
        """ "is not covered unless all of the following are met:" covers those who meet the list that follows."""
        match = self._statements["refused-unless"].regex.match(cue.passage.text, cue.end)
        if cue.entry.name not in REFUSING or match is None or is_residual(cue.passage, self._lexicon):
            return cue
        entry = self._lexicon["determinations"]["covered" if cue.entry.name == "not-covered" else "medically-necessary"]
        since = cue.start if cue.since is None else cue.since
        return replace(cue, end=match.end(), entry=entry, since=since)

    def is_umbrella(self, sentence: Passage) -> bool:
        """ "The indications below are covered provided that …" speaks of the uses that follow."""
        return bool(self._statements["umbrella"].regex.match(sentence.text))

    def refers_to_table(self, passage: Passage) -> bool:
        return bool(self._statements["refers-to-table"].regex.search(passage.text))

    def with_verdicts(self, items: Sequence[Block]) -> tuple[list[Block], list[tuple[Passage, Cue, list[Block]]]]:
        """The criteria of a list, and the statements among them that cover another case ("covered only for …").

        A case covered in a study takes the unlabelled or equal items after it, which are the study's conditions.
        """
        own: list[Block] = []
        rest: list[tuple[Passage, Cue, list[Block]]] = []
        study: list[Block] | None = None
        for block in items:
            sentences = split_sentences(block.passage) if block.passage else []
            cues = [self.cue(sentence, False) for sentence in sentences]
            if cues and cues[0] and cues[0].ground == "study_only":
                study = list(block.children)
                rest.append((sentences[0], cues[0], study))
            elif study is not None:
                study.append(block)
            else:
                own.append(block)
                only = self._statements["covered-only"].regex
                rest.extend((s, c, []) for s, c in zip(sentences, cues, strict=True) if c and only.search(s.text))
        return own, rest

    def state_themselves(self, items: Sequence[Block]) -> bool:
        """Whether a list's items are statements with determinations of their own."""
        labelled = [block for block in items if block.label and block.passage]
        own = 0
        for block in labelled:
            cues = [self.cue(sentence, False) for sentence in split_sentences(block.passage)]
            own += any(cue is not None and cue.entry.name not in GRANTING for cue in cues)
        return own >= 2 and own >= ITEMS_WITH_VERDICTS * len(labelled)

    def state_nothing(self, groups: Sequence[Group]) -> bool:
        items = [block for group in groups for block in group.items if block.label]
        if not items or self.state_themselves(items):
            return False
        passages = [group.lead.passage for group in groups if group.lead] + list(_all_passages(items))
        sentences = (sentence for passage in passages for sentence in split_sentences(passage))
        starts_if = self._statements["starts-if"].regex
        return not any(self.cue(s, False) for s in sentences if not starts_if.match(s.text))

    def is_named_unmet(self, sentence: Passage, cue: Cue) -> bool:
        """ "X for the treatment of y is not covered when the criteria are not met" speaks of y, not of all else."""
        if not is_unmet(sentence, self._lexicon):
            return False
        if len(members(sentence, cue, self._lexicon)) > 1:
            return True
        after = self._statements["unmet"].regex.sub(" ", sentence.part(cue.end).text)
        other = self._statements["other-uses"].regex.search(sentence.text)
        return bool(self._statements["named-use"].regex.search(after)) and not other

    def split_off(self, cue: Cue, items: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """The items of a list that refuses, and from the first one on that covers, those of another statement.

        Where a lead-in that covers was printed as an item, the items after it are its list.
        """
        if cue.entry.name not in REFUSING:
            return tuple(items), ()
        for k, block in enumerate(items):
            after = tuple(items[k + 1 :])
            if self._covers(block):
                children = (*block.children, *after) if self.points_on(block.passage) else block.children
                rest = () if children != block.children else after
                return tuple(items[:k]), (replace(block, children=children), *rest)
            kept, apart = self.split_off(cue, block.children)
            if apart:
                own = (*items[:k], replace(block, children=kept))
                if self.points_on(apart[-1].passage):
                    return own, (*apart[:-1], replace(apart[-1], children=(*apart[-1].children, *after)))
                return own, (*apart, *after)
        return tuple(items), ()

    def _covers(self, block: Block) -> bool:
        """Whether an item is a statement that covers, not one that mentions cover in a clause."""
        if not block.passage:
            return False
        sentence = split_sentences(block.passage)[-1]
        cue = self.cue(sentence, False)
        if cue is None or not cue.is_positive:
            return False
        return cue.start > 0 and not self._statements["within-clause"].regex.search(sentence.text[: cue.start])

    def _is_of_payer(self, cue: Cue) -> bool:
        """Outside the policy sections "approved" may be the word of an agency."""
        words = cue.words.text.lower()
        if cue.entry.name in GRANTING:
            return bool(self._statements["payer-grants"].regex.search(words))
        return cue.entry.name != "not-covered" or bool(self._statements["coverage-words"].regex.search(words))

    def _is_subordinate(self, cue: Cue) -> bool:
        """Whether the words stand in a when- or if-clause that has not ended before them."""
        return bool(self._statements["subordinate"].regex.search(cue.passage.text[: cue.start]))

    def _is_other_case(self, main: Cue, study: Cue) -> bool:
        """ "is covered for those with approved devices or devices used in a trial": the trial is one of two cases."""
        if study.entry.name != "in-study":
            return False
        text = main.passage.text
        beside = text[main.end : study.start + ADJOINING], text[study.end : study.end + ADJOINING]
        return any(self._statements["other-case"].regex.search(text) for text in beside)

    def _is_attributive(self, cue: Cue) -> bool:
        """Words that only say what kind of service is spoken of ("both medically necessary and cosmetic reasons")."""
        text = cue.passage.text
        for match in self._statements["attributive"].regex.finditer(text, max(0, cue.start - ADJOINING)):
            if match.start() <= cue.start and cue.end <= match.end() and text[match.end() :][:1].islower():
                return True
        return False

    def _is_aside(self, cue: Cue) -> bool:
        """Determination words that state nothing: "to determine whether it is …", "documentation of …"."""
        before = cue.passage.text[: cue.start]
        if cue.since is not None:  # what has a negation before it is said on purpose
            return False
        if self._is_attributive(cue) or (cue.is_positive and self._statements["circumstance"].regex.search(before)):
            return True
        if cue.is_positive and self._says_what_must_hold(cue.passage):
            return False
        if before.count("(") > before.count(")") and not cue.passage.text.startswith("("):
            return True  # "(see section III: uses that are not covered)"
        if self._statements["for-a-time"].regex.fullmatch(cue.passage.text, cue.end):
            return True  # how long what is granted above holds
        if not before.strip(' "“‘*') and self._statements["defines"].regex.match(cue.passage.text, cue.end):
            return True
        before = before[-LOOK_BACK:]
        return bool(self._statements["not-a-statement"].regex.search(before))


def _all_passages(items: Sequence[Block]) -> Iterator[Passage]:
    for block in items:
        yield from (block.passage,) if block.passage else ()
        yield from _all_passages(block.children)

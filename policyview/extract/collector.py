"""Collects what a document states: makes an indication of a use, its determination and its list of criteria."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from policyview.anchor import anchor_of
from policyview.extract.announced import with_announced
from policyview.extract.apart import told_apart
from policyview.extract.criteria import CriteriaBuilder, without_asides, without_joint, without_rows
from policyview.extract.cues import Cue
from policyview.extract.doubts import FROM_ELSEWHERE, FROM_LEAD, how_sure, unsure
from policyview.extract.footnotes import is_footnote
from policyview.extract.inline import inline_criteria
from policyview.extract.limit_words import limits_of
from policyview.extract.lists import Member, enumerated
from policyview.extract.logic import is_connector, is_mixed, joints, list_logic
from policyview.extract.named_uses import only_refers
from policyview.extract.naming import Naming, trimmed
from policyview.extract.people import population
from policyview.extract.shapes import Use, stage_of
from policyview.extract.shared_conditions import joined_before
from policyview.lexicon import Lexicon
from policyview.model import (
    Block,
    CatchAll,
    Criterion,
    CriterionKind,
    Determination,
    Document,
    Indication,
    Limit,
    Note,
    Part,
    Passage,
    Stage,
)

_NO_USE = ("elsewhere", "menu-item", "period-line", "dated-entry")
_GRANTS = frozenset({Determination.MEDICALLY_NECESSARY, Determination.CONDITIONAL})


@dataclass
class Found:
    """What was read, and the passages in which thresholds are looked for: (id of the fact, passage)."""

    indications: list[Indication] = field(default_factory=list)
    residual: list[CatchAll] = field(default_factory=list)
    passages: list[tuple[str, Passage]] = field(default_factory=list)


class Collector:
    """Holds what was found so far; ``part`` is the part being read."""

    def __init__(self, document: Document, lexicon: Lexicon, title: str, payer: str = "") -> None:
        self.document = document
        self.lexicon = lexicon
        self.builder = CriteriaBuilder(document, lexicon)
        self.naming = Naming(lexicon, title, payer)
        self.found = Found()
        self.part = Part(None, ())
        self._shared: set[int] = set()
        self._numbered = 0
        self.over: Passage | None = None  # the name printed over the statement being read
        self._names_over: dict[str, str] = {}
        self.beside: tuple[Block, ...] = ()  # a line that holds for all uses below it ("Age 18 years or older")

    def __len__(self) -> int:
        return len(self.found.indications) + len(self.found.residual)

    def add(
        self,
        subject: Passage,
        cue: Cue,
        items: Sequence[Block] = (),
        said: str = "",
        *,
        confidence: float,
        label: str = "",
        inherited: Sequence[Block] = (),
        stage: Stage | None = None,
        whole: Passage | None = None,
        context: Sequence[str] = (),
        basis: Passage | None = None,
        titles: Sequence[Passage] = (),
        is_note: bool = False,
        member: Member | None = None,
    ) -> None:
        """One indication: ``subject`` names the use, ``items`` are its criteria, ``said`` the words that lead them in.

        ``whole`` is the sentence the subject is a part of, ``titles`` the names printed before it, the
        outer first, ``basis`` the
        determination words, the cue's if not given, ``member`` the place of the subject in a list of uses.
        """
        subject = trimmed(subject, self.lexicon)
        if not subject or self._is_elsewhere(subject) or only_refers(subject.text, items, self.lexicon):
            return
        self._numbered += 1
        number = f"i{self._numbered}"
        items, is_unsure = with_announced(items, self.lexicon)
        criteria = self.builder.build(items, f"{number}.c")
        logic, n = list_logic(said, items, self.lexicon) if criteria else (None, None)
        if is_unsure and logic == "all" and "any" in joints(items, self.lexicon):
            logic = None  # alternatives that the lead-in does not speak of
        is_unsure = is_unsure or (logic is None and is_mixed(items, self.lexicon))
        if criteria and not (logic or cue.is_positive) and self._refuses_each(said):
            logic = "any"
        if not criteria:
            criteria, logic = inline_criteria(whole or subject, f"{number}.c", self.builder)
        headings = tuple(section.heading for section in self.part.path)
        above = (*headings, *(title.text for title in titles))
        sentence, words = whole or subject, basis or cue.words
        has_list = bool(criteria or inherited)
        confidence, doubt = how_sure(confidence, cue, sentence, self.lexicon, is_unsure=is_unsure, has_list=has_list)
        stage = stage or stage_of([subject.text, *([] if is_note else reversed(above))], self.lexicon)
        lead_in = items[0].passage if items and items[0].kind == "paragraph" else None
        inherited = (*inherited, *self.beside, *joined_before(lead_in, self.lexicon))
        shared = self.builder.build(inherited, f"{number}.h")
        self.found.indications.append(
            Indication(
                id=number,
                text=subject.text if is_note else self.naming.text(subject, cue, self.part, titles, member),
                anchor=anchor_of(self.document, subject),
                determination=cue.determination,
                stated=words.text,
                basis=anchor_of(self.document, words),
                ground=cue.ground,
                confidence=confidence,
                doubt=doubt,
                population=population(sentence, self.lexicon),
                stage=stage,
                label=label.strip() if any(c.isalnum() for c in label) else "",
                context=(*map(self.naming.without_mark, headings), *context),
                section=headings[-1] if headings else "",
                logic=logic,
                n=n,
                criteria=criteria,
                inherited=shared,
                exceptions=(*self._exceptions(sentence, cue), *self._excepted((*items, *inherited))),
                notes=_once(self._notes(items)),
                limits=self.limits(sentence, items),
            )
        )
        self._names_over[number] = self.naming.name_over(self.over, self.part)
        self.found.passages.append((number, sentence))
        self._note_passages(items, criteria)
        first = shared[0].anchor.start if shared else None
        if first is not None and first not in self._shared:  # once, however many uses inherit them
            self._shared.add(first)
            self._note_passages(inherited, shared)

    def _refuses_each(self, said: str) -> bool:
        return bool(self.lexicon["statements"]["refused-situations"].regex.search(said.rstrip()))

    def _is_elsewhere(self, subject: Passage) -> bool:
        """Whether no use is named: "Other diagnoses: refer to policy X", a site's menu, a period, a dated entry."""
        statements = self.lexicon["statements"]
        return any(statements[name].regex.fullmatch(subject.text) for name in _NO_USE)

    def tell_apart(self) -> None:
        """Statements in the same words take the names printed over them."""
        self.found.indications[:] = told_apart(self.found.indications, self._names_over)

    def doubt_all(self, why: str) -> None:
        """Gives every indication the least confidence and this reason."""
        self.found.indications[:] = [
            replace(i, confidence=min(i.confidence, FROM_ELSEWHERE), doubt=why) for i in self.found.indications
        ]

    def doubt_trees(self, since: int) -> None:
        """The criteria of all indications from one on hang on a guess which of them stand below which."""
        added = self.found.indications[since:]
        self.found.indications[since:] = [unsure(one) if one.criteria else one for one in added]

    def remove(self, name: str) -> None:
        """Takes an indication back by its id."""
        self._take_back({name})

    def drop(self, basis: int) -> None:
        """Takes back what was added of the determination words that begin at an offset."""
        self._take_back({i.id for i in self.found.indications if i.basis and i.basis.start == basis})

    def _take_back(self, gone: Set[str]) -> None:
        self.found.indications[:] = [i for i in self.found.indications if i.id not in gone]
        self.found.passages[:] = [(of, words) for of, words in self.found.passages if of.split(".")[0] not in gone]

    @contextmanager
    def sharing(self, blocks: Sequence[Block]) -> Iterator[None]:
        """What is added meanwhile inherits these criteria too."""
        outer, self.beside = self.beside, (*self.beside, *blocks)
        yield
        self.beside = outer

    def add_each(
        self, items: Sequence[Block], cue: Cue, confidence: float = FROM_LEAD, titles: Sequence[Passage] = ()
    ) -> None:
        """Each item as a use of its own, under the names printed before the list; an item that enumerates several
        conditions as several."""
        for block in without_rows(items):
            if is_connector(block, self.lexicon):
                continue
            passage = without_joint(block.passage)
            if not any(map(str.isalnum, passage.text)):  # a list that was not filled in, or came out damaged
                self.add_each(block.children, cue, confidence, titles)
                continue
            named = self.naming.first_of(passage)
            if named and not block.children:
                self._add_named(named, passage, cue, confidence, block.label)
                continue
            service = self.naming.service(cue, passage.text)
            for member in [Member(passage)] if block.children else enumerated(passage, self.lexicon):
                member = member.under(service)
                self.add(
                    member.words, cue, block.children, block.passage.text, confidence=confidence, label=block.label,
                    member=member, titles=titles,
                )

    def _add_named(self, name: Passage, passage: Passage, cue: Cue, confidence: float, label: str) -> None:
        """An item that names its use in a first sentence: what it says further is a note on it."""
        service = self.naming.service(cue, name.text)
        member = Member(name).under(service)
        before = len(self.found.indications)
        self.add(name, cue, said=passage.text, confidence=confidence, label=label, whole=passage, member=member)
        if len(self.found.indications) == before:
            return  # no name of a use after all
        rest = passage.part(len(name) + 1)
        note = Note(rest.text, anchor_of(self.document, rest))
        self.found.indications[-1] = replace(self.found.indications[-1], notes=(note,))

    def add_use(
        self, use: Use, cue: Cue, titles: Sequence[Passage] = (), confidence: float = FROM_LEAD
    ) -> None:
        """An item of a list of uses, with what it inherits from beside the list and the names printed before it."""
        name = without_joint(use.block.passage)
        self.add(
            name, cue, use.block.children, use.said or use.block.passage.text,
            confidence=confidence, label=use.label, inherited=use.inherited, stage=use.stage, context=use.context,
            titles=(*titles, use.of) if use.of else titles,
            member=Member(name).under("" if titles else self.naming.service(cue, name.text)),
        )

    def add_note(self, passage: Passage) -> None:
        """A note to the last indication, with the limits it sets."""
        last = self.found.indications[-1]
        note = Note(passage.text, anchor_of(self.document, passage))
        self.found.indications[-1] = replace(
            last, notes=(*last.notes, note), limits=(*last.limits, *self.limits(passage, ()))
        )
        self.found.passages.append((last.id, passage))

    def add_remark(self, passage: Passage) -> None:
        """What stands beside the last indication in its row: reasons, and of which drugs they speak."""
        last = self.found.indications[-1]
        note = Note(passage.text, anchor_of(self.document, passage))
        self.found.indications[-1] = replace(last, notes=(*last.notes, note))

    def add_criterion(self, sentence: Passage) -> None:
        """A sentence that narrows the last indication."""
        last = self.found.indications[-1]
        name = f"{last.id}.c.{len(last.criteria) + 1}"
        anchor = anchor_of(self.document, sentence)
        criterion = Criterion(name, sentence.text, anchor, kind=self.builder.kind(sentence.text))
        logic = "all" if last.criteria else last.logic
        self.found.indications[-1] = replace(last, criteria=(*last.criteria, criterion), logic=logic)
        self.found.passages.append((name, sentence))

    def add_group(self, lead: Passage, items: Sequence[Block], is_refused: bool) -> bool:
        """A list that its lead-in ties to the statement above it ("Patients must not have:"); whether it did."""
        found = self.found.indications
        last = found[-1] if found else None
        if last is None or last.basis is None or last.determination not in _GRANTS:
            return False
        of = [k for k, one in enumerate(found) if one.basis and one.basis.start == last.basis.start]
        for k in of:
            self._tie(k, lead, items, is_refused, is_shared=len(of) > 1)
        return True

    def _tie(self, k: int, lead: Passage, items: Sequence[Block], is_refused: bool, is_shared: bool) -> None:
        """One criterion more for an indication: the lead-in with its list. Beside alternatives it is inherited."""
        one = self.found.indications[k]
        items, is_unsure = with_announced(items, self.lexicon)
        if is_unsure:
            one = unsure(one)
        is_own = not is_shared and (one.logic == "all" or len(one.criteria) < 2)
        kept = one.criteria if is_own else one.inherited
        name = f"{one.id}.{'c' if is_own else 'h'}.{len(kept) + 1}"
        logic, n = ("none", None) if is_refused else list_logic(lead.text, items, self.lexicon)
        kind = "exclusion" if is_refused else self.builder.kind(lead.text)
        anchor = anchor_of(self.document, lead)
        node = Criterion(name, lead.text, anchor, "", logic, n, kind, self.builder.build(items, name))
        if is_own:
            self.found.indications[k] = replace(one, criteria=(*kept, node), logic="all")
        else:
            self.found.indications[k] = replace(one, inherited=(*kept, node))
        self.found.passages.append((name, lead))
        self._note_passages(items, node.children)

    def share(
        self, block: Block, is_meant: Callable[[Indication], bool] | None = None, kind: CriterionKind | None = None
    ) -> None:
        """A condition stated elsewhere, inherited by the granted uses, by those alone that are meant if this is given.
        """
        start = anchor_of(self.document, block.passage).start
        for k, one in enumerate(self.found.indications):
            if one.determination not in _GRANTS or _holds(one, start) or (is_meant and not is_meant(one)):
                continue
            (node,) = self.builder.build([block], f"{one.id}.u{len(one.inherited) + 1}") or (None,)
            if node is None:
                return
            self.found.indications[k] = replace(one, inherited=(*one.inherited, replace(node, kind=kind or node.kind)))
            if start not in self._shared:  # once, however many uses inherit it
                self._shared.add(start)
                self._note_passages([block], [node])

    def limits(self, passage: Passage, items: Sequence[Block]) -> tuple[Limit, ...]:
        return limits_of(self.document, passage, items, self.lexicon)

    def _notes(self, items: Sequence[Block]) -> tuple[Note, ...]:
        """The notes that stand among the criteria and below them."""
        found: list[Note] = []
        is_note = self.lexicon["statements"]["note"].regex
        for block in without_rows(items):
            _, notes = without_asides(block.passage, self.lexicon)
            if is_footnote(block) or (not block.label and is_note.match(block.passage.text)):
                notes = [block.passage]
            found += [Note(note.text.strip(" []"), anchor_of(self.document, note)) for note in notes]
            found += self._notes(block.children)
        return tuple(found)

    def _exceptions(self, passage: Passage, cue: Cue) -> tuple[Note, ...]:
        """What a sentence excepts, but for the words with which it covers ("is not covered except for …")."""
        regex = self.lexicon["statements"]["except"].regex
        words = cue.words.offsets if cue.is_positive else ()
        found = [m for m in regex.finditer(passage.text) if passage.offsets[m.start()] not in words]
        parts = [passage.part(m.start(), m.end()) for m in found]
        return tuple(Note(part.text, anchor_of(self.document, part)) for part in parts if part)

    def _excepted(self, items: Sequence[Block], is_below: bool = False) -> list[Note]:
        """The items that except from the others ("Exceptions: …"), with what stands below them."""
        opening = self.lexicon["statements"]["exception-item"].regex
        found: list[Note] = []
        for block in without_rows(items):
            is_one = is_below or bool(opening.match(block.passage.text))
            if is_one:
                found.append(Note(block.passage.text, anchor_of(self.document, block.passage)))
            found += self._excepted(block.children, is_one)
        return found

    def _note_passages(self, items: Sequence[Block], criteria: Sequence[Criterion]) -> None:
        """Which passage each criterion was made of, children too."""
        by_start = {criterion.anchor.start: criterion for criterion in criteria}
        for block in items:
            if block.passage and (criterion := by_start.get(anchor_of(self.document, block.passage).start)):
                self.found.passages.append((criterion.id, block.passage))
                self._note_passages(block.children, criterion.children)


def _once(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Each note where it is printed first; lists repeat theirs below each of their branches."""
    first: dict[str, Note] = {}
    for note in notes:
        first.setdefault(note.text, note)
    return tuple(first.values())


def _holds(indication: Indication, start: int) -> bool:
    """Whether a criterion of an indication begins at an offset."""
    of = (indication.criteria, indication.inherited)
    return any(leaf.anchor.start == start for criteria in of for each in criteria for leaf in each.leaves())

"""Reads the statements of coverage of a document: which use gets which determination, under which criteria.

A determination may stand in a sentence of its own, in the lead-in of a list of conditions or criteria, in a
heading over them, or in a table's status column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from policyview.extract.branches import split_branches
from policyview.extract.cards import with_cards
from policyview.extract.closing import condition_behind, with_closings
from policyview.extract.collector import Collector, Found
from policyview.extract.conditions import is_condition_title
from policyview.extract.criteria import without_joint
from policyview.extract.cues import Lead
from policyview.extract.doubts import FROM_HEADING, FROM_LEAD
from policyview.extract.flat_lists import with_flat_lists
from policyview.extract.footnotes import is_footnote, with_footnotes, with_stars_apart
from policyview.extract.general import general_lead
from policyview.extract.grids import criteria_grids
from policyview.extract.groups import Group, groups_of, list_start
from policyview.extract.leads import Leads
from policyview.extract.limits import with_limits
from policyview.extract.lists import leading_name
from policyview.extract.lists_below import ListsBelow
from policyview.extract.named_uses import condition_uses, diagnosis_among, is_diagnosis
from policyview.extract.peers import peer_grant
from policyview.extract.prose import Prose
from policyview.extract.reference import read_reference
from policyview.extract.required_of_all import share_requirements
from policyview.extract.residual import is_residual
from policyview.extract.rules_amid import quotes_label
from policyview.extract.shapes import MOST, labelled_items, stage_of
from policyview.extract.stages import with_first_stage
from policyview.extract.stating import STRONG
from policyview.extract.tables import Tables
from policyview.extract.universal import share_universal
from policyview.lexicon import Lexicon
from policyview.model import POLICY_ROLES, Block, Document, Part, Passage, Policy, Role, Structure
from policyview.wording.sentences import split_sentences

_ELSEWHERE = frozenset({Role.DISCLAIMER, Role.BACKGROUND, Role.DESCRIPTION, Role.TREATMENT})
_READ = POLICY_ROLES | {Role.PRIOR_AUTHORIZATION, Role.OTHER}


def indications(document: Document, structure: Structure, lexicon: Lexicon, about: Policy) -> Found:
    """All indications and residual clauses, in the order of the document."""
    collector = Collector(document, lexicon, about.title or "", about.payer or "")
    if about.kind == "clinical_reference":
        read_reference(structure.parts, collector)
        return collector.found
    reader = _Reader(collector)
    tabled = [reader.tables.read_status(part) for part in structure.parts if part.role in _READ]
    if not (any(tabled) and about.kind == "coverage_bulletin"):  # a bulletin's prose repeats its table
        reader.read(structure.parts)
    if not len(collector):
        reader.read_bare(structure.parts)
    if not len(collector):
        reader.read_elsewhere(structure.parts)
    share_universal(structure.parts, collector)
    share_requirements(structure.parts, collector)
    collector.tell_apart()
    collector.found.indications[:] = with_footnotes(collector.found.indications, document, structure.parts, lexicon)
    split_branches(collector.found, lexicon)
    found = with_first_stage(collector.found.indications, lexicon)
    limited = with_limits(found, document, structure, lexicon)
    collector.found.indications[:] = with_cards(limited, document, structure.parts, lexicon)
    return collector.found


class _Reader:
    """Walks through the parts: whether headings, lists or tables state, and what holds for all below them."""

    def __init__(self, collector: Collector) -> None:
        self.to = collector
        self.document = collector.document
        self.lexicon = collector.lexicon
        self.statements = collector.lexicon["statements"]
        self.naming = collector.naming
        self.prose = Prose(collector)
        self.stating = self.prose.stating
        self.leads = Leads(self.document, self.naming, self.lexicon)
        self.below = ListsBelow(collector, self.prose)
        self.tables = Tables(collector, self.prose, self.leads, self.below)
        self.before: Part | None = None  # the last part that was read for statements
        self.age_level = 0  # of the heading below which an age line holds

    # ----------------------------------------------------------------- parts

    def read(self, parts: Sequence[Part]) -> None:
        """Reads the prose and lists of all parts that may state coverage."""
        has_policy = any(part.role in POLICY_ROLES - {Role.NOT_COVERED} for part in parts)
        cue_of = partial(self.stating.cue, is_weak=False)
        self.below.general = general_lead(parts, cue_of, self.leads.criteria_heading, self.lexicon)
        for part in parts:
            self.to.part = part
            if part.role == Role.DESCRIPTION:
                self._read_description(part)
            elif part.role in _READ and self._sets_limits(part):
                self._read_beside_limits(part)
            elif part.role not in _READ:
                self.prose.close()
            elif not self._ties(part):
                self._read_part(part, is_weak=part.role not in POLICY_ROLES and has_policy)
                self.before = part
        self.prose.close()

    def _ties(self, part: Part) -> bool:
        """Whether a part is a list of more criteria of the part before it ("Exclusion criteria")."""
        groups = groups_of(part.blocks, self.lexicon) if part.section and self.before else []
        items = tuple(block for group in groups for block in group.items)
        if part.section is None or self.before is None or not items or any(group.lead for group in groups):
            return False
        return self.prose.tie(self.naming.heading(self.document, part.section), items, self.before)

    def read_bare(self, parts: Sequence[Part]) -> None:
        """Reads the lists under headings that only call them indications, for a document that states no more."""
        self.leads.takes_bare = True
        self.read(parts)
        self.to.doubt_all("the document calls it an indication, and says nowhere that it is covered")

    def read_elsewhere(self, parts: Sequence[Part]) -> None:
        """Reads the sections that seldom state coverage, for a document whose others state none; each with a doubt."""
        for part in parts:
            self.to.part = part
            if part.role in _ELSEWHERE:
                self._read_part(part, is_weak=True)
        self.prose.close()
        self.to.doubt_all("it stands outside the sections in which policies state coverage")

    def _read_description(self, part: Part) -> None:
        """A description states coverage only by a lead-in over a list ("the indications below are covered …")."""
        for group in groups_of(part.blocks, self.lexicon):
            if self.prose.lists.states_for_sure(group):
                self.prose.read_group(group, is_weak=True)
                continue
            for sentence in split_sentences(group.lead.passage) if group.lead else ():
                cue = self.stating.cue(sentence, is_weak=True)
                if cue and not cue.is_positive and is_residual(sentence, self.lexicon):
                    self.prose.verdicts.state_residual(cue, sentence, ())
                elif cue and self.statements["listed-below"].regex.search(sentence.text):
                    self.prose.close()
                    self.prose.open = Lead(cue, sentence, part=part)
            if self.prose.open and group.items:
                self.to.add_each(group.items, self.prose.open.cue)
        if self.prose.open and self.prose.open.part is not part:
            self.prose.close()

    def _sets_limits(self, part: Part) -> bool:
        """Whether a part gives quantities, doses and durations, which limit coverage but do not grant it."""
        heading = part.section.heading.strip(" :") if part.section else ""
        if stage_of([heading], self.lexicon):
            return False  # "Initial authorization for maintenance dosing" grants
        return bool(self.statements["limits-heading"].regex.fullmatch(heading))

    def _read_beside_limits(self, part: Part) -> None:
        """Below the limits of one use the list of uses may go on ("Approval duration: … B. Psoriatic arthritis")."""
        items = [block for block in part.blocks if block.kind == "item"]
        lead = self.prose.open or self.leads.inherited(part) or self.below.general
        named = condition_uses(items, self.lexicon) if lead else []
        for use in named:
            assert lead is not None
            self.to.add_use(use, lead.cue, confidence=self.below.confidence(lead))
        if not named:
            self.prose.close()

    def _read_part(self, part: Part, is_weak: bool) -> None:
        if self.prose.open and self.prose.open.cue.is_positive and part.role == Role.NOT_COVERED:
            self.prose.close()  # what is covered does not reach into what is not
        before = len(self.to.found.indications)
        self.prose.named = ()
        self.prose.lists.forget()
        self._note_age(part)
        heading = self.leads.of_heading(part)
        if heading and quotes_label(part.blocks, self.lexicon) and not any(map(self.stating.states, part.blocks)):
            return
        blocks = with_stars_apart(part.blocks, self.lexicon)
        blocks = blocks if self.document.pages else with_flat_lists(blocks, self.stating.states)
        groups = [self._without_asides(g) for g in groups_of(blocks, self.lexicon, criteria_grids(part, self.lexicon))]
        groups = with_closings(groups, self.lexicon)
        if not is_weak and (self._is_of_condition(part, groups) or self._lists_conditions(groups)):
            above = self.prose.open or heading or self.leads.inherited(part) or self.below.general
            if above is not None and (above.cue.is_positive or above.is_heading):
                self.below.read(above, part, [group for group in groups if group.items])
                return
        if heading and not heading.cue.is_positive and self._read_refused(heading, groups):
            return
        if not is_weak and not heading and self._read_product(part, groups):
            return
        caption: Passage | None = None
        if heading and not is_weak and self.prose.lists.read_below(heading, groups):
            groups = groups[1:]
        if heading and not is_weak and self._is_of_uses(heading, groups):
            self.below.read(heading, part, groups[:1])
            self.prose.headed, groups = part, groups[1:]
        if not is_weak and self._is_awaited(part, groups):
            assert self.prose.open is not None
            self.below.read(self.prose.open, part, groups[:1])
            groups = groups[1:]
        self.prose.refused = heading if not is_weak and self._refuses_amid(heading, groups) else None
        self.prose.covered = self._covering_name(part, heading, groups) if not is_weak else None
        for group in groups:
            if group.rows:
                self.tables.read_grid(group.rows, caption, heading, is_weak)
            else:
                self.to.over = caption
                behind = condition_behind(group.closing, self.lexicon)
                with self.to.sharing((*self._joined_before(caption, group), *behind)):
                    self.prose.read_group(group, is_weak)
                self.to.over = None
            caption = group.lead.passage if group.lead and not group.items else None
        self.prose.refused = self.prose.covered = None
        self.tables.read_cells(part)
        if len(self.to.found.indications) > before or is_weak or self._stops(part):
            return
        if part.section and (peer := peer_grant(part, self.to.found.indications, self.lexicon)):
            self.to.add(*peer, confidence=FROM_LEAD, titles=[self.naming.heading(self.document, part.section)])
            return
        shared = self.prose.open.shared if self.prose.open else ()
        lists = [group for group in groups if group.items and group.items != shared and not self._says_its_own(group)]
        prefers_open = self.prose.open and (heading is None or self.naming.is_use(part))
        lead = self.prose.open if prefers_open else heading or self.leads.inherited(part) or self._general_for(groups)
        if lead is not None and lead.part is part:  # a list printed before a lead-in is not its list
            lists = [group for group in lists if list_start(group) > lead.sentence.offsets[0]]
        if lists and lead is not None:
            self.below.read(lead, part, lists)

    def _joined_before(self, line: Passage | None, group: Group) -> tuple[Block, ...]:
        """The condition that a line over a statement joins to it ("Blankets failed for a month AND")."""
        if line is None or group.lead is None or not line.text.endswith((" AND", " and", "; AND", "; and")):
            return ()
        states = [self.stating.cue(split_sentences(passage)[-1], False) for passage in (line, group.lead.passage)]
        if states[0] or not (states[1] and states[1].is_positive):
            return ()
        return (Block("item", without_joint(line), label="•"),)

    def _is_of_uses(self, heading: Lead, groups: Sequence[Group]) -> bool:
        """Whether a part begins with the uses that its heading announces, over further lists that state ("Indications
        for approval: • Gout … All of the following must be met for coverage: • …")."""
        if not heading.cue.is_positive or len(groups) < 2 or groups[0].lead or not groups[0].items:
            return False
        is_of_uses = bool(self.statements["indications-heading"].regex.match(heading.sentence.text))
        is_of_uses = is_of_uses or self.naming.naming_line(heading.sentence) is not None
        behind = [split_sentences(group.lead.passage)[-1] for group in groups[1:] if group.lead and group.items]
        states = any(self.stating.cue(last, False) or self.naming.naming_line(last) for last in behind)
        return is_of_uses and states and self.stating.state_nothing(groups[:1])

    def _read_product(self, part: Part, groups: Sequence[Group]) -> bool:
        """Reads the criteria below the name of a product, in a document that grants what meets its criteria: they are
        of the diagnosis that one of them asks for; whether there was one. Points that refuse speak for themselves."""
        general, items = self.below.general, groups[0].items if len(groups) == 1 and not groups[0].lead else ()
        asked = diagnosis_among(items, self.lexicon) if general and self.naming.is_use(part) else None
        if general is None or asked is None or part.section is None:
            return False
        stating = [block for block in items if self.stating.states(block)]
        criteria = tuple(block for block in items if block not in stating)
        if 2 * len(stating) > len(items):
            return False
        titles = [self.naming.heading(self.document, part.section)]
        confidence = self.below.confidence(general)
        self.to.add(asked.passage, general.cue, criteria, general.sentence.text, confidence=confidence, titles=titles)
        self.prose.read_items(stating, is_weak=False)
        return True

    def _covering_name(self, part: Part, heading: Lead | None, groups: Sequence[Group]) -> Lead | None:
        """The heading of a part, or above it, that names what is covered; one that says only "Indications for toe MRI"
        does where coverage is stated beside it or before."""
        named = heading or self.leads.inherited(part)
        if named and named.cue.is_positive and self.naming.naming_line(named.sentence):
            return named
        above = (self.naming.heading(self.document, section) for section in reversed(part.path))
        states = len(self.to) or not self.stating.state_nothing(groups)
        return next(filter(None, map(self.naming.bare_heading, above)), None) if states else None

    def _is_awaited(self, part: Part, groups: Sequence[Group]) -> bool:
        """Whether a part begins with the uses for which a lead-in above waits, over words that state something else
        ("… for the indications below: / Indications / • Gout / … The test itself is covered.")."""
        if self.prose.open is None or part.section is None or not groups or groups[0].lead or not groups[0].items:
            return False
        words = self.naming.heading(self.document, part.section).text
        is_of_uses = self.statements["indications-heading"].regex.match(words)
        return bool(is_of_uses) and self.stating.state_nothing(groups[:1]) and not self.stating.state_nothing(groups)

    def _refuses_amid(self, heading: Lead | None, groups: Sequence[Group]) -> bool:
        """Whether a heading refuses what the lists below it name, though sentences below it state too."""
        if heading is None or heading.cue.is_positive or heading.cue.entry.name not in STRONG:
            return False
        leads = [group.lead.passage for group in groups if group.lead]
        return any(self.stating.cue(sentence, False) for lead in leads for sentence in split_sentences(lead))

    def _stops(self, part: Part) -> bool:
        return part.section is not None and self.naming.stops(part.section.heading)

    def _says_its_own(self, group: Group) -> bool:
        """Whether a list stands under words that refuse or end, so that what is above does not reach it."""
        lead = group.lead.passage if group.lead else None
        if lead is None:
            return False
        if group.lead and is_footnote(group.lead):
            return True  # "* Examples of sand are:"
        if any(self.statements[name].regex.search(lead.text.rstrip()) for name in ("records-lead", "tautology")):
            return True
        cue = self.stating.cue(split_sentences(lead)[-1], False)
        return self.naming.stops(lead.text) or (cue is not None and not cue.is_positive)

    def _note_age(self, part: Part) -> None:
        """An age that is printed once over the uses below ("Age 18 years of age or older") holds for them all."""
        level = part.section.level if part.section else 0
        if level <= self.age_level:
            self.to.beside, self.age_level = (), 0
        of_age = self.statements["age-line"].regex
        lines = [block for block in part.blocks if block.kind == "paragraph" and of_age.fullmatch(block.passage.text)]
        if lines:
            self.to.beside = (replace(lines[-1], kind="item"),)
            self.age_level = self.age_level or level

    def _is_of_condition(self, part: Part, groups: Sequence[Group]) -> bool:
        """Whether a part is the criteria of the condition that its heading names, with no statement of its own."""
        if part.section is None or part.role == Role.NOT_COVERED:
            return False
        if not is_condition_title(self.naming.heading(self.document, part.section).text, self.lexicon):
            return False
        return self.stating.state_nothing(groups)

    def _lists_conditions(self, groups: Sequence[Group]) -> bool:
        """Whether the lists of a part are criteria of conditions by name, with no statement of their own."""
        named = self.below.named_uses(groups)
        diagnoses = sum(is_diagnosis(use.block.passage.text, self.lexicon) for use in named)
        return diagnoses > 1 or (bool(named) and self.stating.state_nothing(groups))

    def _general_for(self, groups: Sequence[Group]) -> Lead | None:
        """The document's general statement, where the lists are of conditions by name."""
        return self.below.general if self.below.named_uses(groups) else None

    def _without_asides(self, group: Group) -> Group:
        """Without items that only limit a use above ("Initial approval: 6 months"), or refuse all else."""
        kept = tuple(block for block in group.items if not self._is_aside(block))
        return group if len(kept) == len(group.items) else replace(group, items=kept)

    def _is_aside(self, block: Block) -> bool:
        """Whether an item speaks of a period, or of all else ("If used for any other condition, deny the case")."""
        if not block.passage:
            return False
        if self.statements["period-item"].regex.match(block.passage.text):
            return True
        text = block.passage.text.lstrip("*† ")
        starts_if = self.statements["starts-if"].regex.match(text)
        if block.children or not starts_if or not is_residual(block.passage, self.lexicon):
            return False
        cue = self.stating.cue(block.passage, False)
        if cue is None or cue.is_positive or self.stating.is_named_unmet(block.passage, cue):
            return False
        self.prose.verdicts.state_residual(cue, block.passage, ())
        return True

    def _read_refused(self, heading: Lead, groups: Sequence[Group]) -> bool:
        """Below a heading that refuses: items that name a use, each with the reasons; whether there were such."""
        items = labelled_items([block for group in groups for block in group.items])
        names = [leading_name(block.passage) for block in items]
        names = [name if name and self.naming.is_name(name) else None for name in names]
        if len(items) - names.count(None) < max(2, MOST * len(items)):
            return False
        for block, name in zip(items, names, strict=True):
            if name:
                self.to.add(name, heading.cue, said=name.text, confidence=FROM_HEADING, label=block.label)
            else:
                self.prose.read_items([block], is_weak=False)
        return True

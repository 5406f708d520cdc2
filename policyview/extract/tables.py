"""Reads the tables that state coverage: a status for each subject, uses with their criteria, cells that state."""

from __future__ import annotations

from collections.abc import Sequence

from policyview.anchor import anchor_of
from policyview.extract.collector import Collector
from policyview.extract.cues import Lead
from policyview.extract.doubts import FROM_LEAD, OWN_WORDS
from policyview.extract.grids import GridRow, said_and_items
from policyview.extract.groups import groups_of
from policyview.extract.leads import Leads
from policyview.extract.lists_below import ListsBelow
from policyview.extract.prose import Prose
from policyview.extract.stating import STRONG
from policyview.extract.tabled import status_rows
from policyview.model import Part, Passage
from policyview.wording.sentences import split_sentences


class Tables:
    """Tells what the rows of a part's tables state, by themselves or under the words over them."""

    def __init__(self, collector: Collector, prose: Prose, leads: Leads, below: ListsBelow) -> None:
        self.to, self.prose, self.leads, self.below = collector, prose, leads, below
        self.document, self.lexicon, self.naming = collector.document, collector.lexicon, collector.naming
        self.stating = prose.stating

    def read_status(self, part: Part) -> bool:
        """Reads the status tables of a part; whether there was one."""
        self.to.part = part
        rows = status_rows(part, self.lexicon)
        for row in rows:
            self.to.add(row.subject, row.cue, confidence=OWN_WORDS, basis=row.basis)
        return bool(rows)

    def read_grid(self, rows: Sequence[GridRow], caption: Passage | None, heading: Lead | None, is_weak: bool) -> None:
        """A table whose rows are uses with their criteria, or uses under words that state what they are."""
        head = rows[0].criteria_head
        captioned = self.leads.of_caption(caption)
        titled = captioned or heading
        if head is None and (titled is None or titled.cue.entry.name not in STRONG):
            return  # a list of uses that nothing is said of
        lead = self.prose.open or captioned or self.prose.latest or heading
        covering = self.naming.covering_heading(head) if head else None
        if lead is None and not is_weak:
            lead = (self.leads.inherited(self.to.part) if self.to.part.path else None) or self.below.general
        lead = lead or covering
        if lead is None:
            return
        latest = self.prose.latest
        if latest and lead.cue.words.offsets == latest.cue.words.offsets:  # its words are those of the rows
            self.to.drop(anchor_of(self.document, lead.cue.words).start)
        shared = () if lead.is_heading else tuple(b for b in lead.shared if not self.stating.refers_to_table(b.passage))
        self.prose.open = None
        for row in rows:
            said, items = said_and_items(row.blocks)
            cue = next((cue for b in row.blocks if b.passage and (cue := self.stating.refusal(b.passage))), lead.cue)
            inherited = (*shared, *row.products)
            self.to.add(row.subject, cue, items, said, confidence=FROM_LEAD, inherited=inherited, basis=cue.words)
            if row.remarks:
                self.to.add_remark(row.remarks)

    def read_cells(self, part: Part) -> None:
        """Cells that state coverage over a list of their own, for what the first cell of their row names."""
        title: Passage | None = None
        for row in part.blocks:
            if row.kind != "row" or row.is_head:
                continue
            title = row.cells[0] or title
            for cell in row.inner[1:]:
                for group in groups_of(cell, self.lexicon):
                    cue = self.stating.cue(split_sentences(group.lead.passage)[-1], False) if group.lead else None
                    if cue and group.lead and group.items and title:
                        self.prose.titles = (title,)
                        self.prose.verdicts.state(cue, group.lead.passage, group.items)
                        self.prose.titles = ()

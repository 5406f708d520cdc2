"""The determinations that stand in headings and captions, over what they speak of."""

from __future__ import annotations

from policyview.extract.cues import Lead, find_cues
from policyview.extract.naming import Naming
from policyview.lexicon import Lexicon
from policyview.model import POLICY_ROLES, Document, Part, Passage


class Leads:
    """Finds the words over a list or table that state a determination for it."""

    def __init__(self, document: Document, naming: Naming, lexicon: Lexicon) -> None:
        self.document, self.naming, self.lexicon = document, naming, lexicon
        self.takes_bare = False  # headings that say no more than "Indications"

    def of_caption(self, caption: Passage | None) -> Lead | None:
        """The words over a table, where they state a determination ("Table 3. Uncovered uses")."""
        cues = find_cues(caption, self.lexicon) if caption else []
        return Lead(cues[0], caption, is_heading=True) if cues and caption else None

    def of_heading(self, part: Part) -> Lead | None:
        if part.section is None:
            return None
        passage = self.naming.heading(self.document, part.section)
        if named := self.naming.naming_line(passage):
            return named
        cues = find_cues(passage, self.lexicon)
        if cues:
            return Lead(cues[0], passage, is_heading=True)
        bare = self.naming.bare_heading(passage) if self.takes_bare and part.role in POLICY_ROLES else None
        return self.naming.covering_heading(passage) or bare

    def criteria_heading(self, part: Part) -> Passage | None:
        """The words of a heading that says that criteria for coverage follow."""
        passage = self.naming.heading(self.document, part.section) if part.section else None
        lead = self.naming.covering_heading(passage) if passage else None
        return lead.sentence if lead else None

    def inherited(self, part: Part) -> Lead | None:
        leads = (self.of_heading(Part(section, (), (section,))) for section in reversed(part.path[:-1]))
        return next((lead for lead in leads if lead), None)

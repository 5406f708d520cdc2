"""Names an indication: by its own words, with the headings it stands under where these do not name the condition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyview.extract.cues import Cue
from policyview.lexicon import Entry, Lexicon
from policyview.model import Document, Part, Passage, Section

if TYPE_CHECKING:
    from policyview.extract.indications import Lead

_LABEL = re.compile(r"^\s*(?:\(?(?:[ivxIVX]{1,5}|[A-Za-z]|\d{1,2})[.)]\s+|[•\-–*]\s+)")
_FOOTNOTE = re.compile(r"(?<=[\w)])[*†‡]+|(?<=[a-z)])\s*\d{1,2}(?:,\s*\d{1,2})*$")
_TRAILING = re.compile(r"[\s:;,.]+$")
_WORD = re.compile(r"[a-z]{3,}")
_PEOPLE = (
    r"(?:patients?|members?|individuals?|adults?|children|child|neonates?|newborns?|infants?|adolescents?|beneficiar(?:y|ies)|"
    r"males?|females?|women|men|persons?|people|subjects?|enrollees?)"
)
_POPULATION = re.compile(
    rf"(?:(?:premature|preterm|term|near-term|late preterm|adult|pediatric|pregnant|elderly|young|critically ill|post-?menopausal|male|female|all)\s+(?:and\s+|or\s+)?)*"
    rf"(?:(?:term and near-term|adults and)\s*(?:\([^)]*\)\s*)?)?\b{_PEOPLE}\b(?:(?:,?\s+and|,?\s+or)\s+{_PEOPLE})*"
    rf"(?:\s+(?:with|who|that|aged?|born|≥|<|>|≤|at least|under|over|\d+)[^.;:,()]{{0,70}})?",
    re.IGNORECASE,
)
OWN_WORDS_ENOUGH = 6  # content words; a shorter statement takes its condition from the headings above


class Naming:
    """Knows the document's topic and which headings name a use rather than a kind of section."""

    def __init__(self, lexicon: Lexicon, title: str) -> None:
        self.lexicon = lexicon
        self.topic = title

    def heading(self, document: Document, section: Section) -> Passage:
        """The heading's words without its printed label and closing colon, mapped to the source."""
        anchor = section.anchor
        passage = _mapped(document, section.heading, anchor.start, anchor.end)
        label = _LABEL.match(passage.text)
        passage = passage.part(label.end()) if label else passage
        tail = _TRAILING.search(passage.text)
        return passage.part(0, tail.start()) if tail and tail.start() else passage

    def names_role(self, text: str) -> bool:
        """Whether a heading names a kind of section ("Coverage criteria") rather than a use."""
        plain = _TRAILING.sub("", _LABEL.sub("", text)).casefold().replace("’", "'")
        plain = re.sub(r"[®™*†‡]", "", plain).strip()
        cut = re.sub(r"(?<=[a-z])[a-e]$", "", plain)
        return any(entry.regex.fullmatch(p) for entry in self.lexicon.entries("roles") for p in (plain, cut))

    def is_use(self, part: Part) -> bool:
        """Whether a part's heading names a condition, population or procedure."""
        if part.section is None:
            return False
        text = part.section.heading
        return not self.names_role(text) and len(text.split()) <= 16 and _content(text) - _content(self.topic) != set()

    def covering_heading(self, passage: Passage) -> Lead | None:
        """A heading such as "Coverage criteria", which says that what follows is covered when it is met."""
        from policyview.extract.indications import Lead

        entry = self.lexicon["statements"]["heading-coverage"]
        if not entry.regex.fullmatch(_TRAILING.sub("", passage.text)):
            return None
        meaning = Entry(entry.name, (), (), {"determination": "medically_necessary", "ground": "not_stated"})
        return Lead(Cue(passage, 0, len(passage), meaning), passage, is_heading=True)

    def text(self, subject: Passage, cue: Cue, part: Part) -> str:
        """The indication's text: its own words, after the headings that name the condition where they do not."""
        own = _TRAILING.sub("", _FOOTNOTE.sub("", subject.text))
        left = own.replace(cue.words.text, " ")
        for name in ("criteria-lead", "logic-all", "logic-any"):
            left = self.lexicon["statements"][name].regex.sub(" ", left)
        content = _content(left) - _content(self.topic) - _EMPTY
        if len(content) >= OWN_WORDS_ENOUGH:
            return own
        names: list[str] = []
        for section in part.path[-2:]:
            stage = any(self.lexicon["statements"][s].regex.search(section.heading) for s in ("stage-continuation", "stage-initial"))
            new = _content(section.heading) - _content(own) - _content(self.topic)
            if new and (stage or not self.names_role(section.heading)) and len(section.heading.split()) <= 12:
                names.append(_TRAILING.sub("", _FOOTNOTE.sub("", _LABEL.sub("", section.heading))))
        return ": ".join([*names, own])

    def population(self, passage: Passage) -> str:
        """The people that a statement names, as printed."""
        match = _POPULATION.search(passage.text)
        return match.group().strip() if match else ""


_EMPTY = frozenset("will the and for are may following based approved considered when used use that with from all any mg".split())


def _content(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _EMPTY


def section_label(section: Section) -> str:
    """The printed label of a heading, "" where it has none."""
    match = _LABEL.match(section.heading)
    return match.group().strip() if match else ""


def _mapped(document: Document, text: str, start: int, end: int) -> Passage:
    """The heading's reading text, character by character where the source prints it."""
    offsets: list[int] = []
    at = start
    for char in text:
        while at < end and document.text[at] != char and not (char == " " and document.text[at].isspace()):
            at += 1
        offsets.append(min(at, end - 1))
        at += 1
    return Passage(text, offsets)

"""Names an indication: by its own words, with the headings it stands under where these do not name the condition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyview.extract.cues import Cue
from policyview.lexicon import Entry, Lexicon
from policyview.model import Block, Document, Part, Passage, Section

if TYPE_CHECKING:
    from policyview.extract.indications import Lead

_LABEL = re.compile(r"^\s*(?:\(?(?:[ivxIVX]{1,5}|[A-Za-z]|\d{1,2})[.)]\s+|[•\-–*]\s+)")
_FOOTNOTE = re.compile(r"(?<=[\w)])[*†‡]+")
_OPENING = re.compile(r"^(?:\*+\s*)?(?:Notes?:\s*|However,\s+|(?:for|in)\s+(?=the\s+(?:infusion|treatment|delivery|management)\b))", re.IGNORECASE)
PREAMBLE = re.compile(
    r"(?:Effective (?:for|on|with|as of)\b[^,]*,(?:\s*\d{4},)?\s*)?(?:It is (?:the policy of|our policy)[^.;]{0,90}?\bthat\s+"
    r"|(?:the\s+)?[A-Z][\w&() ,-]{2,80}? (?:determines?|determined|has determined|considers?|finds?) that\s+)?",
)
_HOW_MANY = re.compile(
    r"[\s,;:]*(?:\b(?:with|by|and|when|if)\s+)?\(?\b(?:must meet |meets? |meeting )?(?:all|both|one|any|either)(?: or more)?"
    r"(?:\s+of)?(?:\s+the)?(?:\s+following)?(?:\s+(?:criteria|requirements|conditions))?(?:\s+(?:is|are) met)?\)?[\s:*]*$",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[\s:;,.]+$")
_WORD = re.compile(r"[a-z]{3,}")
_PEOPLE = (
    r"(?:patients?|members?|individuals?|adults?|children|child|neonates?|newborns?|infants?|adolescents?|beneficiar(?:y|ies)|"
    r"males?|females?|women|men|persons?|people|subjects?|enrollees?)"
)
_POPULATION = re.compile(
    rf"(?:(?:premature|preterm|term|near-term|late preterm|adult|pediatric|pregnant|elderly|young|critically ill|post-?menopausal|male|female|all)\s+(?:and\s+|or\s+)?)*"
    rf"(?:(?:term and near-term|adults and)\s*(?:\([^)]*\)\s*)?)?\b{_PEOPLE}\b(?:(?:,?\s+and|,?\s+or)\s+{_PEOPLE})*"
    rf"(?:\s+(?:with|who|that|aged?|born|≥|<|>|≤|at least|under|over|\d+)(?:(?!\s(?:is|are|was|were|has been|may|will|should)\s)[^.;:,()]){{0,70}})?",
    re.IGNORECASE,
)
OWN_WORDS_ENOUGH = 6  # content words; a shorter statement takes its condition from the headings above


def trimmed(subject: Passage) -> Passage:
    """A use's words without "Note:" before them and "all of the following:" behind."""
    for pattern in (PREAMBLE, _OPENING):
        opening = pattern.match(subject.text)
        subject = subject.part(opening.end()) if opening else subject
    tail = _HOW_MANY.search(subject.text)
    return subject.part(0, tail.start()) if tail and tail.start() > 3 else subject


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

    def is_title(self, block: Block) -> bool:
        """Whether a paragraph over a list is only the name of a use ("Plaque psoriasis (Ps)")."""
        text = block.passage.text
        return len(text.split()) <= 10 and not text.endswith((".", ":", ";")) and text[0].isupper() and not self.names_role(text) \
            and not re.search(r"\b(?:is|are|must|may|will|has|have)\b", text)

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
            new = _content(section.heading) - _content(own) - _content(self.topic) - _DOCUMENT
            if new and (stage or not self.names_role(section.heading)) and len(section.heading.split()) <= 12:
                names.append(_TRAILING.sub("", _FOOTNOTE.sub("", _LABEL.sub("", section.heading))))
        return ": ".join([*names, own])

    def population(self, passage: Passage) -> str:
        """The people that a statement names, as printed."""
        match = _POPULATION.search(passage.text)
        return match.group().strip() if match else ""


_DOCUMENT = frozenset("medical policy policies clinical coverage guideline drug pharmacy program title document subject".split())
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

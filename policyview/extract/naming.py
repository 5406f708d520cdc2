"""Names an indication: by its own words, with the headings it stands under where these do not name the condition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain

from policyview.extract.conditions import names_condition
from policyview.extract.criteria import without_joint
from policyview.extract.cues import Cue, Lead
from policyview.extract.fields import any_label
from policyview.extract.lists import Member, service_of
from policyview.extract.shapes import stage_of
from policyview.lexicon import Entry, Lexicon
from policyview.model import Block, Document, Part, Passage, Section
from policyview.wording.sentences import split_sentences

_LABEL = re.compile(r"^\s*(?:\(?(?:[ivxIVX]{1,5}|[A-Za-z]|\d{1,2})[.)]\s+|\d{1,2}(?:\.\d{1,2})+\s+|[•\-–*]\s+)")
_FOOTNOTE = re.compile(r"(?<=[\w)])[*†‡]+")
_CITED = re.compile(  # marks and citation numbers behind a heading; "ages 6-17" stays
    r"\s*[†‡Ф§¥*]+(?:\s*\d[\d,–-]*)?$|(?<=\))\s*\d{1,3}(?:[,–-]\d{1,3})+$|\s+\d{1,3}(?:[,–-]\d{1,3}){2,}$"
    r"|\s*\[\d[\d,;\s–-]*\]$|(?<=[Cc]riteria)\s*\d[\d,–-]*$|(?<=CRITERIA)\s*\d[\d,–-]*$"
)
_CAPTION = re.compile(r"^(?:table|figure|exhibit|chart)\s+(?:\d+|[A-Z])\s*[.:–-]\s*(?=\S)", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-z])[a-e]$")  # the mark of a footnote
_ASIDES = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\})")
_BRACKETED = re.compile(r"\([^()]*\)")
_TRAILING = re.compile(r"[\s:;,.]+$")
_WORD = re.compile(r"[a-z]{3,}")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_USE_OF = re.compile(r"^(?:(?:the )?(?:use|application|performance) of )?(?:the |an? )?", re.IGNORECASE)
_PURPOSE = re.compile(r",?\s(?:for|to treat|in the treatment of|in (?:patients|members|individuals))\b", re.IGNORECASE)
_FINITE = re.compile(r"\b(?:is|are|must|may|will|has|have)\b")
COVERED_BY_HEADING = "heading-coverage"
_COVERED = Entry(COVERED_BY_HEADING, (), (), {"determination": "medically_necessary", "ground": "not_stated"})
_OF_PEOPLE = re.compile(r"\b(?:for|in) (?:patients|members|individuals|persons|people|beneficiaries)$", re.IGNORECASE)
OWN_WORDS_ENOUGH = 6  # content words; a shorter statement takes its condition from the headings above
HEADING_WORDS = 16  # a longer heading is a sentence, not the name of a use
ROLE_WORDS = 6  # a longer text with "criteria" in it says more than a kind of section
LEAST_WORDS = {"how-many": 1, "stump": 3}  # that must be left when the end of a statement is cut
SERVICE_WORDS = 8  # a longer subject of a lead-in says more than the service
CAPTION_WORDS = 20  # of a name with what is printed behind it ("… (Adult) – tablets only")
LINE_CHARS = 160  # a longer line over a list is a sentence
TITLE_WORDS = 10  # words of a paragraph that is only the name of a use


def trimmed(subject: Passage, lexicon: Lexicon) -> Passage:
    """A use's words without "Note:" before them and "when all of the following:" behind."""
    statements = lexicon["statements"]
    for name in ("preamble", "opening"):
        opening = statements[name].regex.match(subject.text)
        subject = subject.part(opening.end()) if opening else subject
    for name in ("how-many", "stump"):
        tail = statements[name].regex.search(subject.text)
        before = subject.text[: tail.start()] if tail else ""
        if len(before.split()) >= LEAST_WORDS[name] and before.count("(") <= before.count(")"):  # "(in one or both)"
            subject = subject.part(0, len(before))
    return subject


class Naming:
    """Knows the document's topic and which headings name a use rather than a kind of section."""

    def __init__(self, lexicon: Lexicon, title: str, payer: str = "") -> None:
        self.lexicon = lexicon
        self.topic = title
        self.payer = payer.casefold()

    def heading(self, document: Document, section: Section) -> Passage:
        """The heading's words without its printed label and closing colon, mapped to the source."""
        anchor = section.anchor
        passage = _mapped(document, section.heading, anchor.start, anchor.end)
        label = _LABEL.match(passage.text)
        passage = without_joint(passage.part(label.end()) if label else passage)
        for pattern in (_TRAILING, _CITED, _CITED):
            tail = pattern.search(passage.text)
            passage = passage.part(0, tail.start()) if tail and tail.start() else passage
        return passage

    def names_role(self, text: str) -> bool:
        """Whether a heading names a kind of section ("Coverage criteria") rather than a use."""
        plain = _TRAILING.sub("", _LABEL.sub("", _CAPTION.sub("", text))).casefold().replace("\u2019", "'")
        plain = re.sub(r"[®™*†‡]", "", _CITED.sub("", plain)).strip()
        cut = _GLUED.sub("", plain)
        return any(entry.regex.fullmatch(p) for entry in self.lexicon.entries("roles") for p in (plain, cut))

    def without_mark(self, heading: str) -> str:
        """A heading without the letter of a footnote that its last word has swallowed ("Criteriaa")."""
        cut = _GLUED.sub("", _TRAILING.sub("", heading))
        is_marked = cut.lower().endswith("criteria") and not _TRAILING.sub("", heading).lower().endswith("criteria")
        return cut if is_marked else heading

    def is_use(self, part: Part) -> bool:
        """Whether a part's heading names a condition, population or procedure."""
        if part.section is None:
            return False
        text = part.section.heading
        is_short = len(_ASIDES.sub("", text).split()) <= HEADING_WORDS
        return is_short and not self.names_role(text) and bool(self._content(text) - self._content(self.topic))

    def is_title(self, block: Block) -> bool:
        """Whether a paragraph over a list is only the name of a use ("Plaque psoriasis (Ps)")."""
        text = block.passage.text
        if len(text.split()) > TITLE_WORDS or text.endswith((".", ":", ";")) or not text[0].isupper():
            return False
        return not self.names_role(text) and not _FINITE.search(text)

    def name_over(self, line: Passage | None, part: Part) -> str:
        """The line printed over a statement where it is only a name, else the heading, "" where that names no use."""
        text = _TRAILING.sub("", line.text) if line else ""
        is_name = 0 < len(text.split()) <= CAPTION_WORDS and not _FINITE.search(text) and text == (line and line.text)
        if is_name and not self.names_role(text):
            return text
        heading = part.section.heading if part.section else ""
        return "" if self.names_role(heading) else _TRAILING.sub("", _CITED.sub("", _LABEL.sub("", heading)))

    def is_name(self, sentence: Passage) -> bool:
        """Whether a sentence before a statement is only the name of its use ("Chronic migraine, prevention.")."""
        text = _ASIDES.sub("", sentence.text.rstrip(".:"))
        is_stage = stage_of([text], self.lexicon) is not None  # "Patient is currently receiving it."
        return len(text.split()) <= TITLE_WORDS and (is_stage or not _FINITE.search(text))

    def heads(self, sentence: Passage) -> bool:
        """Whether a line by itself is set like a heading, in capitals, and names a kind of section ("4.2 Criteria Not
        Covered") rather than saying what is covered."""
        words = _LONG_WORD.findall(sentence.text)
        return all(word[0].isupper() for word in words) and self.names_role(sentence.text) and self.is_name(sentence)

    def first_of(self, item: Passage) -> Passage | None:
        """The first sentence of an item where it is only a name ("Toe gout. It is rare."), else None."""
        first, *more = split_sentences(item)
        is_name = more and self.is_name(first) and stage_of([first.text], self.lexicon) is None
        return first.part(0, len(first.text.rstrip(" .;"))) if is_name and self._content(first.text) else None

    def covering_heading(self, passage: Passage) -> Lead | None:
        """A heading such as "Coverage criteria", which says that what follows is covered when it is met."""
        text = _TRAILING.sub("", trimmed(passage, self.lexicon).text)
        statements = self.lexicon["statements"]
        if _FINITE.search(text) or not statements["heading-coverage"].regex.fullmatch(text) or self.stops(text):
            return None
        return Lead(Cue(passage, 0, len(passage), _COVERED), passage, is_heading=True)

    def criteria_line(self, passage: Passage) -> Lead | None:
        """A line over a list that says, of nothing but the document's topic, that criteria for coverage follow."""
        own = trimmed(passage, self.lexicon).text
        if not self.lexicon["statements"]["criteria-heading"].regex.search(own):
            return None
        known = self._content(self.topic) | self._words("document-words") | self._words("criteria-words")
        return None if _singular(self._content(own)) - _singular(known) else self.covering_heading(passage)

    def selection_line(self, passage: Passage) -> Lead | None:
        """A line over what patients must have ("Patient selection criteria"), for a document that states nothing."""
        text = _TRAILING.sub("", passage.text)
        if not self.lexicon["statements"]["selection-line"].regex.fullmatch(text):
            return None
        return Lead(Cue(passage, 0, len(passage), _COVERED), passage, is_heading=True)

    def naming_line(self, passage: Passage) -> Lead | None:
        """A line over a list that names what is covered, or not ("Indications that are covered")."""
        text = _TRAILING.sub("", passage.text)
        statements = self.lexicon["statements"]
        if len(text) > LINE_CHARS:
            return None
        if statements["line-covers"].regex.fullmatch(text):
            return Lead(Cue(passage, 0, len(passage), _COVERED), passage, is_heading=True)
        if statements["line-refuses"].regex.fullmatch(text):
            refused = self.lexicon["determinations"]["not-covered"]
            return Lead(Cue(passage, 0, len(passage), refused), passage, is_heading=True)
        return None

    def demanding_line(self, passage: Passage) -> Lead | None:
        """A line over a list that asks of a service what must hold ("Toe surgery must meet ALL of the following:")."""
        if not self.lexicon["statements"]["service-must-meet"].regex.fullmatch(passage.text.rstrip()):
            return None
        return Lead(Cue(passage, 0, len(passage), _COVERED), passage, is_heading=True)

    def bare_heading(self, passage: Passage) -> Lead | None:
        """A heading that says of what follows only that it is indications, for a document that states nothing."""
        if not self.lexicon["statements"]["bare-indications"].regex.fullmatch(_TRAILING.sub("", passage.text)):
            return None
        return Lead(Cue(passage, 0, len(passage), _COVERED), passage, is_heading=True)

    def stops(self, text: str) -> bool:
        """Whether a heading is over reasons to end or refuse what is covered above it ("Termination of therapy")."""
        return bool(self.lexicon["statements"]["stop-heading"].regex.fullmatch(_TRAILING.sub("", _LABEL.sub("", text))))

    def text(
        self, subject: Passage, cue: Cue, part: Part, titles: Sequence[Passage] = (), member: Member | None = None
    ) -> str:
        """Its own words, after the titles or the headings that name the condition where they do not.

        A ``member`` of a list of uses is completed by what the list says once for all of them.
        """
        own = _TRAILING.sub("", _FOOTNOTE.sub("", subject.text))
        own = member.named(own) if member else own
        if self._only_counts(own, cue):
            own = ": ".join(title.text.rstrip(" .:;,") for title in titles) or self.topic or own
        named = [t.text for t in titles if self._content(t.text) - self._content(own)]
        if named:
            above = [] if any(stage_of([name], self.lexicon) is None for name in named) else self._headings(part, own)
            return ": ".join([*above, *(_TRAILING.sub("", name) for name in named), own])
        left = own.replace(cue.own, " ")
        for name in ("criteria-lead", "logic-all", "logic-any"):
            left = self.lexicon["statements"][name].regex.sub(" ", left)
        if len(self._content(left) - self._content(self.topic)) >= OWN_WORDS_ENOUGH:
            return own
        above = self._headings(part, own)
        if self.topic and len(own.split()) <= ROLE_WORDS and self.names_role(own) and not self._say_of_what(above):
            above = [self.topic, *above]  # "Criteria for approval" alone says of what only by the title
        if _OF_PEOPLE.search(own) and self._only_title_says(above, own):
            above = [self.topic, *above]  # "X is covered in patients" with what the title says X is for
        return ": ".join([*above, own])

    def _only_counts(self, own: str, cue: Cue) -> bool:
        """Whether words say only how many of a list must hold ("One of the following", "All of the above are met")."""
        known, names = self._words("general-words"), tuple[str, ...]()
        if len(own.split()) <= ROLE_WORDS:
            known = known if len(cue.own) == len(cue.passage) else known | self._content(cue.own)  # "Approve" alone
            names = ("logic-all", "logic-any", "logic-at-least")
        elif "above" in own:
            known, names = known | self._words("criteria-words") | self._content(cue.own), ("list-before",)
        counts = (self.lexicon["statements"][name].regex for name in names)
        return not self._content(reduce(lambda text, count: count.sub(" ", text), counts, own)) - known

    def _only_title_says(self, above: Sequence[str], own: str) -> bool:
        """Whether the title names a condition, and neither the headings above a use nor its own words do."""
        return names_condition(self.topic, self.lexicon) and not any(
            names_condition(name, self.lexicon) for name in (*above, own)
        )

    def _say_of_what(self, above: Sequence[str]) -> bool:
        """Whether headings name a use: one on which the title says more names only a part of it."""
        has_condition = any(names_condition(name, self.lexicon) for name in above)
        return bool(above) and (has_condition or not names_condition(self.topic, self.lexicon))

    def service(self, cue: Cue, own: str) -> str:
        """The service that a lead-in speaks of, where neither the title nor an item's own words name it."""
        service = _USE_OF.sub("", service_of(cue.passage, cue, self.lexicon))
        purpose = _PURPOSE.search(service)
        service = service[: purpose.start()] if purpose else service
        if len(service.split()) > SERVICE_WORDS or self.lexicon["statements"]["no-service"].regex.search(service):
            return ""
        known = self._content(self.topic) | self._content(own) | self._words("service-kinds")
        return service if _singular(self._content(_ASIDES.sub("", service))) - _singular(known) else ""

    def _headings(self, part: Part, own: str) -> list[str]:
        """What the headings above add to an indication's own words."""
        return [name for section in part.path[-2:] if (name := self._name_of(section, own))]

    def names_no_use(self, sentence: Passage, cue: Cue) -> bool:
        """Whether a lead-in says only that what follows is covered ("Coverage is provided in these conditions:")."""
        left = _BRACKETED.sub(" ", sentence.text.replace(cue.own, " "))
        for name in ("criteria-lead", "condition-lead", "logic-all", "logic-any"):
            left = self.lexicon["statements"][name].regex.sub(" ", left)
        general = self._words("document-words") | self._words("general-words")
        return not self._content(left) - self._content(self.topic) - general

    def _name_of(self, section: Section, own: str) -> str:
        """What a heading adds to an indication's own words, "" where nothing."""
        heading = section.heading
        if label := any_label(self.lexicon).search(heading, 1):  # a letterhead that lost its line ends
            heading = heading[: label.start()]
        statements = self.lexicon["statements"]
        is_stage = any(statements[s].regex.search(heading) for s in ("stage-continuation", "stage-initial"))
        known = self._content(own) | self._content(self.topic) | self._words("document-words")
        new = _singular(self._content(heading)) - _singular(known | self._words("general-words"))
        before, colon, _ = heading.partition(":")
        if colon and before.isupper() and self.names_role(before):
            return ""  # "INDICATIONS: Requires authorization"
        if self.payer and _TRAILING.sub("", heading).casefold() == self.payer:
            return ""  # a letterhead
        if statements["how-many"].regex.search(heading):
            return ""  # a lead-in that is set as a heading
        _, _, of_what = heading.partition(" for ")  # "Inclusion criteria for gout"
        is_role = self.names_role(heading) and not is_stage and not names_condition(of_what, self.lexicon)
        if not new or len(heading.split()) > HEADING_WORDS or is_role:
            return ""
        return _TRAILING.sub("", _CITED.sub("", _FOOTNOTE.sub("", _LABEL.sub("", heading))))

    def _content(self, text: str) -> set[str]:
        """The words that carry meaning."""
        return set(_WORD.findall(text.casefold())) - self._words("empty-words")

    def _words(self, name: str) -> set[str]:
        return set(chain.from_iterable(p.split("|") for p in self.lexicon["statements"][name].patterns))


def _singular(words: Iterable[str]) -> set[str]:
    return {word.removesuffix("s") for word in words}


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

"""The vocabulary: what every part of policyview speaks of, as plain frozen values.

Nothing here reads a file, knows Qt or holds a rule. Offsets count characters of a document's canonical
text and are half-open, pages count from 1, sizes and positions are PDF points unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

# --------------------------------------------------------------------------- the source and its words


@dataclass(frozen=True)
class Anchor:
    """A quote and where it stands: ``quote`` is exactly ``canonical[start:end]``.

    ``page`` is None for unpaged media. ``match`` says how the place was found, ``score`` (0-1) how well.
    A passage that page furniture interrupts is anchored by its longest unbroken part; the other parts
    stand in ``continues``.
    """

    start: int
    end: int
    page: int | None
    quote: str
    prefix: str = ""
    suffix: str = ""
    match: Literal["exact", "folded", "fuzzy"] = "exact"
    score: float = 1.0
    continues: tuple[Anchor, ...] = ()


WHITE = 0xFFF
"""The colour of a line that is printed in white."""


@dataclass(frozen=True)
class Line:
    """One printed line of a document, ``text[start:end]`` without its line end.

    For text formats ``x`` is the indentation at 5 points a column and ``size`` is 10.
    ``heading`` is the level that the format itself declares (Markdown ``#``, HTML h1-h6, a Word heading
    style, a tagged PDF), 0 where it declares none. ``cells`` are (start, end, x) of each table cell where
    the line is a table row or wide gaps divide it; empty cells of a declared table have start == end.
    ``colour`` tells lines apart that are printed in colour; 0 for black and grey, ``WHITE`` for white. ``is_unseen``
    where the page holds the line but does not show it.
    """

    start: int
    end: int
    page: int | None
    x: float = 0.0
    y: float = 0.0
    right: float = 0.0
    size: float = 10.0
    bold: bool = False
    heading: int = 0
    cells: tuple[tuple[int, int, float], ...] = ()
    italic: bool = False
    underlined: bool = False
    colour: int = 0
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line that a page draws, in points from the top left corner of the shown page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True)
class OutlineEntry:
    """A bookmark of the document's own outline."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True)
class Loss:
    """Something of a document that could not be read, as a sentence a person can act on, its page in it."""

    page: int | None
    reason: str


@dataclass(frozen=True)
class Document:
    """One file as read. ``text`` is the canonical text; it keeps everything the source prints.

    ``pages[k]`` is the offset at which page k+1 begins; empty for unpaged media. ``lines`` stay in the
    worker that read them and are empty in the window's process. So do ``signs``, (offset, what the
    page shows there, "" where it strikes it out) where it differs from the text, such as a ">" that is underlined
    to be a "≥" or a drawn bullet before a word, and ``rules``.
    """

    file: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[int, ...] = ()
    lines: tuple[Line, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    info: tuple[tuple[str, str], ...] = ()
    page_labels: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    signs: tuple[tuple[int, str], ...] = ()
    rules: tuple[Rule, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page on which canonical ``offset`` stands, None for unpaged media."""
        from bisect import bisect_right

        return bisect_right(self.pages, offset) if self.pages else None


@dataclass(frozen=True, eq=False)
class Passage:
    """Reading text with a map back: ``text[i]`` stands at canonical offset ``offsets[i]``.

    Page furniture is out, lines are joined, line-end hyphens healed, markup dropped. ``breaks`` holds the
    indexes i at which page furniture stands in the source between ``text[i-1]`` and ``text[i]``, or the source
    goes on elsewhere.
    """

    text: str
    offsets: Sequence[int]
    breaks: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def part(self, start: int, end: int | None = None) -> Passage:
        """The passage ``text[start:end]``, white space at both ends left out."""
        end = len(self.text) if end is None else min(end, len(self.text))
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        breaks = frozenset(b - start for b in self.breaks if start < b < end) if self.breaks else self.breaks
        return Passage(self.text[start:end], self.offsets[start:end], breaks)

    @property
    def start(self) -> int:
        return self.offsets[0]

    @property
    def end(self) -> int:
        return self.offsets[-1] + 1


def join(passages: Sequence[Passage], separator: str = " ") -> Passage:
    """One passage of several, in order; a separator stands at the offset that follows the part before it.

    A part that stands before the one it follows, as a cell beside the rows of another column may, breaks it.
    """
    if len(passages) == 1:
        return passages[0]
    text, offsets, breaks = "", list[int](), set[int]()
    for passage in passages:
        if not passage:
            continue
        if text:
            text += separator
            if passage.start < offsets[-1]:
                breaks.add(len(text))
            offsets.extend([offsets[-1] + 1] * len(separator))
        breaks |= {len(text) + b for b in passage.breaks}
        text += passage.text
        offsets.extend(passage.offsets)
    return Passage(text, offsets, frozenset(breaks))


# --------------------------------------------------------------------------- structure (segment -> extract)


class Role(StrEnum):
    """What a section is for."""

    POLICY = "policy"
    CRITERIA = "criteria"
    NOT_COVERED = "not_covered"
    DESCRIPTION = "description"
    BACKGROUND = "background"
    CODING = "coding"
    PRIOR_AUTHORIZATION = "prior_authorization"
    HISTORY = "history"
    REFERENCES = "references"
    DEFINITIONS = "definitions"
    DISCLAIMER = "disclaimer"
    TREATMENT = "treatment"
    OTHER = "other"


POLICY_ROLES = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED})
"""The sections in which policies state coverage."""


@dataclass(frozen=True)
class Section:
    """A heading as printed, its level (1 is outermost) and the role of what stands under it."""

    heading: str
    level: int
    role: Role
    anchor: Anchor


@dataclass(frozen=True, eq=False)
class Block:
    """A paragraph, list item or table row, in reading order.

    ``passage`` leaves the printed ``label`` (``A.``, ``1)``, a bullet glyph) out. Items nested under an
    item are its ``children``. ``cells`` are a row's cells (empty ones too); rows of one table share
    ``table`` (0 elsewhere), its head rows have ``is_head``. ``inner`` gives the paragraphs and items of each cell
    where one of them holds a list. ``is_bold`` where all words are set bold.
    """

    kind: Literal["paragraph", "item", "row"]
    passage: Passage
    label: str = ""
    cells: tuple[Passage, ...] = ()
    children: tuple[Block, ...] = ()
    table: int = 0
    is_head: bool = False
    is_bold: bool = False
    page: int | None = None
    x: float = 0.0
    inner: tuple[tuple[Block, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Part:
    """A section with the blocks that stand directly under its heading, up to the next heading.

    The text before the first heading is a part whose ``section`` is None.
    """

    section: Section | None
    blocks: tuple[Block, ...]
    path: tuple[Section, ...] = ()  # the sections it stands in, outermost first, its own last

    @property
    def role(self) -> Role:
        return self.section.role if self.section else Role.OTHER

    def iter_blocks(self) -> Iterator[Block]:
        """Every block, nested items too, in reading order."""
        stack = list(reversed(self.blocks))
        while stack:
            block = stack.pop()
            yield block
            stack.extend(reversed(block.children))


@dataclass(frozen=True)
class Boilerplate:
    """Page furniture: a text that repeats on many pages, listed once. ``passages`` are its occurrences."""

    text: str
    occurrences: int
    passage: Passage


@dataclass(frozen=True, eq=False)
class Structure:
    """What segment makes of a document."""

    parts: tuple[Part, ...]
    boilerplate: tuple[Boilerplate, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(part.section for part in self.parts if part.section)


# --------------------------------------------------------------------------- policy facts (extract)


class Determination(StrEnum):
    """A coverage position. The payer's own words for it stay in ``Indication.stated``."""

    MEDICALLY_NECESSARY = "medically_necessary"
    NOT_MEDICALLY_NECESSARY = "not_medically_necessary"
    INVESTIGATIONAL = "investigational"
    NOT_COVERED = "not_covered"
    RECOMMENDED = "recommended"
    CONDITIONAL = "conditional"
    NOT_RECOMMENDED = "not_recommended"
    CONTRAINDICATED = "contraindicated"
    UNCLEAR = "unclear"


Logic = Literal["all", "any", "at_least", "none"]
CriterionKind = Literal["step", "prescriber", "documentation", "exclusion", "other"]
Ground = Literal["necessity", "evidence", "benefit", "study_only", "discretion", "not_stated"]
Stage = Literal["initial", "continuation"]
Origin = Literal["extracted", "corrected", "added"]
"""Whether a fact is as it was read, or a person changed it, or marked it in the source."""
CodeGroup = Literal["supports_coverage", "not_covered", "informational"]
Authority = Literal["payer", "medicare_national", "medicare_local", "third_party", "reference"]
Business = Literal["commercial", "medicare_advantage", "medicare", "medicaid", "exchange", "fep"]
"""A line of business."""


@dataclass(frozen=True)
class Applicability:
    """Whom a policy is for; without an anchor where a person says so."""

    line: Business
    products: tuple[str, ...]
    states: tuple[str, ...]
    anchor: Anchor | None


@dataclass(frozen=True)
class Dates:
    """ISO dates, as exact as the source states them (``2022``, ``2022-06``, ``2022-06-13``)."""

    effective: str | None = None
    last_review: str | None = None
    published: str | None = None
    last_updated: str | None = None
    original_effective: str | None = None
    next_review: str | None = None
    retired: str | None = None


@dataclass(frozen=True)
class Policy:
    """What a document says of itself. ``anchors`` holds (field, anchor) for each value that is printed."""

    kind: Literal["medical_policy", "um_guideline", "coverage_bulletin", "clinical_reference", "unknown"] = "unknown"
    authority: Authority = "payer"
    payer: str | None = None
    title: str | None = None
    number: str | None = None
    status: Literal["active", "future", "retired", "draft"] | None = None
    applies_to: tuple[Applicability, ...] = ()
    dates: Dates = Dates()
    anchors: tuple[tuple[str, Anchor], ...] = ()
    corrected: tuple[str, ...] = ()  # the fields that a person set

    @property
    def is_second_hand(self) -> bool:
        """Whether it only tells of policies, and so never speaks for a payer."""
        return self.authority in ("third_party", "reference")


@dataclass(frozen=True)
class Criterion:
    """A condition; ``logic`` says how many of its ``children`` must hold (``n`` of them for at_least).

    ``origin``: a person ``corrected`` its logic, or put these words of the document here; those that she ``added``
    stand nowhere in it, and the anchor is that of the use.
    """

    id: str
    text: str
    anchor: Anchor
    label: str = ""
    logic: Logic | None = None
    n: int | None = None
    kind: CriterionKind = "other"
    children: tuple[Criterion, ...] = ()
    origin: Origin = "extracted"

    def leaves(self) -> Iterator[Criterion]:
        """This criterion and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True)
class Note:
    """An exception or a note that belongs to an indication."""

    text: str
    anchor: Anchor


LimitKind = Literal["quantity", "dose", "duration", "approval_period", "review_after"]


@dataclass(frozen=True)
class Limit:
    kind: LimitKind
    text: str
    anchor: Anchor


@dataclass(frozen=True)
class Indication:
    """The smallest statement that names a use and receives a determination.

    ``stated`` are the payer's own determination words and ``basis`` where they stand; without a basis the
    determination is unclear. ``confidence`` is 0-1; ``doubt`` says why it is not higher.
    """

    id: str
    text: str
    anchor: Anchor
    determination: Determination
    stated: str = ""
    basis: Anchor | None = None
    ground: Ground = "not_stated"
    confidence: float = 0.9
    doubt: str | None = None
    population: str = ""
    stage: Stage | None = None
    label: str = ""
    context: tuple[str, ...] = ()
    section: str = ""
    logic: Logic | None = None
    n: int | None = None
    criteria: tuple[Criterion, ...] = ()
    inherited: tuple[Criterion, ...] = ()
    exceptions: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    limits: tuple[Limit, ...] = ()
    origin: Origin = "extracted"

    def iter_criteria(self) -> Iterator[Criterion]:
        for criterion in self.criteria:
            yield from criterion.leaves()


@dataclass(frozen=True)
class CatchAll:
    """A residual clause ("all other uses are investigational") and the service and population it speaks of.

    ``doubt`` says why it is to be checked.
    """

    determination: Determination
    text: str
    scope: str
    anchor: Anchor
    exceptions: tuple[str, ...] = ()
    doubt: str | None = None
    origin: Origin = "extracted"


@dataclass(frozen=True)
class Code:
    system: Literal["CPT", "HCPCS", "ICD-10-CM", "ICD-10-PCS", "REV"]
    code: str
    anchor: Anchor
    end: str | None = None
    description: str | None = None
    group: CodeGroup = "informational"
    condition: str | None = None
    indications: tuple[str, ...] = ()
    doubt: str | None = None  # why it is to be checked


@dataclass(frozen=True)
class CodeRule:
    """A residual rule over codes ("all other diagnoses not listed …")."""

    system: str
    group: CodeGroup
    text: str
    anchor: Anchor
    applies_to_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Authorization:
    """A prior-authorization rule. One that is absent is not stated, never a "no"."""

    product: str
    setting: Literal["inpatient", "outpatient", "any"]
    kind: Literal["prior", "concurrent", "secondary_review", "notification"]
    required: Literal["yes", "no", "maybe"]
    anchor: Anchor


@dataclass(frozen=True)
class HistoryEntry:
    date: str | None
    type: Literal["new", "revised", "reviewed"] | None
    text: str
    anchor: Anchor


@dataclass(frozen=True)
class VersionChange:
    """A row of a printed BEFORE | AFTER table."""

    before: str
    after: str
    anchor: Anchor


@dataclass(frozen=True)
class Threshold:
    """A clinical number. ``value`` is [low, high] for a range; ``unit`` is singular as printed, or None.

    ``of`` is the id of the indication or criterion whose number it is.
    """

    quantity: str
    comparator: Literal[">=", "<=", "<", ">", "=", "range"]
    value: int | float | tuple[int | float, int | float]
    unit: str | None
    of: str
    text: str
    anchor: Anchor


@dataclass(frozen=True)
class Definition:
    term: str
    text: str
    anchor: Anchor


@dataclass(frozen=True)
class Reference:
    text: str
    anchor: Anchor


@dataclass(frozen=True)
class Unit:
    """A part of a document that changes as a whole: a heading, sentence, list item, table row or page furniture.

    ``parent`` is the place (among the document's units) of the item it is nested in or of the lead-in whose list it
    is part of, ``section`` that of its heading; -1 where there is none. ``headings`` are the sections it stands in,
    outermost first. ``fact`` is the sort of fact that was read from it. ``spans`` are its places in the canonical
    text, more than one where page furniture interrupts it.
    """

    kind: Literal["heading", "sentence", "item", "row", "furniture"]
    label: str
    text: str
    role: Role
    headings: tuple[str, ...]
    parent: int
    section: int
    fact: Literal["indication", "criterion", "authorization", "code", "metadata"] | None
    spans: tuple[tuple[int, int], ...]

    @property
    def printed(self) -> str:
        """The words with their label."""
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True)
class Facts:
    """All that was extracted from one document."""

    policy: Policy = Policy()
    sections: tuple[Section, ...] = ()
    boilerplate: tuple[tuple[str, int], ...] = ()  # (text, occurrences)
    indications: tuple[Indication, ...] = ()
    catch_all: tuple[CatchAll, ...] = ()
    codes: tuple[Code, ...] = ()
    code_rules: tuple[CodeRule, ...] = ()
    prior_authorization: tuple[Authorization, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    version_changes: tuple[VersionChange, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    definitions: tuple[Definition, ...] = ()
    references: tuple[Reference, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()  # (ABBR, long form) as the document itself introduces them
    unread: tuple[Loss, ...] = ()  # what of the policy was read, but is in none of the facts
    units: tuple[Unit, ...] = ()  # only where versions are to be compared


@dataclass(frozen=True)
class Reading:
    """A document that was read, with its facts (``document.lines`` is empty).

    ``is_cut`` where something was given up because reading it failed or took too long: another time it may not.
    """

    document: Document
    facts: Facts
    is_cut: bool = False

    @property
    def file(self) -> str:
        return self.document.file

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What of the file could not be read, and what was read but not understood."""
        return self.document.losses + self.facts.unread


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, and the sentence that tells a person what to do."""

    file: str
    reason: str


@dataclass(frozen=True)
class Overrides:
    """What a person said of versions, of documents by their SHA-256 sums; each act gives a new value.

    ``same`` and ``apart`` are pairs of sums, the lesser first: versions of one policy, or not. ``effective`` are
    (sum, ISO date from which the document is in effect).
    """

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    effective: frozenset[tuple[str, str]] = frozenset()

    def joining(self, one: str, others: Iterable[str]) -> Overrides:
        """A document and each of others are versions of one policy."""
        pairs = _pairs(one, others)
        return replace(self, same=self.same | pairs, apart=self.apart - pairs)

    def parting(self, one: str, others: Iterable[str]) -> Overrides:
        """A document and each of others are not versions of one policy."""
        pairs = _pairs(one, others)
        return replace(self, same=self.same - pairs, apart=self.apart | pairs)

    def dating(self, one: str, date: str | None) -> Overrides:
        """The day, month or year from which a document is in effect; None for what the document says itself."""
        kept = frozenset(known for known in self.effective if known[0] != one)
        return replace(self, effective=kept | {(one, date)} if date else kept)

    def joined(self, other: Overrides) -> Overrides:
        """What was said here and there."""
        return Overrides(self.same | other.same, self.apart | other.apart, self.effective | other.effective)

    def effective_date(self, one: str) -> str | None:
        """The date that a person named, if one did."""
        return next((date for known, date in self.effective if known == one), None)


def _pairs(one: str, others: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset((min(one, other), max(one, other)) for other in others if other != one)


# --------------------------------------------------------------------------- the matrix (align)


class State(StrEnum):
    """What a column is in a row; always exactly one."""

    STATED = "stated"
    BROADER = "broader"
    CATCH_ALL = "catch_all"
    SILENT = "silent"


class Agreement(StrEnum):
    SAME = "same"
    CRITERIA_DIFFER = "criteria_differ"
    WORDS_DIFFER = "words_differ"
    OPPOSED = "opposed"
    ONE_PAYER = "one_payer"
    UNCLEAR = "unclear"


Which = Literal["effective", "last_review", "last_updated", "published"]
"""The printed date that names a version, the telling one first."""


@dataclass(frozen=True)
class Version:
    """The date that names a version, and which of the printed dates it is; ``corrected`` where a person named it."""

    date: str
    which: Which
    origin: Literal["extracted", "corrected"] = "extracted"


NotInForce = Literal["future", "later", "superseded", "retired", "draft", "copy"]
"""Why a version is not in force: a newer one is (``superseded``), another of its date stands here (``copy``), or it
prints no effective date and was reviewed or published ``later``."""


@dataclass(frozen=True)
class Column:
    """A document as a column of the matrix. ``file`` and ``sha256`` lead to its Reading."""

    file: str
    sha256: str
    policy: Policy
    version: Version | None
    in_force: bool
    not_in_force: NotInForce | None = None


@dataclass(frozen=True)
class PolicyVersions:
    """The documents of one policy, the oldest first; one document alone is a policy of one version.

    ``why`` tells why they are taken for versions of one policy, ``doubts`` why that or their order is unsure.
    ``lookalikes`` are (file, why not) of documents that look like versions of it and are kept apart.
    """

    files: tuple[str, ...]
    why: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    lookalikes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cell:
    """An indication in its home row. ``score`` (0-1) is the match with the row, ``why`` its named parts.

    ``review`` is the sum of the latest review of it that holds. ``doubt`` says why it may not belong into a row of
    that name, None where nothing speaks against it.
    """

    file: str
    indication: str
    determination: Determination
    score: float = 1.0
    why: tuple[str, ...] = ()
    origin: Origin = "extracted"
    review: str | None = None
    doubt: str | None = None


@dataclass(frozen=True)
class See:
    """Another row to look at: its id and what it is called."""

    row: str
    label: str


@dataclass(frozen=True)
class Broader:
    """A wider statement of this payer that reaches the row; ``see`` is the row in which it stands.

    ``is_wider`` is false where it is on this very use, and only its own row tells another thing of it apart.
    """

    file: str
    indication: str
    determination: Determination
    why: tuple[str, ...] = ()
    see: See | None = None
    is_wider: bool = True


@dataclass(frozen=True)
class CatchAllCell:
    """The payer's residual clause applies to the row. ``doubt`` says why it may not, None where nothing does."""

    file: str
    determination: Determination
    anchor: Anchor
    why: tuple[str, ...] = ()
    doubt: str | None = None


@dataclass(frozen=True)
class Silent:
    """The payer says nothing of the row: the sections searched and the nearest miss (indication id, score).

    ``is_near`` where that is on much the same use (another stage, population or kind): then it is no silence on the
    subject, and ``see`` is the row in which it stands. ``doubt`` says why the payer's clause on all other uses was
    not taken for its answer, None where it has none that speaks of the row.
    """

    file: str
    searched: tuple[str, ...]
    nearest: tuple[str, float] | None
    why: str
    is_near: bool = False
    see: See | None = None
    doubt: str | None = None


@dataclass(frozen=True)
class Row:
    """An indication with what every column says of it.

    ``agreement`` is that of each policy's newest version whatever the date, ``agreement_in_force`` that of the
    versions in force on the day of the comparison; None where none of them speaks.
    """

    id: str
    label: str
    agreement: Agreement
    cells: tuple[Cell, ...] = ()
    broader: tuple[Broader, ...] = ()
    catch_all: tuple[CatchAllCell, ...] = ()
    silent: tuple[Silent, ...] = ()
    group: str = ""  # the population or procedure that heads a group of rows
    agreement_in_force: Agreement | None = None
    population: str = ""  # whom it is for, empty where that is not stated, or payers name different people
    procedure: str = ""  # the procedure, of a topic with several

    @property
    def agreement_shown(self) -> Agreement:
        """Whether those agree that are shown."""
        return self.agreement_in_force or self.agreement


@dataclass(frozen=True)
class Matrix:
    """One topic: its columns (documents) and rows (indications)."""

    topic: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    versions: tuple[PolicyVersions, ...] = ()  # each column's document is in exactly one


# --------------------------------------------------------------------------- long work


@dataclass(frozen=True)
class Progress:
    """A step of long work. ``done`` of ``total`` files (or rows); ``text`` names what is under way.

    ``reading`` or ``failure`` is set on the step that ends a file.
    """

    done: int
    total: int
    text: str = ""
    reading: Reading | None = None
    failure: Failure | None = None
    pages_done: int = field(default=0, compare=False)

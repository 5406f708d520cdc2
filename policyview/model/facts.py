"""What a policy says: indications, criteria, codes, limits, dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from policyview.model.source import Anchor, Loss
from policyview.model.structure import Role, Section


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

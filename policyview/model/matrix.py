"""Payers side by side: rows, cells and why a column says what it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from policyview.model.facts import Determination, Origin, Policy
from policyview.model.source import Anchor


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
    is_label: bool = False  # its statements only repeat what the product is approved for

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

"""What comparing two versions gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policyview.model import Anchor

ChangeKind = Literal[
    "indication", "criterion", "determination", "threshold", "code", "authorization", "metadata", "text"
]
Action = Literal["added", "removed", "modified", "moved"]
Significance = Literal["substantive", "editorial"]
Bearing = Literal["coverage", "evidence", "administration"]
Noise = Literal[
    "reflow", "page furniture", "white space", "punctuation", "renumbering", "citation", "letterhead", "date"
]
Found = Literal["yes", "no", "no text difference"]


@dataclass(frozen=True)
class Side:
    """A unit as one of the versions prints it; ``under`` are the headings and lead-ins over it."""

    text: str
    anchor: Anchor
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A difference that a reader must know of.

    ``before`` is None for what was added, ``after`` for what was removed; ``documented`` is the entry of the newer
    version's history that tells of it, ``section`` the heading under which it stands.
    """

    kind: ChangeKind
    action: Action
    significance: Significance
    bears_on: Bearing
    before: Side | None
    after: Side | None
    summary: str
    why: tuple[str, ...]
    documented: Side | None = None
    section: str = ""


@dataclass(frozen=True)
class Suppressed:
    """A difference that changes nothing, with the reason. Nothing vanishes: what is no change is here."""

    reason: Noise
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """An entry of the newer version's history that the older one has not, and whether the text shows its change;
    ``is_contradicted`` where it says that nothing was changed, and something that bears on coverage was."""

    date: str | None
    text: str
    anchor: Anchor
    found: Found
    is_contradicted: bool = False


@dataclass(frozen=True)
class Diff:
    """Two versions compared: the changes by weight, the new history entries, and all that was suppressed.

    ``kinship`` are sentences that say why the two may be no older and newer version of one policy.
    """

    changes: tuple[Change, ...]
    history: tuple[Entry, ...]
    suppressed: tuple[Suppressed, ...]
    kinship: tuple[str, ...] = ()

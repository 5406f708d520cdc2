"""Which statement of a document is on much the same use as a row in which it does not stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyview.align.compare import alikeness, is_comparable, likeness
from policyview.align.profiles import Profile
from policyview.align.vocabulary import Vocabulary
from policyview.model import Row, See

_NEAR_IN_WORDS = 0.5  # alikeness from which the words that name two uses name one thing
_NEAR_ALIKE = 0.35  # likeness from which two uses that share a naming word are worth pointing from one to the other
_PRODUCT = frozenset(("product",))  # which brand is preferred is no use, but payers say it of one another's brands
_DOUBTFUL = 0.45  # likeness from which a statement may mean the row under other words
_SUBJECT_DOUBTFUL = 0.35  # and its condition must have that much in common with the row's


def nearest_of(
    row: Sequence[Profile], profiles: Sequence[Profile], vocabulary: Vocabulary
) -> tuple[Profile, float] | None:
    """The document's statement on the row's disease or service, whatever its population and stage, and how alike it is.

    None where it has none: only then a document is silent on the row.
    """
    found = [
        (_parted(profile, member), -likeness(profile, member, vocabulary).score, profile.use.key, profile)
        for profile in profiles for member in row if is_near(profile, member, vocabulary)
    ]
    if not found:
        return None
    _, score, _, nearest = min(found, key=lambda f: f[:3])
    return nearest, -score


def _parted(one: Profile, other: Profile) -> int:
    """What tells the two apart at first sight: the stage of therapy before a label's wording."""
    is_other_stage = (one.use.stage == "continuation") != (other.use.stage == "continuation")
    return 2 * is_other_stage + (one.use.is_label != other.use.is_label)


def is_near(one: Profile, other: Profile, vocabulary: Vocabulary) -> bool:
    """Whether a statement and one of a row are on one disease, a kind of it or close kin, or on one service only."""
    if {one.use.purpose, other.use.purpose} == {"treatment", "test"}:
        return False
    if one.services and other.services and not vocabulary.likest(one.services, other.services):
        return False
    if other.is_any_renewal:
        return one.use.stage == "continuation"
    if one.main and other.main:
        return is_of_kin(one, other, vocabulary)
    if one.main or other.main:
        return _is_one_service(one, other)
    if _PRODUCT & one.use.aspects & other.use.aspects:
        return True
    is_named = bool(one.names & other.names)
    return _is_one_service(one, other) or (is_named and likeness(one, other, vocabulary).score >= _NEAR_ALIKE)


def is_of_kin(one: Profile, other: Profile, vocabulary: Vocabulary) -> bool:
    """Whether both are on a condition, and that is one, a kind of the other, or close to it; lists count whole."""
    if not (one.use.is_on_condition and other.use.is_on_condition):
        return False
    pairs = ((one.main, other.heads), (other.main, one.heads))
    return any(main and vocabulary.related(main, head) for main, heads in pairs for head in heads)


def nearness(profile: Profile, member: Profile, vocabulary: Vocabulary) -> float:
    """How alike a statement is to a use that it may mean, 0 where it hardly does."""
    if is_of_kin(profile, member, vocabulary):
        return max(_DOUBTFUL, likeness(profile, member, vocabulary).score)
    if not is_comparable(profile, member):
        return 0.0
    found = likeness(profile, member, vocabulary)
    subject = [p.score for p in found.parts if p.name in ("condition", "words")]
    if found.score >= _DOUBTFUL and all(score >= _SUBJECT_DOUBTFUL for score in subject):
        return found.score
    is_named = bool(profile.names & member.names)
    return found.score if is_named and alikeness(profile.bag, member.bag) >= _NEAR_IN_WORDS else 0.0


def _is_one_service(one: Profile, other: Profile) -> bool:
    return bool(one.services) and set(one.services) == set(other.services)


def pointed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, with the row where it stands named for each wider statement, and for each near one of the silent."""
    home = {(cell.file, cell.indication): row for row in rows for cell in row.cells}
    result = []
    for row in rows:
        silent = tuple(
            replace(each, see=_see(home[each.file, each.nearest[0]], row)) if each.is_near and each.nearest else each
            for each in row.silent
        )
        broader = tuple(replace(each, see=_see(home[each.file, each.indication], row)) for each in row.broader)
        result.append(replace(row, broader=broader, silent=silent))
    return tuple(result)


def _see(there: Row, here: Row) -> See:
    """The row to look at, told apart by its head where both have one name."""
    is_alike = there.label.casefold() == here.label.casefold() and there.group
    return See(there.id, f"{there.label} ({there.group})" if is_alike else there.label)

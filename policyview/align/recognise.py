"""Which documents are versions of one policy, in order, and why: the one place that tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import PurePath

from policyview.align.identity import Identity, identity_of
from policyview.align.kinship import is_same_text, kinship
from policyview.align.shelf import Shelf, sums_of
from policyview.dating import is_older, recency, shared_date, version_of
from policyview.lexicon import Lexicon
from policyview.model import Overrides, PolicyVersions, Reading

_NO_OVERRIDES = Overrides()
BY_A_PERSON = "a person said so"


def recognise(
    readings: Sequence[Reading], lexicon: Lexicon, overrides: Overrides = _NO_OVERRIDES
) -> tuple[PolicyVersions, ...]:
    """The policies of these documents, each with its versions in order; every document is in exactly one.

    The order of the documents changes nothing. What a person said goes before what was found.
    """
    ordered = sorted(readings, key=lambda reading: (reading.document.sha256, reading.file))
    shelf = Shelf([identity_of(reading, lexicon) for reading in ordered], overrides)
    shelf.sort()
    found = [_policy(shelf, members) for members in shelf.policies()]
    return tuple(sorted(found, key=lambda policy: policy.files))


def cautions(
    old: Reading, new: Reading, lexicon: Lexicon, overrides: Overrides = _NO_OVERRIDES
) -> tuple[str, ...]:
    """Why two documents may not be an older and a newer version of one policy, in sentences; empty where they are."""
    said = []
    tie = kinship(identity_of(old, lexicon), identity_of(new, lexicon))
    if sums_of(old, new) in overrides.apart:
        said.append("A person said that these are not versions of one policy.")
    elif sums_of(old, new) not in overrides.same and old.document.sha256 != new.document.sha256:
        if tie.sort != "one":
            said.append(f"These do not look like versions of one policy: {'; '.join(tie.why)}.")
        elif tie.doubts:
            said.append(f"It is not sure that these are versions of one policy: {'; '.join(tie.doubts)}.")
    if is_older(new, old, overrides):
        said.append("The two seem to be given in the wrong order: the one called older is "
                    f"{_dated(old, overrides)}, the one called newer {_dated(new, overrides)}.")
    return tuple(said)


def _dated(reading: Reading, overrides: Overrides) -> str:
    version = version_of(reading, overrides)
    which = "" if version is None else version.which.replace("_", " ") + " " + version.date
    return f"{PurePath(reading.file).name} ({which or 'no date'})"


def _policy(shelf: Shelf, members: Sequence[int]) -> PolicyVersions:
    """A policy's documents in order, with what is told of them."""
    which = shared_date([shelf.identities[at].reading for at in members], shelf.overrides)
    order = sorted(members, key=lambda at: recency(shelf.identities[at].reading, shelf.overrides, which))
    found = [shelf.identities[at] for at in order]
    pairs = list(combinations(order, 2))
    is_said = any(shelf.is_said(pair) for pair in pairs)
    ties = [tie for tie in (shelf.judge(*pair) for pair in pairs) if tie.sort == "one"]
    why = [BY_A_PERSON] * is_said + [reason for tie in ties for reason in tie.why]
    doubts = [] if is_said else [doubt for tie in ties for doubt in tie.doubts]
    doubts += [*_doubts_of_order(found, which, shelf.overrides), *_could_be(shelf, order)]
    return PolicyVersions(
        tuple(each.reading.file for each in found), tuple(dict.fromkeys(why)), tuple(dict.fromkeys(doubts)),
        tuple(dict.fromkeys(_lookalikes(shelf, order))),
    )


def _doubts_of_order(found: Sequence[Identity], which: str | None, overrides: Overrides) -> Iterator[str]:
    for older, newer in pairwise(found):
        dates = [version_of(each.reading, overrides) for each in (older, newer)]
        files = f"{older.name} and {newer.name}"
        if dates[0] is None or dates[1] is None:
            yield f"the order of {files} is unsure: not both print a date"
        elif which is None:
            yield f"the order of {files} is unsure: they print different kinds of dates"
        elif not is_older(older.reading, newer.reading, overrides) and not is_same_text(older, newer):
            yield f"{files} print the same dates and do not say the same"


def _could_be(shelf: Shelf, members: Sequence[int]) -> Iterator[str]:
    """Of documents that could belong to two policies, and so were put to neither."""
    for at in members:
        others = sorted(shelf.identities[other].name for other in shelf.unsure.get(at, ()) if other not in members)
        if len(others) > 1:
            yield f"{shelf.identities[at].name} could be a version of {' or of '.join(others)}"


def _lookalikes(shelf: Shelf, members: Sequence[int]) -> Iterator[tuple[str, str]]:
    for at in members:
        for other in shelf.kin[at]:
            if other not in members:
                tie = shelf.judge(at, other)
                said = "; ".join(tie.why if tie.sort == "alike" else tie.doubts)
                yield shelf.identities[other].reading.file, BY_A_PERSON if shelf.is_parted(at, other) else said

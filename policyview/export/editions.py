"""How versions are told of: the date that names one, why it is not in force, and what speaks for it being one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from policyview.export import vocabulary
from policyview.export.legible import base_name, on_one_line
from policyview.export.scope import applies_to
from policyview.model import Column, Matrix, PolicyVersions, Version

NO_DATE = "no date printed"


def version_words(version: Version | None) -> str:
    """The date that names a version; where that is not when it takes effect, that no such date is printed."""
    return f"{_dated(version)}{_wanting(version)}" if version else NO_DATE


def version_is(version: Version | None) -> str:
    """The same without the date: "reviewed, effective date not printed"."""
    return f"{vocabulary.which_word(version.which)}{_wanting(version)}" if version else ""


def _dated(version: Version) -> str:
    return f"{vocabulary.which_word(version.which)} {version.date}"


def _wanting(version: Version) -> str:
    if version.origin == "corrected":
        return f" ({vocabulary.word('origins', version.origin)})"
    return "" if version.which == "effective" else ", effective date not printed"


def badge(column: Column) -> str:
    """Why a column is not in force, in a few words; empty where it is."""
    return vocabulary.word("not_in_force", column.not_in_force or (None if column.in_force else "superseded"))


def badge_icon(column: Column) -> str:
    """The file name without ending in ``resources/icons`` of the sign beside it."""
    return f"version-{column.not_in_force or 'superseded'}"


def scope_words(matrix: Matrix, column: Column) -> str:
    """Whom a column is for, where only that tells it from another policy of its payer and number; else empty."""
    own = policy_of(matrix, column.file).files
    name = column.policy.payer, column.policy.number
    twins = (c for c in matrix.columns if (c.policy.payer, c.policy.number) == name and c.file not in own)
    return applies_to(column) or "not said whom it is for" if any(twins) else ""


def policy_of(matrix: Matrix, file: str) -> PolicyVersions:
    """The versions of the policy that a document of the matrix is one of."""
    return next((policy for policy in matrix.versions if file in policy.files), PolicyVersions((file,)))


def told(matrix: Matrix, file: str) -> tuple[str, ...]:
    """Sentences on the versions of a document's policy: which these are and why, what is unsure, what looks alike."""
    policy = policy_of(matrix, file)
    said = []
    if len(policy.files) > 1:
        others = ", ".join(base_name(other) for other in policy.files if other != file)
        said.append(f"Version {policy.files.index(file) + 1} of {len(policy.files)} of one policy, beside {others}: "
                    f"{'; '.join(policy.why)}.")
    said += [f"To check: {doubt}." for doubt in policy.doubts]
    said += [f"Looks like a version of {base_name(other)}, but {why}." for other, why in policy.lookalikes]
    return tuple(map(on_one_line, said))


def not_shown(matrices: Sequence[Matrix], as_of: datetime.date) -> Iterator[str]:
    """What the terminal says of the documents that a comparison leaves out."""
    for matrix in matrices:
        hidden = [f"{base_name(c.file)} ({badge(c)})" for c in matrix.columns if not c.in_force]
        if hidden:
            yield f"Not in force on {as_of.isoformat()} and so not shown under {matrix.topic}: {', '.join(hidden)}."

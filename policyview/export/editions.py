"""How versions are told of: the date that names one, why it is not in force, and what speaks for it being one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from policyview.export import vocabulary
from policyview.export.legible import base_name, on_one_line
from policyview.export.scope import applies_to
from policyview.model import Column, Matrix, PolicyVersions, Version

NO_DATE = "no date printed"


def version_words(version: Version | None) -> str:
    """The date that names a version; where that is not when it takes effect, that no such date is printed."""
    return f"{_dated(version)}{_wanting(version)}" if version else NO_DATE


def column_version(column: Column) -> str:
    """The same of a column; who only tells of policies has no effective date that could be wanting."""
    version = column.version
    return _dated(version) if version and is_second_hand(column) else version_words(version)


def is_second_hand(column: Column) -> bool:
    """Whether it only tells of what others decide, or of what is known."""
    return column.policy.is_second_hand


def version_is(column: Column) -> str:
    """The same without the date: "reviewed, effective date not printed"."""
    return column_version(column).replace(f" {column.version.date}", "") if column.version else ""


def _dated(version: Version) -> str:
    return f"{vocabulary.which_word(version.which)} {version.date}"


def _wanting(version: Version) -> str:
    if version.origin == "corrected":
        return f" ({vocabulary.word('origins', version.origin)})"
    return "" if version.which == "effective" else ", effective date not printed"


def badge(column: Column) -> str:
    """Why a column is not in force, in a few words; empty where it is."""
    return vocabulary.word("not_in_force", column.not_in_force or (None if column.in_force else "superseded"))


def in_force_word(column: Column) -> str:
    """Whether a column is in force, and why not."""
    return "yes" if column.in_force else f"no: {badge(column)}"


def badge_icon(column: Column) -> str:
    """The file name without ending in ``resources/icons`` of the sign beside it."""
    return f"version-{column.not_in_force or 'superseded'}"


def shown(matrix: Matrix) -> tuple[Column, ...]:
    """The columns in force; where none is, all of them, for an empty table would tell nothing."""
    return tuple(column for column in matrix.columns if column.in_force) or matrix.columns


@dataclass(frozen=True, eq=False)
class Told:
    """What is said of the versions in one matrix; thousands of documents are each looked up at once."""

    matrix: Matrix

    @cached_property
    def _policies(self) -> dict[str, PolicyVersions]:
        return {file: policy for policy in self.matrix.versions for file in policy.files}

    @cached_property
    def _named(self) -> dict[tuple[str | None, str | None], set[str]]:
        """The policies of each payer and number, by their newest documents."""
        named: dict[tuple[str | None, str | None], set[str]] = {}
        for column in self.matrix.columns:
            named.setdefault(_name(column), set()).add(self.policy(column.file).files[-1])
        return named

    def policy(self, file: str) -> PolicyVersions:
        """The versions of the policy that a document of the matrix is one of."""
        return self._policies.get(file) or PolicyVersions((file,))

    def scope(self, column: Column) -> str:
        """Whom a column is for, where only that tells it from another policy of its payer and number; else empty."""
        is_alone = len(self._named.get(_name(column), ())) < 2
        return "" if is_alone else applies_to(column) or "not said whom it is for"

    def of(self, file: str) -> tuple[str, ...]:
        """Sentences on a document's policy: which versions it has and why, what is unsure, what looks alike."""
        policy = self.policy(file)
        said = []
        if len(policy.files) > 1:
            others = ", ".join(base_name(other) for other in policy.files if other != file)
            place = f"Version {policy.files.index(file) + 1} of {len(policy.files)} of one policy"
            said.append(f"{place}, beside {others}: {'; '.join(policy.why)}.")
        said += [f"To check: {doubt}." for doubt in policy.doubts]
        said += [f"Looks like a version of {base_name(other)}, but {why}." for other, why in policy.lookalikes]
        return tuple(map(on_one_line, said))


def _name(column: Column) -> tuple[str | None, str | None]:
    return column.policy.payer, column.policy.number


def told_of_all(matrix: Matrix) -> tuple[str, ...]:
    """Sentences on all policies of the matrix of which there are several versions, doubts or look-alikes."""
    said, pairs = [], set[frozenset[str]]()
    columns = {column.file: column for column in matrix.columns}
    for policy in matrix.versions:
        if len(policy.files) > 1:
            each = (f"{base_name(file)} ({_told_of(columns[file])})" for file in policy.files)
            said.append(f"Versions of one policy: {', '.join(each)}: {'; '.join(policy.why)}.")
        said += [f"To check: {doubt}." for doubt in policy.doubts]
        for file, why in policy.lookalikes:
            pair = frozenset((policy.files[-1], file))
            if pair not in pairs:
                said.append(f"Not versions of one policy: {base_name(policy.files[-1])} and {base_name(file)}: {why}.")
                pairs.add(pair)
    return tuple(dict.fromkeys(map(on_one_line, said)))


def _told_of(column: Column) -> str:
    return ", ".join(filter(None, (column_version(column), badge(column))))


def not_shown(matrices: Sequence[Matrix], as_of: datetime.date) -> Iterator[str]:
    """What the terminal says of the documents that a comparison leaves out."""
    for matrix in matrices:
        out = [f"{base_name(c.file)} ({badge(c)})" for c in matrix.columns if not c.in_force]
        if out and len(out) == len(matrix.columns):
            yield f"Nothing on {matrix.topic} is in force on {as_of.isoformat()}, so all is shown: {', '.join(out)}."
        elif out:
            yield f"Not in force on {as_of.isoformat()} and so not shown under {matrix.topic}: {', '.join(out)}."

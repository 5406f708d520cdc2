"""Aligns the indications of many policies: one matrix a topic, each row with the reasons for its members."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from policyview.align.agreement import Voice, agreement_of
from policyview.align.grouping import Grouping
from policyview.align.labels import OTHER_USES, Labels, population_of, procedure_of
from policyview.align.near import pointed
from policyview.align.profiles import Profile, ground_of, profiles_of
from policyview.align.recognise import recognise
from policyview.align.rows import Comparer, assemble
from policyview.align.states import Stand, stands_of, state_of
from policyview.align.topic import Topic, group
from policyview.align.vocabulary import vocabulary_of
from policyview.amend import Regrouping
from policyview.dating import columns_of, newest_files
from policyview.lexicon import Lexicon
from policyview.model import (
    Agreement,
    Broader,
    CatchAllCell,
    Cell,
    Column,
    Indication,
    Matrix,
    Overrides,
    PolicyVersions,
    Reading,
    Row,
    Silent,
)

_NO_OVERRIDES = Overrides()
_AS_FOUND = Regrouping()
_BY_HAND = "a person put it into this row"


def align(
    readings: Sequence[Reading], lexicon: Lexicon, as_of: datetime.date, ours: str | None = None,
    overrides: Overrides = _NO_OVERRIDES, regrouping: Regrouping = _AS_FOUND,
) -> tuple[Matrix, ...]:
    """One matrix a topic. Deterministic and independent of the order of the documents.

    ``as_of`` decides which columns are in force, and whether those agree, and nothing else. ``ours``, the payer whose
    policies are the user's own, is accepted and not used yet. ``overrides`` are what a person said of versions,
    ``regrouping`` of rows and topics.
    """
    del ours
    policies = recognise(readings, lexicon, overrides)
    topics = group(readings, lexicon, policies, regrouping)
    return tuple(_matrix(topic, policies, lexicon, as_of, overrides, regrouping) for topic in topics)


def _matrix(
    topic: Topic, policies: Sequence[PolicyVersions], lexicon: Lexicon, as_of: datetime.date, overrides: Overrides,
    regrouping: Regrouping,
) -> Matrix:
    readings = {reading.file: reading for reading in topic.readings}
    versions = tuple(policy for policy in policies if policy.files[0] in readings)
    columns = columns_of(topic.readings, versions, as_of, overrides)
    profiles = profiles_of(topic, lexicon)
    compare = Comparer(profiles, vocabulary_of(lexicon))
    stands = {stand.file: stand for stand in stands_of(topic, profiles, lexicon)}
    counted = newest_files(versions, readings)
    grouping = Grouping(profiles, regrouping)
    build = _RowBuilder(topic, columns, stands, compare, counted, lexicon, grouping)
    rows = build.rows(grouping.regrouped(assemble(compare)))
    return Matrix(topic.name, columns, pointed(_unique(_headed(_ordered(rows)))), versions)


class _RowBuilder:
    """Makes rows of a topic."""

    def __init__(self, topic: Topic, columns: Sequence[Column], stands: dict[str, Stand], compare: Comparer,
                 counted: frozenset[str], lexicon: Lexicon, grouping: Grouping) -> None:
        self.topic, self.columns, self.stands, self.compare = topic, columns, stands, compare
        self.counted, self.lexicon, self.grouping = counted, lexicon, grouping
        self.in_force = frozenset(column.file for column in columns if column.in_force)
        self.labels = Labels(ground_of(topic, lexicon), lexicon)
        self.place = {column.file: at for at, column in enumerate(columns)}

    def rows(self, groups: Sequence[Sequence[int]]) -> list[Row]:
        """A row for each group of profile indices."""
        ordered = self._in_order(groups)
        profiles = [[self._profile(at) for at in self.grouping.at_home(members)] for members in ordered]
        heads = [procedure_of(row, self.lexicon) or population_of(row) for row in profiles]
        labels = self.labels.assign(profiles, heads)
        named = [self.grouping.name(members) or label for members, label in zip(ordered, labels, strict=True)]
        return [self._row(*row) for row in zip(ordered, named, heads, strict=True)]

    def _in_order(self, groups: Sequence[Sequence[int]]) -> list[list[int]]:
        """Each row's members in the order of columns; the order of the documents changes nothing."""
        def standing(at: int) -> tuple[int, tuple[int, str]]:
            return self.place[self._profile(at).use.file], self._position(at)

        ordered = [sorted(members, key=standing) for members in groups]
        return sorted(ordered, key=lambda members: [(standing(at), self._profile(at).use.key) for at in members])

    def _row(self, members: Sequence[int], label: str, head: str) -> Row:
        profiles = [self._profile(at) for at in members]
        named = "" if self.grouping.name(members) else label
        cells = tuple(self._doubted(self._cell(at, members), at, members, named) for at in members)
        stated = {cell.file for cell in cells}
        derived = [
            state_of(profiles, self.stands[column.file], self.topic, self.lexicon)
            for column in self.columns if column.file not in stated
        ]
        broader = tuple(d for d in derived if isinstance(d, Broader))
        clauses = tuple(d for d in derived if isinstance(d, CatchAllCell))
        silent = tuple(d for d in derived if isinstance(d, Silent))
        said = self._said(profiles, broader)
        is_label = all(profile.use.is_label for profile in profiles)
        asking = self._said(profiles, ()) if is_label else said  # what others ask for is compared in the use's own row
        agreement = agreement_of(self._voices(said, asking, clauses, self.counted), self.lexicon)
        now: Agreement | None = agreement
        if (self.counted ^ self.in_force) & {*said, *(clause.file for clause in clauses)}:
            shown = self._voices(said, asking, clauses, self.in_force)
            now = agreement_of(shown, self.lexicon) if shown else None
        whom, procedure = population_of(profiles), procedure_of(profiles, self.lexicon)
        return Row(_row_id(profiles), label, agreement, cells, broader, clauses, silent, head, now, whom, procedure,
                   is_label)  # fmt: skip

    def _profile(self, at: int) -> Profile:
        return self.compare.profiles[at]

    def _position(self, at: int) -> tuple[int, str]:
        use = self._profile(at).use
        return (use.indication.anchor.start, use.indication.id)

    def _cell(self, at: int, members: Sequence[int]) -> Cell:
        use, moved = self._profile(at).use, self.grouping.moved
        stated = use.file, use.indication.id, use.indication.determination
        if at in moved:
            return Cell(*stated, 1.0, (_BY_HAND,), "corrected")
        others = [o for o in members if o != at and o not in moved and not self.compare.is_same_document(at, o)]
        others = others or [o for o in members if o != at and o not in moved]
        if not others:
            return Cell(*stated, 1.0, ("the only statement of this use",), use.indication.origin)
        found = [self.compare(at, o) for o in others]
        score = round(sum(f.score for f in found) / len(found), 3)
        best = max(found, key=lambda f: f.score)
        return Cell(*stated, score, best.why, use.indication.origin)

    def _doubted(self, cell: Cell, at: int, members: Sequence[int], label: str) -> Cell:
        """The cell, to be checked where the document's words do not hold what the row of several was called by us."""
        is_alone = all(self.compare.is_same_document(at, other) for other in members)
        if is_alone or at in self.grouping.moved or self.labels.is_carried(label, self._profile(at)):
            return cell
        return replace(cell, doubt=f"its own words do not say “{label}”")

    def _said(self, profiles: Sequence[Profile], broader: Sequence[Broader]) -> dict[str, list[Indication]]:
        """The statements of each document that speak of the row."""
        said: dict[str, list[Indication]] = defaultdict(list)
        for profile in profiles:
            said[profile.use.file].append(profile.use.indication)
        for wide in broader:
            found = next(p for p in self.stands[wide.file].profiles if p.use.indication.id == wide.indication)
            said[wide.file].append(found.use.indication)
        return said

    def _voices(
        self, said: Mapping[str, Sequence[Indication]], asking: Mapping[str, Sequence[Indication]],
        clauses: Sequence[CatchAllCell], counted: frozenset[str],
    ) -> list[Voice]:
        """What each column says, and which of its statements are held against the others' criteria."""
        determined = {file: frozenset(i.determination for i in found) for file, found in said.items()}
        determined |= {clause.file: frozenset((clause.determination,)) for clause in clauses}
        return [
            Voice((c.policy.payer or c.file).lower(), determined[c.file], tuple(asking.get(c.file, ())))
            for c in self.columns
            if c.file in determined and c.file in counted and not c.policy.is_second_hand
        ]


def _row_id(profiles: Sequence[Profile]) -> str:
    keys = "\n".join("#".join(key) for key in sorted(p.use.key for p in profiles))
    return "r" + hashlib.sha256(keys.encode()).hexdigest()[:10]


def _ordered(rows: Sequence[Row]) -> list[Row]:
    """Groups in the order of their most shared row, in each the most shared row first, labels repeated last."""
    def shared(row: Row) -> int:
        return len({cell.file for cell in row.cells})

    best: dict[str, int] = defaultdict(int)
    for row in rows:
        best[row.group] = max(best[row.group], shared(row))

    def standing(row: Row) -> tuple[object, ...]:
        return (row.group == "", -best[row.group], row.group, row.is_label, -shared(row), row.label.lower(), row.id)

    return sorted(rows, key=standing)


def _headed(rows: Sequence[Row]) -> Sequence[Row]:
    """Where rows stand under headings, the rest have one too: without it they would seem to belong to the last."""
    if not any(row.group for row in rows):
        return rows
    return [row if row.group else replace(row, group=OTHER_USES) for row in rows]


def _unique(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The same file given twice could give two rows one id."""
    seen: dict[str, int] = defaultdict(int)
    result = []
    for row in rows:
        seen[row.id] += 1
        result.append(row if seen[row.id] == 1 else replace(row, id=f"{row.id}-{seen[row.id]}"))
    return tuple(result)

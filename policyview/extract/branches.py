"""Takes out of the criteria the branch of a renewal, which is a use of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from policyview.extract.collector import Found
from policyview.extract.limit_words import kind_of_line
from policyview.lexicon import Lexicon
from policyview.model import Criterion, Determination, Indication

_LABEL_WORDS = 3  # of a heading over the periods of stages ("Approval.")


def split_branches(found: Found, lexicon: Lexicon) -> None:
    """Makes indications of the renewals that stand among criteria."""
    out: list[Indication] = []
    renewals: dict[int, Indication] = {}  # by where they begin: many uses may inherit one
    renamed: dict[str, str] = {}
    for use in found.indications:
        is_first = use.determination is Determination.MEDICALLY_NECESSARY and use.stage != "continuation"
        branches = _Branches(lexicon, is_first)
        criteria, inherited = branches.pruned(use.criteria), branches.pruned(use.inherited)
        left = replace(
            use, criteria=criteria, inherited=inherited,
            logic=use.logic if criteria else None, n=use.n if criteria else None,
            stage=use.stage or ("initial" if branches.renewals else None),
        )
        out.append(left)
        for renewal in branches.renewals:
            if renewal.anchor.start not in renewals:
                number = f"i{len(found.indications) + len(renewals) + 1}"
                renamed[renewal.id] = number
                renewals[renewal.anchor.start] = _use_of(renewal, left, number)
    found.indications[:] = [*out, *renewals.values()]
    if renamed:
        found.passages[:] = [(_renamed(of, renamed), passage) for of, passage in found.passages]


@dataclass
class _Branches:
    """What was taken out of one use."""

    lexicon: Lexicon
    has_renewals: bool
    renewals: list[Criterion] = field(default_factory=list)

    def pruned(self, criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
        """The criteria without renewals, and without what these alone made a list."""
        words = self.lexicon["limits"]
        out = []
        for criterion in criteria:
            if self.has_renewals and criterion.children and words["renewal-label"].regex.match(criterion.text):
                self.renewals.append(criterion)
            else:
                before = len(self.renewals)
                left = replace(criterion, children=self.pruned(criterion.children))
                if len(self.renewals) == before or not self._gives_periods(left):
                    out.append(left)
        return tuple(out)

    def _gives_periods(self, criterion: Criterion) -> bool:
        """Whether what is left is "Approval." over "Initial: six months": a limit."""
        periods = [kind_of_line(child.text, self.lexicon) == "approval_period" for child in criterion.children]
        return all(periods) and len(criterion.text.split()) <= _LABEL_WORDS


def _use_of(renewal: Criterion, use: Indication, number: str) -> Indication:
    """A renewal as a use, with what holds for all stages: what its use inherits or asks beside the stages."""
    is_own = any(renewal.anchor.start >= criterion.anchor.start for criterion in use.criteria)
    beside = tuple(c for c in use.criteria if not any(each.children for each in c.leaves())) if is_own else ()
    children = tuple(_moved(child, renewal.id, f"{number}.c") for child in renewal.children)
    words = renewal.text.rstrip(" :")
    return replace(
        use, id=number, text=f"{use.text}: {words}" if is_own else words, anchor=renewal.anchor,
        stage="continuation", logic=renewal.logic, n=renewal.n, criteria=children, inherited=(*use.inherited, *beside),
        exceptions=(), notes=(), limits=(), label=renewal.label,
    )


def _moved(criterion: Criterion, old: str, new: str) -> Criterion:
    children = tuple(_moved(child, old, new) for child in criterion.children)
    return replace(criterion, id=new + criterion.id.removeprefix(old), children=children)


def _renamed(name: str, renamed: dict[str, str]) -> str:
    for old, new in renamed.items():
        if name == old or name.startswith(f"{old}."):
            return f"{new}.c{name.removeprefix(old)}" if name != old else new
    return name

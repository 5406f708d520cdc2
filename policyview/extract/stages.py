"""The first stage of therapy, where a payer names only the later one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policyview.extract.conditions import named_conditions
from policyview.extract.shapes import stage_of
from policyview.lexicon import Lexicon
from policyview.model import Criterion, Determination, Indication

_OPENING = 60  # characters in which the lead-in of a list says that it is of a stage


def with_first_stage(found: Sequence[Indication], lexicon: Lexicon) -> list[Indication]:
    """The indications, what is granted without a stage as initial, where a renewal of it has criteria of its own."""
    granted = [use for use in found if use.determination is Determination.MEDICALLY_NECESSARY]
    renewals = [use for use in granted if use.stage == "continuation"]
    first = {
        use.id for use in granted
        if use.stage is None and not _holds_stage(use.criteria, lexicon) and not _is_of_label(use, lexicon)
        and any(_renews(renewal, use, lexicon) for renewal in renewals)
    }
    return [replace(use, stage="initial") if use.id in first else use for use in found]


def _renews(renewal: Indication, use: Indication, lexicon: Lexicon) -> bool:
    """Whether a renewal, printed behind, is of the use: of the same condition, or of all in a part of renewals."""
    if renewal.anchor.start <= use.anchor.start:
        return False
    of = named_conditions(renewal.text, lexicon)
    if of:
        return bool(of & named_conditions(" ".join((use.text, *use.context[-1:])), lexicon))
    is_of_all = any(stage_of([heading], lexicon) == "continuation" for heading in renewal.context)
    return is_of_all and bool(use.criteria)


def _is_of_label(use: Indication, lexicon: Lexicon) -> bool:
    """Whether a use without criteria is only listed as what the product is approved for: that holds for every stage."""
    approved = lexicon["limits"]["approved-uses"].regex
    return not use.criteria and any(approved.search(heading) for heading in use.context)


def _holds_stage(criteria: Sequence[Criterion], lexicon: Lexicon) -> bool:
    """Whether a list among the criteria is of the later stage: then the use is of both."""
    later = lexicon["statements"]["stage-continuation"].regex
    listed = [criterion for criterion in criteria if criterion.children]
    return any(later.search(c.text[:_OPENING]) or _holds_stage(c.children, lexicon) for c in listed)

"""Lists that name their uses: items that are names of conditions, with the criteria of each below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policyview.extract.conditions import is_condition_title, names_condition
from policyview.extract.logic import is_joined, printed_logic
from policyview.extract.shapes import Use, labelled_items, plain_label
from policyview.lexicon import Lexicon
from policyview.model import Block

AREA_WORDS = 5  # of the name of a field of medicine ("Rheumatology")
LEAST_CRITERIA = 2  # below the name of a condition that stands alone
ALL = "all of the following"  # says that criteria put together here must all hold


def condition_uses(
    items: Sequence[Block], lexicon: Lexicon, path: str = "", context: tuple[str, ...] = (), said: str = ""
) -> list[Use]:
    """The items that are names of conditions with criteria below them, under names of fields of medicine too.

    What stands before or behind them, labelled like them, and names none holds for all: it is inherited. What
    stands between two of them may go on with the one before.
    """
    found = _uses_in(items, lexicon, path, context, said)
    return found if len(found) > 1 or _has_criteria(found, lexicon) else []


def _uses_in(
    items: Sequence[Block], lexicon: Lexicon, path: str, context: tuple[str, ...], said: str
) -> list[Use]:
    """The uses of a list, however sure a single one is: below the name of a field of medicine one will do."""
    labelled = labelled_items(items)
    if len(labelled) == 1 and not labelled[0].children and is_condition_title(labelled[0].passage.text, lexicon):
        return [Use(labelled[0], f"{path}{plain_label(labelled[0])}", (), None, context, said)]
    inside = [_named_in(block, lexicon, path, context, said) for block in labelled]
    styles = {label_style(block) for block, found in zip(labelled, inside, strict=True) if found}
    rest = [b for b, found in zip(labelled, inside, strict=True) if not found and label_style(b) in styles]
    beside = tuple(block for block in rest if not is_peer(block, lexicon))
    named = [nth for nth, found in enumerate(inside) if found]
    if len(beside) > len(named):  # a criteria list in which one item is a name
        return []
    apart = [b for nth, b in enumerate(labelled) if named and not named[0] < nth < named[-1]]
    for_all = tuple(b for b in beside if b in apart and not names_condition(b.passage.text, lexicon))
    return [replace(use, inherited=(*use.inherited, *for_all)) for found in inside for use in found]


def is_peer(block: Block, lexicon: Lexicon) -> bool:
    """Whether an item that names no condition stands beside named ones as their equal ("Other diagnoses …")."""
    statements, text = lexicon["statements"], block.passage.text
    return bool(statements["other-uses-title"].regex.match(text)) or (
        bool(block.children) and bool(statements["must-meet"].regex.search(text))
    )


def only_refers(title: str, items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether "other diagnoses" are only told which document to look into: that covers nothing."""
    statements = lexicon["statements"]
    if not statements["other-uses-title"].regex.match(title):
        return False
    refers = statements["refers-elsewhere"].regex
    leaves = [block for block in _leaves(items) if block.label and block.passage]
    return bool(leaves) and all(refers.search(block.passage.text) for block in leaves)


def _leaves(items: Sequence[Block]) -> Iterator[Block]:
    for block in items:
        yield from _leaves(block.children) if block.children else (block,)


def with_joined(items: Sequence[Block], lexicon: Lexicon) -> tuple[list[Block], list[Block]]:
    """The items with each joined list ("AND one of the following:") under the name before it, and those for all."""
    out: list[Block] = []
    for_all: list[Block] = []
    for block in items:
        if not is_joined([block]):
            out.append(block)
        elif lexicon["statements"]["for-all-uses"].regex.search(block.passage.text):
            for_all += block.children
        elif out and is_condition_title(out[-1].passage.text, lexicon):
            out[-1] = _with_criterion(out[-1], block, lexicon)
        else:
            out.append(block)
    return out, for_all


def _with_criterion(name: Block, block: Block, lexicon: Lexicon) -> Block:
    """A name with one more criterion; kinds that its list names ("including any of:") count as one beside it."""
    label = next((child.label for child in name.children if child.label), "•")
    more = replace(block, label=label)
    if name.children and printed_logic(name.passage.text, lexicon)[0] == "any" and not is_joined(name.children):
        return replace(name, children=(replace(name, label=label), more))
    return replace(name, children=(*name.children, more))


def _named_in(
    block: Block, lexicon: Lexicon, path: str, context: tuple[str, ...], said: str
) -> list[Use]:
    """The uses that an item is, or holds."""
    text, label = block.passage.text, f"{path}{plain_label(block)}"
    if not labelled_items(block.children) or is_joined([block]):
        return []
    if not _is_name(text, lexicon):
        return _diagnosed_below(block, lexicon, label, context)
    if is_joined(block.children):
        return [Use(block, label, (), None, context, ALL)] if is_condition_title(text, lexicon) else []
    own = text if printed_logic(text, lexicon)[0] else said
    found = _uses_in(block.children, lexicon, f"{label}.", (*context, text), own)
    is_use = is_condition_title(text, lexicon) or is_diagnosis(text, lexicon)
    if is_use and not any(use.block.children for use in found):
        found = []  # a symptom below it is a criterion
    return found or ([Use(block, label, (), None, context, own)] if is_use else [])


def _diagnosed_below(block: Block, lexicon: Lexicon, label: str, context: tuple[str, ...]) -> list[Use]:
    """The diagnoses with criteria of their own below a requirement for them all ("1. Age 18 or older AND a. …")."""
    below = labelled_items(block.children)
    named = [child for child in below if labelled_items(child.children) and is_diagnosis(child.passage.text, lexicon)]
    if len(named) < 2:
        return []
    shared = (replace(block, children=()), *(child for child in below if child not in named))
    return [Use(child, f"{label}.{plain_label(child)}", shared, None, context) for child in named]


def diagnosis_among(items: Sequence[Block], lexicon: Lexicon) -> Block | None:
    """The one item of a list of criteria that says which diagnosis the patient must have, else None."""
    found = [block for block in labelled_items(items) if is_diagnosis(block.passage.text, lexicon)]
    return found[0] if len(found) == 1 else None


def _has_criteria(found: Sequence[Use], lexicon: Lexicon) -> bool:
    """Whether a single use is one for sure: it has several criteria, or says that they must be met."""
    must_meet = lexicon["statements"]["must-meet"].regex
    blocks = [use.block for use in found]
    if any(not block.children or is_joined(block.children) for block in blocks):
        return True
    return any(len(labelled_items(b.children)) >= LEAST_CRITERIA or must_meet.search(b.passage.text) for b in blocks)


def label_style(block: Block) -> str:
    """How a label counts: "1" for numbers, "A", "a", or the bullet itself."""
    inner = block.label.strip("().")
    return "1" if inner[:1].isdigit() else "A" if inner.isupper() else "a" if inner.isalpha() else inner


def is_diagnosis(text: str, lexicon: Lexicon) -> bool:
    """ "The patient must have a diagnosis of gout": over criteria of its own it says which use they are for."""
    return bool(lexicon["statements"]["diagnosis-lead"].regex.match(text)) and names_condition(text, lexicon)


def _is_name(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is a name, of a condition or of a field of medicine."""
    title = text.split("[")[0].split("(")[0].strip(" :")
    return is_condition_title(text, lexicon) or is_diagnosis(text, lexicon) or (
        len(title.split()) <= AREA_WORDS and not lexicon["statements"]["no-title"].regex.search(title)
        and not text.rstrip().endswith(":") and title[:1].isupper()
    )

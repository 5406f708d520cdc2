"""What a list under a determination is: the uses it holds for, or the criteria of one use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policyview.extract.conditions import is_condition_title, names_condition
from policyview.extract.criteria import is_joined, printed_logic
from policyview.lexicon import Lexicon
from policyview.model import Block, Passage, Stage

MOST, HALF = 0.75, 0.5  # shares of items that begin like criteria, against a lead-in that says otherwise or nothing
_LEAD_TAIL = 110  # characters before the list in which the lead-in says what the list is
_TITLE_WORDS = 14
AREA_WORDS = 5  # of the name of a field of medicine ("Rheumatology")
LEAST_CRITERIA = 2  # below the name of a condition


@dataclass(frozen=True)
class Use:
    """An item that is an indication of its own, with the criteria that stand beside its list."""

    block: Block
    label: str
    inherited: tuple[Block, ...] = ()
    stage: Stage | None = None
    context: tuple[str, ...] = ()
    said: str = ""  # words above that say how many of its criteria must hold
    of: Passage | None = None  # the words above that name its patients


def stage_of(texts: Iterable[str], lexicon: Lexicon) -> Stage | None:
    """The stage of therapy that the nearest of the texts names."""
    statements = lexicon["statements"]
    for text in texts:
        if statements["stage-continuation"].regex.search(text[:120]):
            return "continuation"
        if statements["stage-initial"].regex.search(text[:120]):
            return "initial"
    return None


def is_criteria_list(lead: str, items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether the items are criteria of one use, rather than uses."""
    tail = lead.rstrip()[-_LEAD_TAIL:]
    statements = lexicon["statements"]
    criteria = [m.end() for m in statements["criteria-lead"].regex.finditer(tail)]
    condition = list(statements["condition-lead"].regex.finditer(tail))
    if statements["use-heading"].regex.search(tail):
        return False
    if criteria:
        return True
    texts = [b.passage.text for b in items if b.kind == "item"]
    like = sum(bool(statements["condition-opening"].regex.match(text)) for text in texts)
    share = MOST if condition and not condition[-1].group().endswith("the following:") else HALF
    return like >= share * max(1, len(texts))


def _labelled(items: Sequence[Block]) -> list[Block]:
    return [block for block in items if block.kind == "item" and block.passage]


def condition_uses(
    items: Sequence[Block], lexicon: Lexicon, path: str = "", context: tuple[str, ...] = (), said: str = ""
) -> list[Use]:
    """The items that are names of conditions with criteria below them, under names of fields of medicine too.

    What stands beside them, labelled like them, and names none holds for all: it is inherited.
    """
    labelled = _labelled(items)
    if len(labelled) == 1 and not labelled[0].children and is_condition_title(labelled[0].passage.text, lexicon):
        return [Use(labelled[0], f"{path}{_label(labelled[0])}", (), None, context, said)]
    inside = [_named_in(block, lexicon, path, context, said) for block in labelled]
    styles = {label_style(block) for block, found in zip(labelled, inside, strict=True) if found}
    beside = tuple(b for b, found in zip(labelled, inside, strict=True) if not found and label_style(b) in styles)
    named = sum(bool(found) for found in inside)
    if len(beside) > named:  # a criteria list in which one item is a name
        return []
    uses_found = [replace(use, inherited=(*use.inherited, *beside)) for found in inside for use in found]
    return uses_found if len(uses_found) > 1 or _has_criteria(uses_found, lexicon) else []


ALL = "all of the following"  # says that criteria put together here must all hold


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
    text, label = block.passage.text, f"{path}{_label(block)}"
    if not _labelled(block.children) or is_joined([block]) or not _is_name(text, lexicon):
        return []
    if is_joined(block.children):
        return [Use(block, label, (), None, context, ALL)] if is_condition_title(text, lexicon) else []
    own = text if printed_logic(text, lexicon)[0] else said
    found = condition_uses(block.children, lexicon, f"{label}.", (*context, text), own)
    is_use = is_condition_title(text, lexicon) or is_diagnosis(text, lexicon)
    return found or ([Use(block, label, (), None, context, own)] if is_use else [])


def _has_criteria(found: Sequence[Use], lexicon: Lexicon) -> bool:
    """Whether a single use is one for sure: it has several criteria, or says that they must be met."""
    must_meet = lexicon["statements"]["must-meet"].regex
    blocks = [use.block for use in found]
    if any(is_joined(block.children) for block in blocks):
        return True
    return any(len(_labelled(b.children)) >= LEAST_CRITERIA or must_meet.search(b.passage.text) for b in blocks)


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


def uses(items: Sequence[Block], lexicon: Lexicon, path: str = "", context: tuple[str, ...] = ()) -> list[Use]:
    """The uses among the items and below them, none where the items are criteria of one use.

    A list of stages ("A. Initiation …", "B. Continuation …") is gone into; a list headed "one of the following
    indications" gives its items, and what stands beside it is inherited.
    """
    labelled = _labelled(items)
    stages = [stage_of([block.passage.text[:60]], lexicon) for block in labelled]
    if len(labelled) >= 2 and "continuation" in stages and sum(s is not None for s in stages) >= 2:
        return _by_stage(labelled, stages, lexicon, path, context)
    listing = lexicon["statements"]["indication-list"].regex
    for block in labelled:
        if block.children and listing.search(block.passage.text) and _are_uses(block, lexicon):
            beside = tuple(b for b in items if b is not block)
            inside = f"{path}{_label(block)}."
            return [
                Use(child, f"{inside}{_label(child)}", beside, None, (*context, block.passage.text))
                for child in _labelled(block.children)
            ]
    if found := _by_population(labelled, lexicon, path, context):
        return found
    if _are_titles(labelled, lexicon):
        return [Use(block, f"{path}{_label(block)}", (), None, context) for block in labelled]
    return []


def _are_uses(block: Block, lexicon: Lexicon) -> bool:
    """Whether "one of the following conditions" leads in uses, not circumstances nor diagnoses that qualify."""
    if lexicon["statements"]["diagnosis-of"].regex.search(block.passage.text):
        return False
    labelled = _labelled(block.children)
    if "conditions" in block.passage.text.lower():
        named = sum(names_condition(child.passage.text, lexicon) for child in labelled)
        return named > HALF * len(labelled) and not _speak_of_patients(labelled, lexicon)
    return not _speak_of_patients(labelled, lexicon)


def _speak_of_patients(items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether most items say something of the patient ("the patient has tried …"), which names no use."""
    labelled = _labelled(items)
    clause = lexicon["statements"]["patient-clause"].regex
    return sum(bool(clause.match(block.passage.text)) for block in labelled) > HALF * len(labelled)


def _by_stage(
    labelled: Sequence[Block], stages: Sequence[Stage | None], lexicon: Lexicon, path: str, context: tuple[str, ...]
) -> list[Use]:
    out: list[Use] = []
    for block, stage in zip(labelled, stages, strict=True):
        inside = uses(block.children, lexicon, f"{path}{_label(block)}.", (*context, block.passage.text))
        if inside:
            out.extend(Use(u.block, u.label, u.inherited, stage or u.stage, u.context) for u in inside)
        elif block.children or stage:
            out.append(Use(block, f"{path}{_label(block)}", (), stage, context))
    return out


def _by_population(
    labelled: Sequence[Block], lexicon: Lexicon, path: str, context: tuple[str, ...]
) -> list[Use]:
    """ "Adults with: a, b. Children of 6 years and older with: a": a use for each condition of each population."""
    of_people = lexicon["statements"]["population-lead"].regex
    found = []
    for block in labelled:
        below = _labelled(block.children)
        if not of_people.fullmatch(block.passage.text.strip()) or not below:
            return []
        if not all(names_condition(child.passage.text, lexicon) for child in below):
            return []
        inside = f"{path}{_label(block)}." if _label(block) else path
        here = (*context, block.passage.text)
        found += [Use(child, f"{inside}{_label(child)}", (), None, here, "", block.passage) for child in below]
    return found


def _are_titles(labelled: Sequence[Block], lexicon: Lexicon) -> bool:
    """Items that are names with lists of their own ("A. Plaque psoriasis (must meet all):")."""
    if len(labelled) < 2:
        return False
    must_meet = lexicon["statements"]["must-meet"].regex
    condition = lexicon["statements"]["condition-opening"].regex
    texts = [block.passage.text for block in labelled if block.children]
    short = [text for text in texts if len(text.split()) <= _TITLE_WORDS]
    named = [text for text in short if must_meet.search(text) or not condition.match(text)]
    return len(named) >= max(2, 0.6 * len(labelled)) and any(must_meet.search(text) for text in texts)


def _label(block: Block) -> str:
    return block.label.strip("().") if any(c.isalnum() for c in block.label) else ""

"""What a list under a determination is: the uses it holds for, or the criteria of one use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policyview.extract.conditions import names_condition
from policyview.extract.logic import joint, printed_logic
from policyview.lexicon import Lexicon
from policyview.model import Block, Passage, Stage

MOST, HALF = 0.75, 0.5  # shares of items that begin like criteria, against a lead-in that says otherwise or nothing
JOINED = 3  # items in a row that "and" joins to the next: all of the list are criteria
_LEAD_TAIL = 110  # characters before the list in which the lead-in says what the list is
_TITLE_WORDS = 14


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
        if statements["stage-both"].regex.search(text[:120]):
            continue
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
    if criteria or printed_logic(tail, lexicon)[0] == "at_least":
        return True  # of uses nobody must have two
    texts = [b.passage.text for b in items if b.kind == "item"]
    if _are_joined(texts):
        return True  # uses are alternatives: nobody has them all
    like = sum(bool(statements["condition-opening"].regex.match(text)) for text in texts)
    share = MOST if condition and not condition[-1].group().endswith("the following:") else HALF
    return like >= share * max(1, len(texts))


def _are_joined(texts: Sequence[str]) -> bool:
    """Whether "and" joins most items of a list, or the first ones where the print lost which stand below which."""
    ands = [joint(text) == "all" for text in texts[:-1]]
    return sum(ands) > 1 and (2 * sum(ands) >= len(texts) or all(ands[:JOINED]))


def labelled_items(items: Sequence[Block]) -> list[Block]:
    """The list items among blocks, printed bullets or not."""
    return [block for block in items if block.kind == "item" and block.passage]


def uses(
    items: Sequence[Block], lexicon: Lexicon, path: str = "", context: tuple[str, ...] = (), lead: str = ""
) -> list[Use]:
    """The uses among the items and below them, none where the items are criteria of one use.

    A list of stages ("A. Initiation …", "B. Continuation …") is gone into; a list headed "one of the following
    indications" gives its items, and what stands beside it is inherited, unless the ``lead`` says that these are uses.
    """
    labelled = labelled_items(items)
    stages = [stage_of([block.passage.text[:60]], lexicon) for block in labelled]
    if len(labelled) >= 2 and "continuation" in stages and sum(s is not None for s in stages) >= 2:
        return _by_stage(labelled, stages, lexicon, path, context)
    listing = lexicon["statements"]["indication-list"].regex
    are_uses = bool(lexicon["statements"]["indication-lead"].regex.search(lead.rstrip())) and len(labelled) > 1
    for block in labelled if not are_uses or is_criteria_list(lead, items, lexicon) else ():
        if block.children and listing.search(block.passage.text) and _are_uses(block, lexicon):
            beside = tuple(b for b in items if b is not block)
            inside = f"{path}{plain_label(block)}."
            return [
                Use(child, f"{inside}{plain_label(child)}", beside, None, (*context, block.passage.text))
                for child in labelled_items(block.children)
            ]
    if found := _by_population(labelled, lexicon, path, context):
        return found
    if _are_titles(labelled, lexicon):
        for_all, for_rest = (lexicon["statements"][name].regex for name in ("common-title", "other-uses-title"))
        named = [block for block in labelled if not for_all.match(block.passage.text)]
        if all(for_rest.match(block.passage.text) for block in named):
            named = labelled
        common = tuple(block for block in labelled if block not in named)
        return [Use(block, f"{path}{plain_label(block)}", common, None, context) for block in named]
    return []


def _are_uses(block: Block, lexicon: Lexicon) -> bool:
    """Whether "one of the following conditions" leads in uses, not circumstances nor diagnoses that qualify."""
    if lexicon["statements"]["diagnosis-of"].regex.search(block.passage.text):
        return False
    labelled = labelled_items(block.children)
    if "conditions" in block.passage.text.lower():
        named = sum(names_condition(child.passage.text, lexicon) for child in labelled)
        return named > HALF * len(labelled) and not _speak_of_patients(labelled, lexicon)
    return not _speak_of_patients(labelled, lexicon)


def _speak_of_patients(items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether most items say something of the patient ("the patient has tried …"), which names no use."""
    labelled = labelled_items(items)
    clause = lexicon["statements"]["patient-clause"].regex
    return sum(bool(clause.match(block.passage.text)) for block in labelled) > HALF * len(labelled)


def _by_stage(
    labelled: Sequence[Block], stages: Sequence[Stage | None], lexicon: Lexicon, path: str, context: tuple[str, ...]
) -> list[Use]:
    out: list[Use] = []
    for block, stage in zip(labelled, stages, strict=True):
        inside = uses(block.children, lexicon, f"{path}{plain_label(block)}.", (*context, block.passage.text))
        if inside:
            out.extend(Use(u.block, u.label, u.inherited, stage or u.stage, u.context) for u in inside)
        elif block.children or stage:
            out.append(Use(block, f"{path}{plain_label(block)}", (), stage, context))
    return out


def _by_population(
    labelled: Sequence[Block], lexicon: Lexicon, path: str, context: tuple[str, ...]
) -> list[Use]:
    """ "Adults with: a, b. Children of 6 years and older with: a": a use for each condition of each population."""
    of_people = lexicon["statements"]["population-lead"].regex
    found = []
    for block in labelled:
        below = labelled_items(block.children)
        if not of_people.fullmatch(block.passage.text.strip()) or not below:
            return []
        if not all(names_condition(child.passage.text, lexicon) for child in below):
            return []
        inside = f"{path}{plain_label(block)}." if plain_label(block) else path
        here = (*context, block.passage.text)
        found += [Use(child, f"{inside}{plain_label(child)}", (), None, here, "", block.passage) for child in below]
    return found


def _are_titles(labelled: Sequence[Block], lexicon: Lexicon) -> bool:
    """Items that are names with lists of their own ("A. Plaque psoriasis (must meet all):")."""
    if len(labelled) < 2:
        return False
    must_meet = lexicon["statements"]["must-meet"].regex
    condition = lexicon["statements"]["condition-opening"].regex
    texts = [block.passage.text for block in labelled if block.children]
    short = [text for text in texts if len(text.split()) <= _TITLE_WORDS]
    bare = lexicon["statements"]["bare-patient"].regex  # "The member meets one of these:" names nothing
    named = [t for t in short if not bare.match(t) and (must_meet.search(t) or not condition.match(t))]
    return len(named) >= max(2, 0.6 * len(labelled)) and any(must_meet.search(text) for text in texts)


def plain_label(block: Block) -> str:
    """An item's number or letter without brackets and stops, "" for a bullet."""
    return block.label.strip("().") if any(c.isalnum() for c in block.label) else ""


def path_of(label: str) -> str:
    """What a printed label puts before those of the items below it."""
    return f"{label.strip(' ().')}." if any(map(str.isalnum, label)) else ""

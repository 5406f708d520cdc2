"""How many of a list must hold: by the words that lead it in, by the words between its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policyview.extract.conditions import is_condition_title
from policyview.lexicon import Lexicon
from policyview.model import Block, Logic

JOINT = re.compile(r"[;,.]?\s*[-–—(]*\b(and/or|and|or)\b[-–—)]*[:;,.\s]*$", re.IGNORECASE)
_JOINED = re.compile(r"[-–—*\s(]*(and|or|plus)\b(?=.*\bfollowing\b)", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_POINTS = re.compile(r"(?:following|these|below|listed)$|[\d)\]:;]$|\W\w$", re.IGNORECASE)
_NUMBER = re.compile(r"\b(two|three|four|five|six|seven|eight|[2-8])\b", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_ENDED = re.compile(r"[.;] ")
LEAD_TAIL = 170  # characters: the words that say how many of a list's items count stand close to the list
FAR_TAIL = 600  # where nothing nearer says it, words that point to a list are looked for so far before it


class _Said(NamedTuple):
    """Words of a lead-in; of several those that point to the list and stand last, then the longest, tell."""

    points: bool
    end: int
    length: int
    logic: Logic
    n: int | None


def is_connector(block: Block, lexicon: Lexicon) -> bool:
    """Whether a block is only an "AND" or "OR" between two items."""
    return not block.label and bool(lexicon["statements"]["connector"].regex.fullmatch(block.passage.text))


def is_joined(items: Sequence[Block]) -> Logic | None:
    """The logic of a list to which a line such as "AND one of the following:" joined another; None for others."""
    joints = [match for block in items if block.children and (match := _JOINED.match(block.passage.text))]
    if not joints:
        return None
    return "any" if all(match.group(1).lower() == "or" for match in joints) else "all"


def printed_logic(text: str, lexicon: Lexicon) -> tuple[Logic | None, int | None]:
    """How many of the following must hold, by the words at the end of a lead-in ("any of the following:")."""
    found, is_plain = _of_lead(text, lexicon)
    return (found.logic, found.n) if found else ("all" if is_plain else None, None)


def _of_lead(text: str, lexicon: Lexicon) -> tuple[_Said | None, bool]:
    """The words that count, and whether a list is announced without any ("when the following criteria are met:")."""
    statements = lexicon["statements"]
    text = text[-FAR_TAIL:].rstrip()
    if statements["logic-mixed"].regex.search(text):
        return None, False
    text = statements["logic-aside"].regex.sub("", text)
    tail = text[-LEAD_TAIL:]
    found = max(_said(tail, lexicon), default=None)
    if found or statements["logic-plain"].regex.search(tail):
        return found, not found
    far = _said(_ENDED.split(text)[-1], lexicon)
    return max((said for said in far if said.points), default=None), False


def _said(tail: str, lexicon: Lexicon) -> Iterator[_Said]:
    statements = lexicon["statements"]
    names: tuple[tuple[str, Logic], ...] = (
        ("logic-none", "none"), ("logic-at-least", "at_least"), ("logic-any", "any"), ("logic-all", "all"),
    )
    for name, logic in names:
        for match in statements[name].regex.finditer(tail):
            words = match.group()
            number = _NUMBER.search(words) if logic == "at_least" else None
            n = _NUMBERS.get(number.group().lower()) or int(number.group()) if number else None
            yield _Said(bool(number or _POINTS.search(words)), match.end(), len(words), logic, n)


def joint(text: str) -> Logic | None:
    """The logic that a trailing "; or" or "; and" of an item gives its list."""
    match = JOINT.search(text)
    if not match or match.start() == 0 or "/" in match.group(1):
        return None
    return "any" if match.group(1).lower() == "or" else "all"


def list_logic(lead: str, items: Sequence[Block], lexicon: Lexicon) -> tuple[Logic | None, int | None]:
    """The logic of a list: by its lead-in, else by the words between and after its items.

    A lead-in that says no number ("when the following criteria are met:") leaves it to the words between the items;
    where these are mixed, where "any" stands over "a; or b; and c", or where the items are names of diseases, of which
    nobody has all, nothing is sure.
    """
    if joined := is_joined(items):
        return joined, None
    found, is_plain = _of_lead(lead, lexicon)
    if found and found.logic == "any" and _ends_in_and(items, lexicon):
        return None, None
    if found and found.logic == "all" and is_mixed(items, lexicon):
        return None, None
    if found:
        return found.logic, found.n
    if lexicon["statements"]["logic-mixed"].regex.search(lead[-FAR_TAIL:]):
        return None, None
    said = joints(items, lexicon)
    if is_plain and len(set(said)) != 1:
        names = len(items) > 1 and all(b.passage and is_condition_title(b.passage.text, lexicon) for b in items)
        return (None if said or names else "all"), None
    return ("any" if said.count("any") > said.count("all") else "all" if said else None), None


def _ends_in_and(items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether alternatives that "or" joins are followed by one more item that "and" joins to them all."""
    said = joints([block for block in items if block.label or is_connector(block, lexicon)], lexicon)
    return len(said) > 1 and said[-1] == "all" and set(said[:-1]) == {"any"}


def is_mixed(items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether an "OR" stands on a line of its own between items that others join by "and"."""
    lines = {_of_connector(block.passage.text) for block in items[:-1] if is_connector(block, lexicon)}
    return "any" in lines


def joints(items: Sequence[Block], lexicon: Lexicon) -> list[Logic]:
    """What stands between and after the items of a list."""
    found: list[Logic | None] = []
    for block in items[:-1]:
        if is_connector(block, lexicon):
            found.append(_of_connector(block.passage.text))
        else:
            found.append(joint(_last_words(block)))
    return [each for each in found if each]


def _of_connector(text: str) -> Logic | None:
    if _OR.search(text):
        return None if "/" in text else "any"
    return "all"


def _last_words(block: Block) -> str:
    """What stands before the next item of a list: the joint behind an inner list ties the outer one."""
    inner = [child for child in block.children if child.label and child.passage]
    return _last_words(inner[-1]) if inner else block.passage.text

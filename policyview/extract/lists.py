"""A sentence that gives one determination to several things: "X is not covered for a, b, or c" names three uses.

Only what is a use by itself parts a list: adjectives, groups of people, appositions and examples in brackets do not.
What the members share ("X for …") is printed once, before the first or behind the last, and completes the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyview.extract.conditions import names_condition
from policyview.extract.cues import Cue
from policyview.extract.residual import is_residual
from policyview.lexicon import Lexicon
from policyview.model import Passage
from policyview.wording.sentences import outside, split_list, split_or, split_sentences

_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|be|been|may|will|must|should|meets?|who|that|which|when|if)\b", re.IGNORECASE
)
_COPULA = re.compile(
    r"\s*(?:,\s*)?\b(?:is|are|may be|will be|be|was|were|can be|shall be|is ?\(are\)|may|will|shall|can)\s*$",
    re.IGNORECASE,
)
_USE_OF = re.compile(r"\w+ (?:for|in|of) (?:the )?\w+", re.IGNORECASE)
_PLACE = re.compile(r"\w (?:in|of|at|around) (?:the )?\w", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:for(?: the)?(?: (?:treatment|management|infusion|delivery|prevention|use) of)?"
    r"|in(?: the)? (?:treatment|management) of)\s+",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(  # "the following conditions: "
    r"(?:the |any of the |one of the |all of the )?(?:following|these)(?: \w+){0,3}?(?: only)?:\s+", re.IGNORECASE
)
_LISTED_FOR = re.compile(r"\b(?:for|of)\s+(?!the\b)", re.IGNORECASE)
_PURPOSE = re.compile(r"\b(?:for|to treat|in the treatment of)\s+(?!the\b)", re.IGNORECASE)
_SHARED_TAIL = re.compile(r"\s(?:for|to treat|in the treatment of)\s", re.IGNORECASE)
_DEPENDENT = re.compile(r"\b(?:in|of|to|at|around|with|from|by|after|during|between)\b", re.IGNORECASE)
_AGAIN = re.compile(r"(?:for|to treat)\s+(?=\S)", re.IGNORECASE)
_JOINED_LAST = re.compile(r"\b(?:and|or)\s*$", re.IGNORECASE)
MAX_MEMBER_WORDS = 22
MAX_HEAD_WORDS = 16  # a longer beginning says more than the service


@dataclass(frozen=True)
class Member:
    """One of the uses that a list names: its own words, and what the list says once for all of them."""

    words: Passage
    head: str = ""
    tail: str = ""

    def under(self, service: str) -> Member:
        """The same below a lead-in that speaks of a service."""
        return replace(self, head=f"{service}: {self.head}".strip()) if service else self

    def named(self, own: str) -> str:
        """The member's words, tidied by others, with what it shares with the rest of its list."""
        return " ".join(filter(None, (self.head, own, self.tail)))


def members(sentence: Passage, cue: Cue, lexicon: Lexicon, only_examples: bool = False) -> list[Member]:
    """The uses that a sentence without a list below it names; the whole sentence where it names one.

    With ``only_examples`` just those that "such as" or "including" introduces, none where nothing does.
    """
    if only_examples:
        head = _head_of_residual(sentence, lexicon)
        return [Member(example, _without_for(head, example)) for example in _examples(sentence, lexicon)]
    before = _begun(sentence, cue, lexicon)
    return _subjects(before, lexicon) or _objects(sentence, cue, before, lexicon) or [Member(sentence)]


def service_of(sentence: Passage, cue: Cue, lexicon: Lexicon) -> str:
    """What a determination is said of ("Toe surgery" in "Toe surgery may be covered for:"); "" if it is a clause."""
    before = _begun(sentence, cue, lexicon).text
    if considers := lexicon["statements"]["who-considers"].regex.match(before):
        before = before[considers.end() :]
    while copula := _COPULA.search(before):
        before = before[: copula.start()]
    return "" if _VERB.search(before) or len(before.split()) > MAX_HEAD_WORDS else before.strip(" ,:;")


def _head_of_residual(sentence: Passage, lexicon: Lexicon) -> str:
    """ "Toe surgery for" in "Toe surgery for all other uses, including a and b, is not covered"; mostly nothing."""
    rest = lexicon["statements"]["residual"].regex.search(sentence.text)
    before = sentence.text[: rest.start()].strip() if rest else ""
    is_service = before.lower().endswith((" for", " in")) and len(before.split()) <= MAX_HEAD_WORDS
    return before if is_service and not _VERB.search(before) else ""


def _without_for(head: str, example: Passage) -> str:
    """ "Toe surgery" before "as a treatment for gout"."""
    return head.rpartition(" ")[0] if example.text.lower().startswith(("as ", "for ", "in ")) else head


def _begun(sentence: Passage, cue: Cue, lexicon: Lexicon) -> Passage:
    """What stands before the determination, without "Effective for services on or after May 1, 2025, "."""
    before = sentence.part(0, cue.start)
    opening = lexicon["statements"]["preamble"].regex.match(before.text)
    return before.part(opening.end()) if opening else before


def _cut(passage: Passage, lexicon: Lexicon) -> Passage:
    """Without the reason given at the end."""
    match = lexicon["statements"]["reason"].regex.search(passage.text)
    out = passage.part(0, match.start()) if match and match.start() else passage
    return out.part(0, len(out.text.rstrip(" .;:,")))


def _examples(sentence: Passage, lexicon: Lexicon) -> list[Passage]:
    match = lexicon["statements"]["examples"].regex.search(sentence.text)
    if not match:
        return []
    rest = sentence.part(match.end())
    if sentence.text[: match.start()].rstrip().endswith("("):  # "(such as a, b, and c)"
        rest = rest.part(0, len(rest.text.partition(")")[0]))
    elif sentence.text[: match.start()].count("(") > sentence.text[: match.start()].count(")"):
        return []
    if lexicon["statements"]["reason"].regex.match(rest.text):  # "including the following, because …: a; b"
        rest = rest.part(rest.text.find(":") + 1) if ":" in rest.text else rest.part(0, 0)
    stop = re.search(r",\s+(?:is|are)\s|\s(?:is|are) (?:considered|not|deemed)", rest.text)
    rest = _cut(rest.part(0, stop.start()) if stop else rest, lexicon)
    if not rest:
        return []
    found = _parted(rest, lexicon)
    return [] if any(len(m.text.split()) > MAX_MEMBER_WORDS for m in found) else found


def _subjects(before: Passage, lexicon: Lexicon) -> list[Member]:
    """ "A, b and c are considered …": three procedures, each with the determination; ``before`` ends before that."""
    copula = _COPULA.search(before.text)
    subject = before.part(0, copula.start()) if copula else before
    if not subject or _VERB.search(subject.text) or subject.text.count(",") < 2:
        return []
    found = _enumeration(subject, lexicon)
    if len(found) < 3 or any(len(m.text.split()) > 8 for m in found):
        return []
    purpose = next(outside(found[0].text, _PURPOSE), None)
    tail = next(outside(found[-1].text, _SHARED_TAIL), None)
    if tail and not any(next(outside(m.text, _SHARED_TAIL), None) for m in found[:-1]):
        shared = found[-1].text[tail.start() :].strip()
        return [*(Member(m, tail=shared) for m in found[:-1]), Member(found[-1])]
    head = found[0].text[: purpose.end()].strip() if purpose and not tail else ""
    return [Member(found[0]), *(Member(m, head) for m in found[1:])]


def _objects(sentence: Passage, cue: Cue, before: Passage, lexicon: Lexicon) -> list[Member]:
    """ "… for the infusion of x for a or y for b": each limb is a use with a purpose of its own."""
    after = _cut(sentence.part(cue.end), lexicon)
    match = _FOR.match(after.text)
    if not match:
        listed = _ANNOUNCED.match(after.text.lstrip())
        whole = after.part(after.text.index(listed.group()) + listed.end()) if listed else None
        return [Member(m) for m in split_or(whole)] if whole and not _VERB.search(whole.text) else []
    announced = _ANNOUNCED.match(after.text, match.end()) if ":" in after.text else None
    whole = after.part(announced.end() if announced else match.end())
    found = _enumeration(whole, lexicon)
    if len(found) < 2 or _VERB.search(whole.text):
        return []
    service = "" if is_residual(before, lexicon) else service_of(sentence, cue, lexicon)
    preposition, *_ = purpose = match.group().removesuffix("the " if announced else "").split()
    head, short = (" ".join([service, *words]) if service else "" for words in (purpose, [preposition]))
    if all(_USE_OF.search(m.text) and " for " in f" {m.text} " for m in found):
        first = after.part(len(preposition), match.end() + len(found[0]))
        return [Member(first, short), *(Member(m, head) for m in found[1:])]
    if (announced or len(found) >= 3) and all(len(m.text.split()) <= 8 for m in found):
        return [Member(m, head) for m in found]
    return []


def enumerated(item: Passage, lexicon: Lexicon) -> list[Member]:
    """The conditions of a list item "service for a, b, c and d", the first with the service; else the item whole."""
    places = list(outside(item.text, _LISTED_FOR))
    if not places or _VERB.search(item.text):
        return [Member(item)]
    found = _enumeration(item.part(places[0].end()), lexicon)
    if len(found) < 3 or len(found[0].text.split()) > 18 or any(len(m.text.split()) > 9 for m in found[1:]):
        return [Member(item)]
    first = item.part(0, places[0].end() + len(found[0]))
    inside = [place for place in places if place.end() < len(first)]
    purposes = [place for place in inside if place.group().lower().startswith("for")] or inside
    head = first.text[: purposes[-1].end()].strip()
    return [Member(first), *(Member(m, head) for m in found[1:])]


def _enumeration(passage: Passage, lexicon: Lexicon) -> list[Passage]:
    """The members of "a, b, and c" where each is a use by itself; none for commas that part no uses."""
    found = split_list(passage)
    if len(found) < 2 or not _stand_alone(found, lexicon):
        return []
    is_joined = _JOINED_LAST.search(passage.text[: passage.text.rfind(found[-1].text)])
    if not is_joined and not all(names_condition(m.text, lexicon) for m in found):
        return []  # "fuzzy, slow toe trouble"
    return _parted(passage, lexicon)


def _parted(passage: Passage, lexicon: Lexicon) -> list[Passage]:
    """The members of a list, those joined by "or" parted too where each limb is a use by itself."""
    found = split_list(passage)
    if not _stand_alone(found, lexicon):
        return [passage]
    limbs = [split_or(member) for member in found]
    whole = [member for part, halves in zip(found, limbs, strict=True)
             for member in (halves if _are_limbs(halves, lexicon) else [part])]
    return [_without_preposition(member) for member in whole]


def _are_limbs(halves: Sequence[Passage], lexicon: Lexicon) -> bool:
    """Whether "a or b" names two uses; in "pain from x or y" the second hangs on the first."""
    return _stand_alone(halves, lexicon) and not _DEPENDENT.search(halves[0].text)


def _without_preposition(member: Passage) -> Passage:
    """A member without the "for" that is printed again before it."""
    again = _AGAIN.match(member.text)
    return member.part(again.end()) if again else member


def _stand_alone(found: Sequence[Passage], lexicon: Lexicon) -> bool:
    """Whether each member names something without the words beside it."""
    statements = lexicon["statements"]
    is_none, lacks_noun = statements["no-member"].regex, statements["lacks-noun"].regex
    if any(is_none.match(m.text) for m in found) or any(lacks_noun.search(m.text) for m in found[:-1]):
        return False
    has_place = _PLACE.search(found[0].text)  # "pain of the hip, knee, and toe"
    return not has_place or all(" " in m.text or names_condition(m.text, lexicon) for m in found[1:])


def leading_name(passage: Passage) -> Passage | None:
    """The words with which an item names what the rest of it is about ("Gout: the trial found …"), else None."""
    first, *more = split_sentences(passage)
    depth = 0
    for k, char in enumerate(first.text):
        depth += (char in "([{") - (char in ")]}")
        if char == ":" and not depth and k + 1 < len(passage):
            return first.part(0, k)
    return first.part(0, len(first.text.rstrip("."))) if more else None

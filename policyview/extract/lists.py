"""A sentence that gives one determination to several things: "X is not covered for a, b, or c" names three uses."""

from __future__ import annotations

import re

from policyview.extract.cues import Cue
from policyview.extract.sentences import split_list, split_sentences
from policyview.lexicon import Lexicon
from policyview.model import Passage

_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|be|been|may|will|must|should|meets?|who|that|which|when|if)\b", re.IGNORECASE
)
_COPULA = re.compile(r"\s*(?:,\s*)?\b(?:is|are|may be|will be|be|was|were|can be|shall be)\s*$", re.IGNORECASE)
_USE_OF = re.compile(r"\w+ (?:for|in|of) (?:the )?\w+", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:for(?: the)?(?: (?:treatment|management|infusion|delivery|prevention|use) of)?"
    r"|in(?: the)? (?:treatment|management) of)\s+",
    re.IGNORECASE,
)
_LISTED_FOR = re.compile(r"\b(?:for|of)\s+(?!the\b)", re.IGNORECASE)
MAX_MEMBER_WORDS = 22


def members(sentence: Passage, cue: Cue, lexicon: Lexicon, only_examples: bool = False) -> list[Passage]:
    """The uses that a sentence without a list below it names; the whole sentence where it names one.

    With ``only_examples`` just those that "such as" or "including" introduces, none where nothing does.
    """
    if only_examples:
        return _examples(sentence, lexicon)
    return _subjects(_begun(sentence, cue, lexicon)) or _objects(sentence, cue, lexicon) or [sentence]


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
    stop = re.search(r",\s+(?:is|are)\s|\s(?:is|are) (?:considered|not|deemed)", rest.text)
    rest = _cut(rest.part(0, stop.start()) if stop else rest, lexicon)
    if not rest:
        return []
    found = [m for m in split_list(rest) if m.text.strip()]
    if any(len(m.text.split()) > MAX_MEMBER_WORDS for m in found):
        return []
    return found


def _subjects(before: Passage) -> list[Passage]:
    """ "A, b and c are considered …": three procedures, each with the determination; ``before`` ends before that."""
    copula = _COPULA.search(before.text)
    subject = before.part(0, copula.start()) if copula else before
    if not subject or _VERB.search(subject.text) or subject.text.count(",") < 2:
        return []
    found = split_list(subject)
    if (
        len(found) < 3
        or any(len(m.text.split()) > 8 for m in found)
        or re.match(r"\b(?:including|such as|e\.g)", found[1].text)
    ):
        return []
    return found


def _objects(sentence: Passage, cue: Cue, lexicon: Lexicon) -> list[Passage]:
    """ "… for the infusion of x for a or y for b": each limb is a use with a purpose of its own."""
    after = _cut(sentence.part(cue.end), lexicon)
    match = _FOR.match(after.text)
    if not match:
        return []
    whole = after.part(match.end())
    found = [m for m in split_list(whole) if m]
    if len(found) < 2 or _VERB.search(whole.text):
        return []
    if all(_USE_OF.search(m.text) and " for " in f" {m.text} " for m in found):
        return [after.part(0, match.end() + len(found[0])), *found[1:]]
    if len(found) >= 3 and all(len(m.text.split()) <= 8 for m in found):
        return found
    return []


def enumerated(item: Passage) -> list[Passage]:
    """The conditions of a list item "service for a, b, c and d", the first with the service; else the item whole."""
    match = _LISTED_FOR.search(item.text)
    if not match or item.text.count(",") < 2 or _VERB.search(item.text):
        return [item]
    found = [m for m in split_list(item.part(match.end()), at_or=False) if m]
    last = split_list(found[-1].part(0)) if found else []
    found = [*found[:-1], *(half for f in last for half in _and_halves(f))]
    if len(found) < 3 or len(found[0].text.split()) > 18 or any(len(m.text.split()) > 9 for m in found[1:]):
        return [item]
    return [item.part(0, match.end() + len(found[0])), *found[1:]]


def _and_halves(passage: Passage) -> list[Passage]:
    """The last member of "a, b, c and d" is two."""
    cut = re.search(r"\s+(?:and|or)\s+", passage.text)
    return [passage.part(0, cut.start()), passage.part(cut.end())] if cut else [passage]


def leading_name(passage: Passage) -> Passage | None:
    """The words with which an item names what the rest of it is about ("Gout: the trial found …"), else None."""
    first, *more = split_sentences(passage)
    depth = 0
    for k, char in enumerate(first.text):
        depth += (char in "([{") - (char in ")]}")
        if char == ":" and not depth and k + 1 < len(passage):
            return first.part(0, k)
    return first.part(0, len(first.text.rstrip("."))) if more else None

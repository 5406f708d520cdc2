"""Prior-authorization rules by product and setting. What is not said is not a rule, and never a "no"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from policyview.anchor import anchor_of
from policyview.extract.history import version_columns
from policyview.extract.near import holds
from policyview.extract.sentences import split_sentences
from policyview.lexicon import Entry, Lexicon
from policyview.model import Authorization, Block, Document, Part, Passage, Role, Structure

Setting = Literal["inpatient", "outpatient", "any"]
_SILENT = frozenset({Role.HISTORY, Role.REFERENCES, Role.BACKGROUND, Role.DEFINITIONS})
_PRODUCT_WORDS = 14  # a longer first cell is a sentence, no product
_VERDICT_WORDS = 12  # a longer cell is prose
_CLAUSE = re.compile(r"(?:,|;|\bbut\b|\bhowever\b|\bwhile\b)\s+(?:but\s+|however,?\s+)?", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:it|this|they)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:but|and|however,?)\s+(?P<subject>[^,.;]{3,60}?)\s+may\W*\Z")


@dataclass(frozen=True)
class _Rule:
    required: Literal["yes", "no", "maybe"]
    kind: Literal["prior", "concurrent", "secondary_review", "notification"]
    setting: Setting
    product: str  # empty where none is named: the rule is for all the payer's products
    passage: Passage


def prior_authorization(
    document: Document, structure: Structure, lexicon: Lexicon, payer: str | None
) -> tuple[Authorization, ...]:
    """The document's rules, in printed order; one product and setting once. ``payer`` names a rule for all products."""
    found: dict[tuple[str, str, str, str], Authorization] = {}
    named = payer or "all products"
    for part in structure.parts:
        if part.role in _SILENT:
            continue
        if not _names_an_act(part, lexicon):
            continue
        for rule in _rules(part, lexicon):
            product = rule.product or named
            key = (product.lower(), rule.setting, rule.kind, rule.required)
            found.setdefault(key, Authorization(
                product, rule.setting, rule.kind, rule.required, anchor_of(document, rule.passage)
            ))
    return tuple(found.values())


@lru_cache(maxsize=16)
def _of_role(lexicon: Lexicon, role: str) -> tuple[tuple[Entry, re.Pattern[str]], ...]:
    return tuple(
        (entry, re.compile(rf"(?<!\w)(?:{entry.regex.pattern})(?!\w)", re.IGNORECASE))
        for entry in lexicon.entries("authorization") if entry.get("role") == role
    )


def _rules(part: Part, lexicon: Lexicon) -> Iterator[_Rule]:
    told = part.section.heading if part.section else ""
    own = part.role is Role.PRIOR_AUTHORIZATION
    setting = _setting(" ".join(s.heading for s in part.path[-1:]), lexicon) or _setting(told, lexicon)
    columns: dict[int, Setting] = {}
    former: tuple[int, int] | None = None
    for block in part.iter_blocks():
        if block.kind == "row" and len(block.cells) > 1:
            texts = [cell.text.strip() if cell else "" for cell in block.cells]
            if versions := version_columns(texts, lexicon):
                former = versions
                continue
            heads = {n: s for n, text in enumerate(texts) if len(text.split()) <= 2 and (s := _setting(text, lexicon))}
            if heads and not any(_required(text, lexicon) for text in texts):
                columns = heads
                continue
            yield from _row_rules(block, columns, setting, former, lexicon)
            continue
        columns, former = columns if block.kind == "row" else {}, None
        if block.is_bold or block.passage.text.endswith(":"):
            setting = (own and _setting(block.passage.text, lexicon)) or setting
        yield from _prose_rules(block.passage, setting, own, lexicon)


def _prose_rules(passage: Passage, setting: Setting | None, own: bool, lexicon: Lexicon) -> Iterator[_Rule]:
    """The rules of running text; in a section on authorization "it" takes up the act of the sentence before."""
    before: list[Entry] = []
    for sentence in split_sentences(passage):
        said = setting
        for clause in _parts(sentence):
            acts = _acts(clause.text, lexicon)
            if not acts and own and _PRONOUN.match(clause.text):
                acts = before
            yield from _sentence_rules(clause, acts, said, own, lexicon)
            before, said = acts, _setting(clause.text, lexicon) or said


def _parts(sentence: Passage) -> list[Passage]:
    """A sentence cut at its semicolons."""
    cuts = [match.end() for match in re.finditer(r";\s+", sentence.text)]
    return [part for a, b in pairwise((0, *cuts, len(sentence))) if (part := sentence.part(a, b))]


def _row_rules(
    block: Block, columns: dict[int, Setting], setting: Setting | None, former: tuple[int, int] | None, lexicon: Lexicon
) -> Iterator[_Rule]:
    first = block.cells[0].text.strip() if block.cells[0] else ""
    is_product = bool(first) and len(first.split()) <= _PRODUCT_WORDS and not former
    for n, cell in enumerate(block.cells):
        if not cell or (former and n == former[0]):
            continue
        required = _required(cell.text, lexicon)
        acts = _acts(cell.text, lexicon)
        if n and is_product and required and len(cell.text.split()) <= _VERDICT_WORDS and (acts or n in columns):
            product = re.sub(r"\s+(?:SM|TM)\b|[®™℠]", "", first)
            said = columns.get(n) or setting or _setting(cell.text, lexicon) or "any"
            yield _Rule(required, acts[0].get("kind") if acts else "prior", said, product, block.passage)
        elif acts:
            yield from _prose_rules(cell, setting, False, lexicon)


def _sentence_rules(
    sentence: Passage, acts: list[Entry], setting: Setting | None, own: bool, lexicon: Lexicon
) -> Iterator[_Rule]:
    text = sentence.text
    if not acts or any(p.search(text) for _, p in _of_role(lexicon, "skip")):
        return
    required = _required(text, lexicon)
    if required is None:
        return
    said = _setting(text, lexicon) or (setting if own else None) or "any"
    for product in _products(text, lexicon):
        yield _Rule(required, acts[0].get("kind"), said, product, sentence)


def _names_an_act(part: Part, lexicon: Lexicon) -> bool:
    """Whether a part speaks of authorization at all: most do not, and their sentences need no look."""
    texts = [part.section.heading] if part.section else []
    return any(_acts(text, lexicon) for text in (*texts, *(block.passage.text for block in part.iter_blocks())))


def _acts(text: str, lexicon: Lexicon) -> list[Entry]:
    """The acts (prior authorization, concurrent review …) a text speaks of."""
    folded = text.lower()
    return [e for e, pattern in _of_role(lexicon, "act") if holds(folded, e.get("needs")) and pattern.search(text)]


def _required(text: str, lexicon: Lexicon) -> Literal["yes", "no", "maybe"] | None:
    """What a text says of the requirement; of several clauses the last that says it."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    for clause in reversed(clauses or [text]):
        for entry, pattern in _of_role(lexicon, "requirement"):
            if pattern.search(clause.strip()):
                required: Literal["yes", "no", "maybe"] = entry.get("required")
                return required
    return None


def _setting(text: str, lexicon: Lexicon) -> Setting | None:
    named = [entry.get("setting") for entry, pattern in _of_role(lexicon, "setting") if pattern.search(text)]
    return named[0] if len(named) == 1 else None


def _products(text: str, lexicon: Lexicon) -> list[str]:
    """The products a sentence names; the subject of "X may" where it says so; else one empty name."""
    for _, pattern in _of_role(lexicon, "product"):
        if named := [" ".join(next(filter(None, match.groups())).split()) for match in pattern.finditer(text)]:
            return list(dict.fromkeys(named))
    if match := _SUBJECT.search(text):
        return [match.group("subject")]
    return [""]

"""Prior authorization by product and setting. A rule that is absent is not stated, never a "no"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from policyview.export import vocabulary
from policyview.export.grids.grid import Grid, Line, Saying, Square
from policyview.export.legible import on_one_line
from policyview.model import Authorization, Matrix, Reading

_SILENCE = "None of these documents says whether authorization is needed. That is no statement that it is not."
_WORD = re.compile(r"\w+")
_EVERY = frozenset(("", "all products", "any product", "all lines of business"))  # stands for whatever product
_ORDER = ("prior", "concurrent", "secondary_review", "notification")


def authorization_grid(matrix: Matrix, readings: Mapping[str, Reading]) -> Grid:
    """A line for each product, setting and kind of review that a document speaks of."""
    documents = [_rules(readings[column.file], matrix.topic) for column in matrix.columns]
    labels = {key: label for rules in documents for key, label, _ in rules}
    keys = sorted(labels, key=lambda key: (_ORDER.index(key[0]), key[1] not in _EVERY, key[1], key[2]))
    lines = tuple(
        Line(vocabulary.word("authorizations", key[0]), labels[key], vocabulary.word("settings", key[2]),
             tuple(Square(tuple(_said(key, rules))) for rules in documents))
        for key in keys
    )  # fmt: skip
    return Grid("Authorization", lines, _SILENCE)


_Key = tuple[str, str, str]  # kind, product, setting
_Rules = Sequence[tuple[_Key, str, Authorization]]


def _rules(reading: Reading, topic: str) -> _Rules:
    """Each rule with what its line is told by and called."""
    found = []
    for rule in reading.facts.prior_authorization:
        product = _product(rule, reading, topic)
        found.append(((rule.kind, product.casefold(), rule.setting), product or "all products", rule))
    return found


def _product(rule: Authorization, reading: Reading, topic: str) -> str:
    """What the rule is for; a product that is called what the policy is called is the topic itself."""
    product = on_one_line(rule.product)
    title = on_one_line(reading.facts.policy.title or "")
    words = set(_words(product))
    is_topic = bool(words) and (set(_words(topic)) <= words or words <= set(_words(title)))
    return topic if is_topic else product


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _said(key: _Key, rules: _Rules) -> Iterator[Saying]:
    for own, _, rule in rules:
        is_own = own == key
        if is_own or _holds(own, key):
            yield _saying(rule, is_own)


def _holds(wider: _Key, key: _Key) -> bool:
    """Whether a rule for any setting, or for all products, reaches a line of its kind."""
    kind, product, setting = wider
    reaches = product in (key[1], *_EVERY) and setting in (key[2], "any")
    return kind == key[0] and reaches


def _saying(rule: Authorization, is_own: bool) -> Saying:
    setting = "" if is_own else vocabulary.word("settings", rule.setting)
    detail = "" if is_own else ", ".join(filter(None, (on_one_line(rule.product) or "all products", setting)))
    return Saying(vocabulary.word("requirements", rule.required), detail, rule.anchor, not is_own)

"""Codes by payer: a code inside another payer's range is the same code, one not listed falls under a residual rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args, get_type_hints

from policyview.codes import holds
from policyview.export import vocabulary
from policyview.export.grids.grid import Grid, Line, Saying, Square
from policyview.export.legible import on_one_line
from policyview.model import Code, CodeRule, Matrix, Reading

_SILENCE = "None of these documents lists codes."
_INFORMATIONAL = "coverage not said"
_NOT_LISTED, _NO_CODES = "not listed", "lists no {} codes"
_SYSTEMS = get_args(get_type_hints(Code)["system"])


def codes_grid(matrix: Matrix, readings: Mapping[str, Reading]) -> Grid:
    """A line for each code or range of codes that a document lists, by system."""
    documents = [_Listed.of(readings[column.file]) for column in matrix.columns]
    described: dict[tuple[str, str, str], str] = {}
    for document in documents:
        for code in document.codes:
            key = code.system, code.code, code.end or ""
            described[key] = described.get(key) or on_one_line(code.description or "")
    order = sorted(described, key=lambda key: (_SYSTEMS.index(key[0]), key[1], key[2]))
    lines = tuple(
        Line(key[0], _name(*key[1:]), described[key], tuple(document.square(*key) for document in documents),
             key[1:])
        for key in order
    )  # fmt: skip
    return Grid("Codes", lines, _SILENCE)


def _name(first: str, last: str) -> str:
    return f"{first}–{last}" if last else first


@dataclass(frozen=True)
class _Listed:
    """The codes of one document."""

    codes: Sequence[Code]
    exactly: Mapping[tuple[str, str, str], Sequence[Code]]
    ranges: Mapping[str, Sequence[Code]]
    rules: Sequence[CodeRule]
    systems: frozenset[str]
    uses: Mapping[str, str]

    @classmethod
    def of(cls, reading: Reading) -> _Listed:
        facts = reading.facts
        exactly: dict[tuple[str, str, str], list[Code]] = {}
        ranges: dict[str, list[Code]] = {}
        for code in facts.codes:
            exactly.setdefault((code.system, code.code, code.end or ""), []).append(code)
            if code.end:
                ranges.setdefault(code.system, []).append(code)
        systems = frozenset(code.system for code in facts.codes)
        uses = {each.id: each.text for each in facts.indications}
        return cls(facts.codes, exactly, ranges, facts.code_rules, systems, uses)

    def square(self, system: str, first: str, last: str) -> Square:
        own = [self._saying(code) for code in self.exactly.get((system, first, last), ())]
        wider = [
            self._saying(code, _name(code.code, code.end or "")) for code in self.ranges.get(system, ())
            if (code.code, code.end) != (first, last) and holds(code.code, code.end or "", first)
            and (not last or holds(code.code, code.end or "", last))
        ]  # fmt: skip
        said = tuple(own + wider) or tuple(self._by_rule(system, first))
        return Square(said, _NOT_LISTED if system in self.systems else _NO_CODES.format(system))

    def _saying(self, code: Code, in_range: str = "") -> Saying:
        named = "; ".join(on_one_line(self.uses.get(each, "")) for each in code.indications)
        within = f"in {in_range}" if in_range else ""
        told = _INFORMATIONAL if code.group == "informational" else ""
        detail = " · ".join(filter(None, (within, told, on_one_line(code.condition or ""), named)))
        group = vocabulary.word("code_groups", code.group)
        return Saying(group, detail, code.anchor, bool(in_range), code.doubt or "")

    def _by_rule(self, system: str, code: str) -> Iterator[Saying]:
        """What is said of all codes that are not listed, where that speaks of this one."""
        for rule in self.rules:
            if rule.system == system and (not rule.applies_to_codes or code in rule.applies_to_codes):
                word = vocabulary.word("code_groups", rule.group)
                yield Saying(f"not listed: {word}", on_one_line(rule.text), rule.anchor, True)

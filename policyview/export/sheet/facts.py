"""The sheets of facts: criteria, limits, codes and prior authorization of every document, each row with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyview.export import editions, vocabulary
from policyview.export.comparison import Comparison
from policyview.export.legible import shown_name
from policyview.export.records import quote, section_of
from policyview.export.sheet.book import Book, Value
from policyview.model import Anchor, Code, Criterion, Indication, Reading

_WHO = ["Payer", "Policy number", "Version", "In force"]
WHERE = ["Document", "Page", "Section", "Quote"]
_CRITERIA = [*_WHO, "Indication", "Determination", "Stage", "Depth", "Label", "Criterion", "Below it", "Kind",
             "Inherited", *WHERE]  # fmt: skip
_LIMITS = [*_WHO, "Indication", "Determination", "Stage", "Kind", "Limit", *WHERE]
_CODES = [*_WHO, "System", "Code", "To", "Description", "Group", "Condition", "Indications", "To check", *WHERE]
_AUTHORIZATIONS = [*_WHO, "Product", "Setting", "Kind", "Required", *WHERE]


def fact_sheets(book: Book, comparison: Comparison) -> None:
    """A row for each fact of each document that was read, also of versions that are not in force, which it says."""
    book.table("Criteria", _CRITERIA, _criteria(comparison))
    book.table("Limits", _LIMITS, _limits(comparison))
    book.table("Codes", _CODES, _codes(comparison))
    book.table("Prior authorization", _AUTHORIZATIONS, _authorizations(comparison))


def who(comparison: Comparison, reading: Reading) -> list[Value]:
    """Payer, policy number, version and whether it is in force."""
    policy, column = reading.facts.policy, comparison.columns.get(reading.file)
    told = [editions.column_version(column), editions.in_force_word(column)] if column else ["", ""]
    return [policy.payer or "", policy.number or "", *told]


def where(comparison: Comparison, reading: Reading, anchor: Anchor, said: Indication | None = None) -> list[Value]:
    """Document, page, section and quote of a passage; ``said`` is the statement that it belongs to."""
    section = section_of(comparison, reading.file, said, anchor)
    return [shown_name(reading.file), anchor.page, section, quote(anchor)]


def _said(indication: Indication) -> list[Value]:
    return [indication.text, vocabulary.determination_word(indication.determination),
            vocabulary.word("stages", indication.stage)]  # fmt: skip


def _criteria(comparison: Comparison) -> Iterator[list[Value]]:
    for reading in comparison.shown_readings:
        for said in reading.facts.indications:
            for criteria, inherited in ((said.criteria, ""), (said.inherited, "yes")):
                for depth, each in _tree(criteria, 1):
                    words = vocabulary.logic_words(each.logic, each.n) if each.children else ""
                    kind = vocabulary.criterion_word(each)
                    yield [*who(comparison, reading), *_said(said), depth, each.label, each.text, words, kind,
                           inherited, *where(comparison, reading, each.anchor, said)]  # fmt: skip


def _tree(criteria: Sequence[Criterion], depth: int) -> Iterator[tuple[int, Criterion]]:
    for each in criteria:
        yield depth, each
        yield from _tree(each.children, depth + 1)


def _limits(comparison: Comparison) -> Iterator[list[Value]]:
    for reading in comparison.shown_readings:
        for said in reading.facts.indications:
            for limit in said.limits:
                yield [*who(comparison, reading), *_said(said), vocabulary.word("limits", limit.kind), limit.text,
                       *where(comparison, reading, limit.anchor)]  # fmt: skip


def _codes(comparison: Comparison) -> Iterator[list[Value]]:
    for reading in comparison.shown_readings:
        names = {said.id: said.text for said in reading.facts.indications}
        for code in reading.facts.codes:
            yield [*who(comparison, reading), code.system, code.code, code.end or "", code.description or "",
                   vocabulary.word("code_groups", code.group), code.condition or "", _named(code, names),
                   code.doubt or "", *where(comparison, reading, code.anchor)]  # fmt: skip
        for rule in reading.facts.code_rules:
            yield [*who(comparison, reading), rule.system, "", "", rule.text,
                   vocabulary.word("code_groups", rule.group), "", "; ".join(rule.applies_to_codes), "",
                   *where(comparison, reading, rule.anchor)]  # fmt: skip


def _named(code: Code, names: dict[str, str]) -> str:
    return "; ".join(names.get(each, each) for each in code.indications)


def _authorizations(comparison: Comparison) -> Iterator[list[Value]]:
    for reading in comparison.shown_readings:
        for rule in reading.facts.prior_authorization:
            yield [*who(comparison, reading), rule.product, vocabulary.word("settings", rule.setting),
                   vocabulary.word("authorizations", rule.kind), vocabulary.word("requirements", rule.required),
                   *where(comparison, reading, rule.anchor)]  # fmt: skip

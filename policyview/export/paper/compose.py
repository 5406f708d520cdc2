"""Puts a comparison into parts: the cover, each matrix, the words behind its cells, what changed between versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyview.export import cover, doubts, editions, elsewhere, vocabulary
from policyview.export.acts import corrected_words
from policyview.export.comparison import Comparison, Standing, Statement
from policyview.export.legible import on_one_line, shown_name
from policyview.export.paper.form import Block, Edge, Line, Lines, Part, Passage, Square, Squares, Style, Table
from policyview.export.records import leaf_count, outline, quote, section_of, state_word
from policyview.export.reviews import mark_words
from policyview.export.scope import applies_to
from policyview.export.shown import AGREEMENTS, Shown, ShownRow, column_name
from policyview.export.versions import VersionReport, version_named
from policyview.model import Anchor, Cell, Column, Determination, State

_LABEL_SHARE = {1: 0.32, 2: 0.32, 3: 0.24}
_LABEL_SHARE_OF_MANY = 0.18
_WORD_COLUMNS = 3
_LONGEST_IN_CELL = 160  # characters of a doubt; the whole stands with the words behind the cell
_DOUBTFUL = "To check: "


def composed(comparison: Comparison) -> Iterator[Part]:
    """The parts in their order."""
    matrices = [Shown(number, comparison, matrix) for number, matrix in enumerate(comparison.matrices, 1)]
    yield Part("Comparison of medical policies", tuple(_cover(comparison, matrices)))
    for shown in matrices:
        yield from _matrix(shown)
        words = tuple(block for row in shown.rows for block in _behind(shown, row))
        if words:
            called = f"{_topic(shown)}: the words behind the cells"
            yield Part(called, (Passage((Line(called, "heading"),), is_head=True), *words), _WORD_COLUMNS)
    if comparison.steps:
        yield Part("What changed from version to version", tuple(_changes(comparison)), 2)


# --------------------------------------------------------------------------- cover


def _cover(comparison: Comparison, matrices: Sequence[Shown]) -> Iterator[Block]:
    topic = _topic(matrices[0]) if len(matrices) == 1 else cover.counted(len(matrices), "topic")
    yield Passage((Line("Comparison of medical policies", "soft"), Line(topic, "title")))
    about = tuple((Square((Line(line.name, "soft"),)), Square((Line(line.told),))) for line in cover.lines(comparison))
    yield Table((0.14, 0.86), (), about)
    collection = comparison.collection
    if collection.failures:
        named = (_failure(shown_name(each.file), on_one_line(each.reason)) for each in collection.failures)
        yield Passage((Line("Could not be read", "heading"), *(Line(text, "warning") for text in named)))
    if collection.skipped:
        names = ", ".join(map(shown_name, collection.skipped))
        yield Passage((Line(f"Skipped, not of a type that policyview reads: {names}", "soft"),))
    for shown in matrices:
        several = len(matrices) > 1
        yield Passage((Line(_topic(shown) if several else "What was compared", "heading"),), is_head=True)
        yield _documents(shown)
    yield from _legend()


def _topic(shown: Shown) -> str:
    """The topic as a heading."""
    topic = on_one_line(shown.matrix.topic)
    return topic[:1].upper() + topic[1:]


def _failure(name: str, reason: str) -> str:
    return reason if reason.startswith(name) else f"{name}: {reason}"


def _documents(shown: Shown) -> Table:
    heads = tuple(Square((Line(name, "strong"),)) for name in ("Payer", "Policy", "Version", "For", "Document"))
    return Table((0.14, 0.22, 0.15, 0.13, 0.36), heads, tuple(_document(shown, each) for each in shown.matrix.columns))


def _document(shown: Shown, column: Column) -> Squares:
    policy, reading = column.policy, shown.comparison.readings.get(column.file)
    second = (Line(vocabulary.authority_word(policy.authority), "soft"),) if policy.authority != "payer" else ()
    second = (*second, *_some(corrected_words(policy), "accent"))
    badge = () if column.in_force else (Line(f"{editions.badge(column)}, not in force on "
                                             f"{shown.comparison.as_of.isoformat()}", "warning"),)  # fmt: skip
    told = [Line(shown_name(column.file)), Line(f"SHA-256 {column.sha256}", "small")]
    if unread := shown.comparison.unread(column):
        told.append(Line(on_one_line(unread), "warning"))
    told += [Line(on_one_line(loss.reason), "warning") for loss in (reading.losses if reading else ())]
    return (
        Square((Line(on_one_line(policy.payer or "not stated"), "strong"), *second)),
        Square((Line(on_one_line(policy.title or "no title")), *_some(policy.number, "soft"))),
        Square((Line(editions.column_version(column)), *badge)),
        Square((Line(on_one_line(applies_to(column)) or "not stated"),)),
        Square(tuple(told)),
    )


def _some(text: str | None, style: Style) -> Lines:
    return (Line(on_one_line(text), style),) if text else ()


def _legend() -> Iterator[Block]:
    yield Passage((Line("How to read it", "heading"),), is_head=True)
    rows = [(Square((Line(vocabulary.state_word(each), "strong"),)), Square((Line(vocabulary.state_told(each)),)))
            for each in State]  # fmt: skip
    rows += [(Square((Line(vocabulary.agreement_word(each), "strong"),)),
              Square((Line(vocabulary.agreement_told(each)),))) for each in AGREEMENTS]  # fmt: skip
    rows.append((Square((Line(vocabulary.word("rows", "as_labeled")),)),
                 Square((Line(vocabulary.word("rows_told", "as_labeled")),))))  # fmt: skip
    rows.append((Square((Line("to check", "warning"),)), Square((Line("we are not sure of it; the cell says why"),))))
    yield Table((0.14, 0.86), (), tuple(rows))


# --------------------------------------------------------------------------- matrix


def _matrix(shown: Shown) -> Iterator[Part]:
    parts = shown.print_parts
    begin = 0
    for columns in parts:
        place = f" · columns {begin + 1}–{begin + len(columns)} of {len(shown.columns)}" if len(parts) > 1 else ""
        begin += len(columns)
        called = f"{_topic(shown)}{place}"
        counts = " · ".join(f"{count} {vocabulary.agreement_word(each)}" for each, count in shown.agreements)
        head = Passage((Line(called, "heading"), Line(counts or "No indication was found in these documents.", "soft")),
                       is_head=True)  # fmt: skip
        yield Part(called, (head, _grid(shown, columns)) if shown.rows and columns else (head,))


def _grid(shown: Shown, columns: tuple[Column, ...]) -> Table:
    label = _LABEL_SHARE.get(len(columns), _LABEL_SHARE_OF_MANY)
    widths = (label, *([(1 - label) / len(columns)] * len(columns)))
    heads = (Square((Line("Indication", "strong"),)), *(Square(_head(shown, column)) for column in columns))
    rows: list[Squares | Line] = []
    for group, members in shown.groups:
        rows += [Line(on_one_line(group), "strong")] if group else []
        rows += [(_label(row), *(_square(standing) for standing in row.of(columns))) for row in members]
    return Table(widths, heads, tuple(rows))


def _head(shown: Shown, column: Column) -> Lines:
    policy = column.policy
    lines = [Line(on_one_line(column_name(column)), "strong"), *_some(policy.number, "soft"),
             Line(editions.column_version(column), "soft"), *_some(applies_to(column), "soft")]  # fmt: skip
    lines += _some(corrected_words(policy), "accent")
    if not column.in_force:
        lines.append(Line(editions.badge(column), "warning", icon=editions.badge_icon(column)))
    if policy.authority != "payer":
        lines.append(Line(vocabulary.authority_word(policy.authority), "soft"))
    if shown.comparison.unread(column):
        lines.append(Line(doubts.NOTHING_FOUND, "warning"))
    return tuple(lines)


def _label(row: ShownRow) -> Square:
    agreement = vocabulary.agreement_word(row.row.agreement_shown)
    named = Line(f"{row.number}  {on_one_line(row.row.label)}")
    return Square((named, Line(agreement, "accent" if row.differs else "soft")), is_marked=row.differs)


def _square(standing: Standing) -> Square:
    marked = mark_words(standing.mark)
    if standing.state is State.SILENT:
        silent = Line(state_word(standing), "soft", icon="silent")
        row = _some(elsewhere.row_named(standing.silent), "soft")
        return Square((silent, *row, *_some(marked, "accent"), *_doubts(standing.doubts)))
    if standing.catch_all is not None:
        return Square((*_position(standing.catch_all.determination, True), Line(state_word(standing), "soft"),
                       *_some(marked, "accent"), *_doubts(standing.doubts)), "dashed")  # fmt: skip
    lines = [line for statement in standing.statements for line in _statement(standing, statement)]
    edge: Edge = "plain" if standing.is_derived else ""
    return Square((*lines, *_some(marked, "accent"), *_doubts(standing.doubts)), edge)


def _position(determination: Determination, is_derived: bool) -> Lines:
    icon = vocabulary.icon_name(determination, is_derived)
    return (Line(vocabulary.determination_word(determination), "strong", str(determination), icon),)


def _statement(standing: Standing, statement: Statement) -> Iterator[Line]:
    said, word = statement.indication, vocabulary.determination_word(statement.determination)
    yield from _position(statement.determination, standing.is_derived)
    if standing.is_derived:
        yield Line(state_word(standing), "soft")
    if said and said.stated and said.stated.casefold() != word.casefold():
        yield Line(f"“{on_one_line(said.stated)}”", "quote")
    count = leaf_count([*said.criteria, *said.inherited]) if said else 0
    score = statement.cell.score if isinstance(statement.cell, Cell) and not standing.is_derived else None
    told = [vocabulary.word("stages", said.stage) if said else "",
            vocabulary.word("grounds", said.ground) if said and said.ground in ("study_only", "discretion") else "",
            cover.counted(count, "criterion", "criteria") if count else "",
            f"match {doubts.percent(score)}" if score is not None else ""]  # fmt: skip
    yield from _some(" · ".join(filter(None, told)), "soft")
    origin = statement.cell.origin if isinstance(statement.cell, Cell) and not standing.is_derived else "extracted"
    yield from _some(vocabulary.word("origins", origin) if origin != "extracted" else "", "accent")
    yield from _some(mark_words(statement.mark), "accent")
    yield from _doubts(statement.doubts)


def _doubts(told: Sequence[str]) -> Lines:
    text = on_one_line("; ".join(told))
    shown = text if len(text) <= _LONGEST_IN_CELL else f"{text[:_LONGEST_IN_CELL]} …"
    return (Line(f"{_DOUBTFUL}{shown}", "warning"),) if text else ()


# --------------------------------------------------------------------------- the words behind the cells


def _behind(shown: Shown, row: ShownRow) -> Iterator[Passage]:
    agreement = vocabulary.agreement_word(row.row.agreement_shown)
    yield Passage((Line(f"{row.number}  {on_one_line(row.row.label)}", "row"), Line(agreement, "soft")), is_head=True)
    quiet: list[str] = []
    for standing in row.standings:
        if standing.state is State.SILENT:
            see = elsewhere.row_named(standing.silent)
            quiet.append(column_name(standing.column) + (f" (but see row {see})" if see else ""))
        elif standing.catch_all is not None:
            clause = _quoted(shown, standing.column, standing.catch_all.anchor)
            yield Passage((_named(standing), *_position(standing.catch_all.determination, True),
                           Line(state_word(standing), "soft"), *clause, *_doubts_told(standing.doubts)))  # fmt: skip
        for statement in standing.statements:
            yield Passage((_named(standing), *_evidence(shown, standing, statement)))
    if quiet:
        yield Passage((Line(f"Not addressed by {on_one_line('; '.join(quiet))}", "soft"),))


def _named(standing: Standing) -> Line:
    number = f" · {standing.column.policy.number}" if standing.column.policy.number else ""
    return Line(on_one_line(column_name(standing.column) + number), "strong")


def _evidence(shown: Shown, standing: Standing, statement: Statement) -> Iterator[Line]:
    said, column = statement.indication, standing.column
    yield from _position(statement.determination, standing.is_derived)
    if standing.is_derived:
        yield Line(state_word(standing), "soft")
    if said is None:
        yield Line("The statement behind this cell was not found again.", "warning")
        return
    yield from _quoted(shown, column, said.anchor, said.section)
    home = shown.homes.get((statement.cell.file, statement.cell.indication)) if standing.is_derived else None
    if home:
        yield Line(f"More of it: row {home}", "soft")
        return
    if said.basis and (said.basis.start < said.anchor.start or said.basis.end > said.anchor.end):
        yield Line("determined by", "accent")
        yield from _quoted(shown, column, said.basis)
    for title, criteria in (("", said.criteria), ("also, from what it stands under", said.inherited)):
        words = title or vocabulary.logic_words(said.logic, said.n)
        if criteria and words:
            yield Line(words, "accent")
        for text in outline(criteria):
            yield Line(f"• {text.lstrip()}", depth=(len(text) - len(text.lstrip())) // 3)
    named = (("except", said.exceptions), ("limit", said.limits), ("note", said.notes))
    yield from (Line(f"{name}: {on_one_line(each.text)}") for name, told in named for each in told)
    yield from _doubts_told(statement.doubts)
    yield from _some(mark_words(statement.mark), "accent")


def _doubts_told(told: Sequence[str]) -> Lines:
    return (Line(_DOUBTFUL + on_one_line("; ".join(told)), "warning"),) if told else ()


def _quoted(shown: Shown, column: Column, anchor: Anchor, section: str = "") -> Lines:
    section = section or section_of(shown.comparison, column.file, None, anchor)
    place = " · ".join(filter(None, (on_one_line(section), f"page {anchor.page}" if anchor.page else "",
                                     "" if anchor.match != "fuzzy" else "found approximately")))  # fmt: skip
    return (Line(f"“{quote(anchor)}”", "quote"), *_some(place, "small"))


# --------------------------------------------------------------------------- versions


def _changes(comparison: Comparison) -> Iterator[Passage]:
    yield Passage((Line("What changed from version to version", "heading"),), is_head=True)
    for step in comparison.steps:
        title = step.new.facts.policy.title or shown_name(step.new.file)
        names = f"{version_named(step.old)} → {version_named(step.new)}"
        report = VersionReport(step.old, step.new, step.diff) if step.diff else None
        verdict = report.verdict if report else step.reason
        yield Passage((Line(on_one_line(title), "row"), Line(on_one_line(names), "soft"),
                       Line(on_one_line(verdict), "strong")), is_head=True)  # fmt: skip
        for change in (*report.coverage, *report.other) if report else ():
            sides = (("Older", change.before), ("Newer", change.after))
            told = (Line(f"{name}: {on_one_line(side.text)}", "quote") for name, side in sides if side)
            history = "Told in the revision history" if change.documented else "Not told in the revision history"
            yield Passage((Line(on_one_line(change.summary), "strong"), *told, Line(history, "soft")))

"""What a document says of itself: kind, authority, payer, title, number, status, dates, whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Literal

from policyview.anchor import anchor_at, anchor_of
from policyview.extract.applicability import applies_to
from policyview.extract.dates import read_dates
from policyview.extract.fields import iter_fields
from policyview.extract.near import iter_near
from policyview.extract.payer import find_agency, find_payer
from policyview.extract.title import find_number, find_title
from policyview.lexicon import Entry, Lexicon
from policyview.model import POLICY_ROLES, Anchor, Dates, Document, HistoryEntry, Policy, Role, Structure

Kind = Literal["medical_policy", "um_guideline", "coverage_bulletin", "clinical_reference", "unknown"]
Authority = Literal["payer", "medicare_national", "medicare_local", "third_party", "reference"]
Status = Literal["active", "future", "retired", "draft"]

_Wording = tuple[re.Pattern[str], tuple[str, ...] | None]  # and words of which each match holds one

FRONT_CHARS = 12_000  # contractor tables of a local determination fill two pages before the first rule
_LEAST_FRONT = 2_000
_HEAD_CHARS = 1_200
_KIND_REACH = 110  # the longest words that tell a kind of document, but for a question, have about 70 characters
_WEAK_RANK = 3  # behind every date whose label says more surely what it is
_LABEL_REACH = 35  # of a date; the word that tells it stands in the first half of a label
_STAMP_CHARS = 20_000
_DATE_LINE = re.compile(r"(?m)(?<=\n)[A-Z][a-z]+ \d{1,2}, \d{4}(?=[ \t]*\n)")
_RULES = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.DESCRIPTION, Role.BACKGROUND, Role.CODING})


def policy(document: Document, structure: Structure, lexicon: Lexicon, past: Sequence[HistoryEntry]) -> Policy:
    """The document's metadata; ``anchors`` says for each value where it is printed. ``past`` is its history."""
    front = _front(document, structure)
    kind, authority = _kind(document, lexicon)
    anchors: list[tuple[str, Anchor]] = []
    payer = find_payer(document, structure, lexicon) if authority != "reference" else None
    if payer is None and authority == "medicare_national":
        payer = find_agency(document, lexicon)
    speaker = payer.name if payer else ""
    title = find_title(document, structure, lexicon, front, speaker, is_article=authority == "third_party")
    number = find_number(document, lexicon, front)
    if payer:
        anchors.append(("payer", payer.anchor))
    anchors += [(name, found[1]) for name, found in (("title", title), ("number", number)) if found]
    dates, dated = _dates(document, structure, lexicon, past)
    status = _status(document, lexicon, front)
    if status:
        anchors.append(("status", status[1]))
    return Policy(
        kind, authority, speaker or None, title[0] if title else None, number[0] if number else None,
        status[0] if status else None, applies_to(document, structure, lexicon, front, authority, payer), dates,
        (*anchors, *((f"dates.{name}", anchor) for name, anchor in dated.items())),
    )


def _front(document: Document, structure: Structure) -> int:
    """Where the title block ends: at the first section with rules, but not within the first page."""
    starts = [p.section.anchor.start for p in structure.parts if p.section and p.role in _RULES]
    first_page = document.pages[1] if len(document.pages) > 1 else _LEAST_FRONT
    return min(max(min(starts, default=FRONT_CHARS), _LEAST_FRONT, first_page), FRONT_CHARS)


def _kind(document: Document, lexicon: Lexicon) -> tuple[Kind, Authority]:
    for entry, expressions in _kinds(lexicon):
        text = document.text[:_HEAD_CHARS * 2] if entry.get("is_front") else document.text
        wanted = int(entry.get("least", 1))
        for expression, needs in expressions:
            wanted -= any(iter_near(expression, text, needs, _KIND_REACH))
            if wanted <= 0:
                return entry.get("document"), entry.get("authority")
    return "unknown", "payer"


@lru_cache(maxsize=4)
def _kinds(lexicon: Lexicon) -> tuple[tuple[Entry, tuple[_Wording, ...]], ...]:
    return tuple((entry, tuple(_wordings(entry))) for entry in lexicon.entries("kinds"))


def _wordings(entry: Entry) -> Iterator[_Wording]:
    for pattern, needs in zip_longest(entry.patterns, entry.get("needs", ())):
        expression = re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE | re.MULTILINE)
        yield expression, tuple(needs.split("|")) if needs else None


def _status(document: Document, lexicon: Lexicon, front: int) -> tuple[Status, Anchor] | None:
    for field in iter_fields(document, lexicon["fields"]["status"].patterns, lexicon, front):
        for entry in lexicon.entries("status"):
            if (match := entry.regex.match(field.value)) and not field.value[match.end():match.end() + 1].isalnum():
                status: Status = entry.name  # type: ignore[assignment]
                return status, anchor_at(document, field.start, field.start + match.end())
    for entry in lexicon.entries("status"):
        for line in entry.get("lines", ()):
            if said := _line(line).search(document.text, 0, _HEAD_CHARS):
                return entry.name, anchor_at(document, *said.span("status"))  # type: ignore[return-value]
    return None


@lru_cache(maxsize=16)
def _line(pattern: str) -> re.Pattern[str]:
    """Words that begin a line, or the value of its label ("Subject: Proposed …")."""
    return re.compile(rf"(?:^|\n)[ \t#*]*(?:\w+: ?)?(?P<status>{pattern})", re.IGNORECASE)


# --------------------------------------------------------------------------- dates


@lru_cache(maxsize=4)
def _date_labels(lexicon: Lexicon) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Entry], ...]]:
    entries = lexicon.entries("dates")
    longest = sorted((p for e in entries for p in e.patterns), key=len, reverse=True)
    joined = "|".join(f"(?:{p})" for p in longest).replace(" ?", r"\s*").replace(" ", r"\s+")
    before = r"(?:(?<![\w-])(?<![^\W\d]/)|(?<=[a-z\d)])(?-i:(?=[A-Z][a-z])))"  # "No. 12Publish Date" lost its blank
    whole = rf"{before}(?P<label>{joined})(?![\w-]|/[^\W\d])"  # "Reviewed/Revised" is one label
    return re.compile(whole, re.IGNORECASE), tuple((e.regex, e) for e in entries)


@lru_cache(maxsize=4)
def _date_needs(lexicon: Lexicon) -> tuple[str, ...] | None:
    """Words of which each label of a date holds one; None where an entry says none."""
    needs = [entry.get("needs") for entry in lexicon.entries("dates")]
    return None if None in needs else tuple(dict.fromkeys(word for words in needs for word in words))


def _dates(
    document: Document, structure: Structure, lexicon: Lexicon, past: Sequence[HistoryEntry]
) -> tuple[Dates, dict[str, Anchor]]:
    found: dict[str, tuple[str, Anchor]] = {}
    for name, iso, anchor in _labelled_dates(document, structure, lexicon, past):
        found.setdefault(name, (iso, anchor))
    _complete(found, past, is_review_log=_is_review_log(structure, lexicon))
    if not found and (stamp := _stamp(document)):
        found["last_updated"] = stamp
    return (
        Dates(**{name: iso for name, (iso, _) in found.items()}),
        {name: anchor for name, (_, anchor) in found.items()},
    )


def _labelled_dates(
    document: Document, structure: Structure, lexicon: Lexicon, past: Sequence[HistoryEntry]
) -> list[tuple[str, str, Anchor]]:
    """(field, ISO date, anchor) of every labelled date outside reference lists and history entries."""
    pattern, _ = _date_labels(lexicon)
    text, silent = document.text, _silent(structure, past)
    ruled = [
        (blocks[0].passage.start, blocks[-1].passage.end)
        for part in structure.parts if part.role in POLICY_ROLES and (blocks := [b for b in part.blocks if b.passage])
    ]  # fmt: skip
    found_labels = iter_near(pattern, text, _date_needs(lexicon), _LABEL_REACH)
    labels = [m for m in found_labels if _says_this(m) or not any(a <= m.start() < b for a, b in silent)]
    found = []
    for nth, match in enumerate(labels):
        limit = labels[nth + 1].start() if nth + 1 < len(labels) else len(text)
        entry = _entry_of(match.group("label"), lexicon)
        stretch = text[match.end():min(limit, match.end() + 900)]
        if _is_of_rule(match, stretch, ruled):
            continue
        told = _lead(stretch, text[max(0, match.start() - 200):match.start()], match.group("label"))
        if not entry or not told:
            continue
        lead, rank = told
        rank += _WEAK_RANK * bool(entry.get("is_weak"))
        dates = read_dates(stretch)
        first = next((d for d in dates if d.start <= lead), None)
        if first is None:
            continue
        if entry.get("last"):  # "Reviewed: 5/2020, 5/2021, 6/2022": the last of the list
            for later in dates:
                if first.end <= later.start and not stretch[first.end:later.start].strip(" ,;\n\t&"):
                    first = later
        anchor = anchor_at(document, match.end() + first.start, match.end() + first.end)
        found.append((rank, str(entry.get("field")), first.iso, anchor))
    found.sort(key=lambda date: date[0])
    return [(name, iso, anchor) for _, name, iso, anchor in found] + _version_list(document, structure, lexicon)


def _stamp(document: Document) -> tuple[str, Anchor] | None:
    """The date that stands alone in a line near the end of a document that prints no other date of its own."""
    tail = max(len(document.text) // 2, len(document.text) - _STAMP_CHARS)
    lines = [match for match in _DATE_LINE.finditer(document.text, tail) if len(read_dates(match.group())) == 1]
    if not lines:
        return None
    return read_dates(lines[-1].group())[0].iso, anchor_at(document, *lines[-1].span())


def _says_this(label: re.Match[str]) -> bool:
    """"This policy was last reviewed in …" speaks of the policy wherever it stands."""
    return label.group("label").lower().startswith("this ")


def _version_list(document: Document, structure: Structure, lexicon: Lexicon) -> list[tuple[str, str, Anchor]]:
    """The dates of the newest row of a table of the policy's versions."""
    skip, labels = lexicon["history"]["version_list"].regex, _date_labels(lexicon)[1]
    found = []
    for part in structure.parts:
        if part.role is not Role.HISTORY or not part.section or not skip.search(part.section.heading):
            continue
        rows = [block for block in part.iter_blocks() if block.kind == "row"]
        for head, first in pairwise(rows[:2]):
            for label, cell in zip(head.cells, first.cells, strict=False):
                entry = next((e for p, e in labels if label and p.fullmatch(label.text.strip(" :*"))), None)
                if entry and cell and (dates := read_dates(cell.text)):
                    anchor = anchor_of(document, cell.part(dates[0].start, dates[0].end))
                    found.append((str(entry.get("field")), dates[0].iso, anchor))
    return found


def _entry_of(label: str, lexicon: Lexicon) -> Entry | None:
    return next((entry for expression, entry in _date_labels(lexicon)[1] if expression.fullmatch(label)), None)


def _lead(stretch: str, before: str, label: str) -> tuple[int, int] | None:
    """How far a date may stand behind a label, and how sure that is (0 best); None for a word of a sentence."""
    line = before[before.rfind("\n") + 1:]
    begins = not line.strip(" \t*#|(-•") or line.endswith(("  ", "\t", "|", ">", "; ", ": ")) or bool(
        re.search(r"[\d)]\s*\Z", line)
    )
    marked = re.match(r"[\s*]*(?::|\.{3,}|\||\t|…)[\s*|.]*|\s*\n\s*(?=[\d A-Z])|\s{2,}", stretch)
    if marked:
        below = re.compile(r"[^\n]*").match(stretch, marked.end()) if marked.group().strip() == "" else None
        return below.end() if below else marked.end() + 3, 0 if begins else 1
    if re.match(r"\s+(?=[\dA-Z])", stretch) and (begins or line.rstrip().endswith((",", ";")) or " " in label):
        return 3, 1 if begins else 2
    return None


def _is_of_rule(label: re.Match[str], stretch: str, ruled: Sequence[tuple[int, int]]) -> bool:
    """Whether "Effective 1/1/26" stands among the rules: it dates the one beside it, not the document."""
    is_labelled = "date" in label.group("label").lower() or stretch.lstrip().startswith(":") or _says_this(label)
    at = label.start()
    return not is_labelled and at >= _HEAD_CHARS and any(start <= at < end for start, end in ruled)


def _silent(structure: Structure, past: Sequence[HistoryEntry]) -> list[tuple[int, int]]:
    """Spans of reference lists, evidence and history entries: their dates are not the policy's."""
    told = [entry for entry in past if entry.anchor.start >= _HEAD_CHARS and not _is_label(entry)]
    silent = [(entry.anchor.start, entry.anchor.end) for entry in told]
    for part in structure.parts:
        passages = [b.passage for b in part.blocks if b.passage]
        if not passages or not part.section or part.section.anchor.start < _HEAD_CHARS:
            continue
        if part.role in (Role.REFERENCES, Role.BACKGROUND, Role.DESCRIPTION):
            silent.append((passages[0].start, passages[-1].end))
        elif part.role is Role.HISTORY:  # "Revision" over a column is no label of the date below it
            heads = [b for b in part.blocks if b.is_head or (b.kind == "row" and not read_dates(b.passage.text))]
            silent += [(b.passage.start, b.passage.end) for b in heads if b.passage]
    return silent


def _is_label(entry: HistoryEntry) -> bool:
    """"Reviewed: May 2025" is an entry and a labelled date at once; "05/08/2025 Reviewed" is no label."""
    quote = entry.anchor.quote
    if not quote.startswith(entry.text):
        return False
    return len(entry.text.split()) == 1 or quote[len(entry.text):].lstrip()[:1] in ("", ":")


def _is_review_log(structure: Structure, lexicon: Lexicon) -> bool:
    """Whether a table of the history calls its dates those of reviews."""
    blocks = (b for part in structure.parts if part.role is Role.HISTORY for b in part.iter_blocks() if b.is_head)
    labels = (cell.text.strip(" :*") for head in blocks for cell in head.cells if cell)
    reviews = [expression for expression, entry in _date_labels(lexicon)[1] if entry.get("field") == "last_review"]
    return any(expression.fullmatch(label) for label in labels for expression in reviews)


def _complete(found: dict[str, tuple[str, Anchor]], past: Sequence[HistoryEntry], *, is_review_log: bool) -> None:
    """Adds what follows from the other dates.

    A policy that prints only an original effective date and nothing later is in force since then. A policy that
    prints no review date is as fresh as the newest history entry, if that entry or its table reports a review.
    """
    original = found.get("original_effective")
    if original and "effective" not in found:
        others = [iso for name, (iso, _) in found.items() if name in ("last_review", "last_updated", "published")]
        if all(iso <= original[0] for iso in others):
            found["effective"] = original
    if "last_review" not in found:
        newest = max(past, key=lambda entry: entry.date or "", default=None)
        if newest and newest.date and (newest.type == "reviewed" or is_review_log):
            found["last_review"] = (newest.date[-7:] if "/" in newest.date else newest.date, newest.anchor)

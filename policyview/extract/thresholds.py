"""Clinical numbers of a rule: what is measured, compared how, with which value and unit.

Dates, codes, section numbers, product strengths and authorization periods are numbers too, but no thresholds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from policyview.anchor import anchor_of
from policyview.extract.dates import read_dates
from policyview.lexicon import Entry, Lexicon
from policyview.model import Document, Passage, Threshold
from policyview.wording import Quantity, read_numbers

WORDS_BEFORE, WORDS_AFTER = 8, 7  # of the rule that a threshold quotes around its number
_TRIED_CHARS = 110  # how far from a dose the words stand that say it was tried
_NEAR_CHARS = 70  # how far from its number the words stand that name what is measured
_FAR_CHARS = 120  # and those of a range in brackets: "a score of moderate disease (8-16) or severe disease (17-100)"
_DOSES = frozenset({"mass", "volume", "concentration"})
_DOSE_UNITS = ("mg", "mcg", "µg", "μg", "g/kg", "IU", "unit")
_PER_VOLUME = ("/dL", "/mL", "/L", "/ml", "/dl", "/l")  # what a test finds in blood is no dose
_ABBREVIATION = re.compile(r"(?!(?:AND|OR|NOT|ALL|ANY|BOTH|WITH|THE|FOR|IF)\b)[A-Z][A-Za-z]?[A-Z0-9]\w*")
_SIGNS = "≥≤<>≧≦⩾⩽"
_NEXT_CHARS = 2  # between a number and words that stand next to it: a blank, a bracket
_BEHIND = 8  # how many characters farther words behind a number count, so that those before it win
_AGE_CHARS = 8  # of "old" or "of age" behind a unit
_OF_WHICH = re.compile(r"\A\D*\bof (?:which|these|them)\b\D*\Z")
_LISTED = re.compile(r"\d\s*,\s*\d+\s*,?\s*(?:and\s+|or\s+)?\Z")
_LEAD_WORDS = 4  # of the lead of a list that names what its items measure ("Age:")
_BOUNDARY = re.compile(r"[.;:•]\s")


def thresholds_of(
    document: Document, passages: Iterable[tuple[str, Passage]], lexicon: Lexicon
) -> tuple[Threshold, ...]:
    """The thresholds of the passages of indications and criteria, in their order.

    What a list states for several indications at once is one threshold, of the first.
    """
    found, texts = dict[tuple[object, ...], Threshold](), dict[str, str]()
    for of, passage in passages:
        texts[of] = passage.text
        lead = texts.get(of.rpartition(".")[0], "")
        for threshold in thresholds_in(document, passage, of, lexicon, lead):
            anchor = threshold.anchor
            key = (anchor.start, anchor.end, threshold.comparator, threshold.value, threshold.unit)
            found.setdefault(key, threshold)
    return tuple(found.values())


def thresholds_in(
    document: Document, passage: Passage, of: str, lexicon: Lexicon, lead: str = ""
) -> tuple[Threshold, ...]:
    """The thresholds of one passage of an indication or criterion, whose id is ``of``; in printed order.

    ``lead`` leads in the list that the passage is an item of: it may name what the items measure.
    """
    text = passage.text
    dates = [(d.start, d.end) for d in read_dates(text, short=False)]
    found, refused, told = list[Threshold](), -1, -1
    before: Quantity | None = None  # of the last threshold
    for quantity in _with_shared_units(text, read_numbers(text, lexicon)):
        start, end = quantity.number
        says_again = refused >= 0 and text[refused:quantity.start].strip() == "("  # "6 months (180 days)"
        says_again |= told >= 0 and not quantity.comparator and text[told:quantity.start].strip() == "("
        if says_again or any(a < end and start < b for a, b in dates) or not _is_clinical(text, quantity, lexicon):
            refused, told = quantity.end, -1
            continue
        refused, told = -1, quantity.end
        measure, unit = _measure(text, quantity, lexicon)
        if quantity.unit is None and unit is None and measure is None:
            continue
        if measure is None and quantity.kind == "time":
            measure = _age_alone(text, quantity, lead, lexicon)
        quote = _quote(passage, quantity)
        name = quantity.noun or measure or _named(text, quantity, lexicon)
        if found and before is not None and _closes(text, before, quantity):
            name = found[-1].quantity
        before = quantity
        found.append(Threshold(
            name, quantity.comparator or "=", quantity.value,
            quantity.unit or unit, of, " ".join(quote.text.split()), anchor_of(document, quote),
        ))
    return tuple(found)


def _with_shared_units(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """">= 5 events and <= 14 events per hour": the first is per hour too; "15 days, of which 8": 8 days."""
    shared = list(quantities)
    for nth in range(1, len(shared)):
        one, other = shared[nth - 1], shared[nth]
        if other.unit is None and one.unit and _OF_WHICH.search(text[one.end:other.start]):
            shared[nth] = replace(other, unit=one.unit, kind=one.kind, noun=one.noun)
    for nth in range(len(shared) - 2, -1, -1):
        one, other = shared[nth], shared[nth + 1]
        if _is_span(text, one, other):
            shared[nth], shared[nth + 1] = replace(one, comparator=">="), replace(other, comparator="<=")
            continue
        if _closes(text, one, other):
            shared[nth] = one = replace(one, unit=one.unit or other.unit, kind=other.kind)
        is_fuller = one.unit and other.unit and other.unit.startswith(f"{one.unit} per ")
        if is_fuller and one.comparator and other.comparator:
            shared[nth] = replace(one, unit=other.unit)
    return shared


def _closes(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether a number is the upper bound of what the one before it bounds below: ">= 5 and <= 14 events per hour"."""
    is_pair = one.comparator in (">=", ">") and other.comparator in ("<=", "<")
    is_joined = text[one.end:other.start].strip(" ,") in ("", "and", "but", "to")
    return is_pair and is_joined and one.unit in (None, other.unit) and other.unit is not None


def _is_span(text: str, one: Quantity, other: Quantity) -> bool:
    """"6 months to 5 years": a range over two units of time."""
    is_timed = one.kind == other.kind == "time" and one.unit != other.unit
    is_plain = one.comparator is None and other.comparator is None
    return is_timed and is_plain and text[one.end:other.start].strip() in ("to", "through", "-", "–")


@lru_cache(maxsize=8)
def _entries(lexicon: Lexicon, kind: str) -> tuple[tuple[Entry, re.Pattern[str]], ...]:
    return tuple(
        (entry, re.compile(rf"(?<![\w'’-])(?:{entry.regex.pattern})(?!\w)", 0 if entry.get("named") else re.IGNORECASE))
        for entry in lexicon.entries("thresholds") if entry.get("kind") == kind
    )


def _is_clinical(text: str, quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether a number can be a threshold at all."""
    if quantity.is_ordinal and quantity.unit is None:
        return False
    if quantity.unit is None and (quantity.comparator is None or quantity.is_word or quantity.comparator == "="):
        return quantity.comparator == "range" and bool(_measure(text, quantity, lexicon)[0])
    if quantity.kind in ("count", "pitch") and quantity.comparator is None and " per " not in (quantity.unit or ""):
        return False
    if quantity.comparator is None and _LISTED.search(text[max(0, quantity.start - _NEAR_CHARS):quantity.start]):
        return False  # "at 0, 30, 60 and 90 minutes"
    if quantity.kind in _DOSES and quantity.comparator is None and not _is_tried_dose(text, quantity, lexicon):
        return False  # a dosing rule or a strength; a weight limit is compared
    return not _is_something_else(text, quantity, lexicon)


def _is_tried_dose(text: str, quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether a dose by body weight is what was tried without success ("prednisone at 1 mg/kg per day failed")."""
    clause = _BOUNDARY.split(text[max(0, quantity.start - _TRIED_CHARS):quantity.start])[-1]
    clause += _BOUNDARY.split(text[quantity.start:quantity.end + _TRIED_CHARS])[0]
    return "/kg" in (quantity.unit or "") and bool(lexicon["thresholds"]["tried"].regex.search(clause))


def _is_something_else(text: str, quantity: Quantity, lexicon: Lexicon) -> bool:
    before, after = text[max(0, quantity.start - 90):quantity.start], text[quantity.end:quantity.end + 60]
    before = _BOUNDARY.split(before)[-1] if not before.rstrip().endswith((":", ".")) else before
    for entry, pattern in _entries(lexicon, "not"):
        if entry.get("uncompared") and quantity.comparator:
            continue
        where = entry.get("where")
        if where != "after" and re.search(rf"(?:{pattern.pattern})[\s:(=]*\Z", before, re.IGNORECASE):
            return True
        if where != "before" and re.match(rf"[\s-]*(?:{entry.regex.pattern})", after, re.IGNORECASE):
            return True
    return False


def _measure(text: str, quantity: Quantity, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """What a number measures, by the nearest words that name a measure, and the unit it implies."""
    best: tuple[int, str, str | None] | None = None
    is_plain = quantity.comparator is None
    in_brackets = quantity.unit is None and quantity.comparator == "range" and text[quantity.start - 1] == "("
    for entry, pattern in _entries(lexicon, "measure"):
        if not _may_measure(entry, text, quantity, lexicon):
            continue
        reach = _FAR_CHARS if in_brackets and entry.get("named") else _NEAR_CHARS
        for gap, is_behind, words in _around(text, quantity, pattern, reach):
            distance = gap + _BEHIND * is_behind
            is_near = gap <= _NEXT_CHARS or not (entry.get("of_sign") or (entry.name == "age" and is_plain))
            if is_near and (best is None or distance < best[0]):
                name = _own_name(words, lexicon) if entry.get("named") else entry.name.replace("_", " ")
                best = (distance, name, entry.get("unit"))
    if best is None:
        return None, None
    return best[1], best[2] if quantity.unit is None else None


def _age_alone(text: str, quantity: Quantity, lead: str, lexicon: Lexicon) -> str | None:
    """Years that nothing else is said of are an age: "at least 18 years", or below "Age:"."""
    if quantity.unit not in ("year", "month") or not quantity.comparator or " per " in (quantity.unit or ""):
        return None
    names_age = len(lead.split()) <= _LEAD_WORDS and any(
        pattern.search(lead) for entry, pattern in _entries(lexicon, "measure") if entry.name == "age"
    )
    before = text[:quantity.start].rpartition(":")[2]
    is_alone = quantity.unit == "year" and not re.search(r"\w", before + text[quantity.end:])
    return "age" if names_age or is_alone else None


def _may_measure(entry: Entry, text: str, quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether a number of this unit and comparator can be one of a measure."""
    if (quantity.unit is None and not entry.get("bare")) or quantity.kind in entry.get("never_of", ()):
        return False
    if entry.get("of_sign") and text[quantity.start] not in _SIGNS:
        return False
    if entry.name == "body_weight" and (quantity.unit or "").startswith(_DOSE_UNITS):
        return False
    if entry.name == "duration":
        return " per " not in (quantity.unit or "")
    return entry.name != "age" or _is_age(text, quantity, lexicon)


def _around(text: str, quantity: Quantity, pattern: re.Pattern[str], reach: int) -> list[tuple[int, bool, str]]:
    """(gap, behind the number?, words) of what a pattern finds in the clause of a number."""
    before = _clause_before(text, quantity, reach)
    after = _BOUNDARY.split(text[quantity.end:quantity.end + _NEAR_CHARS])[0]
    found = [(len(before) - m.end(), False, m.group()) for m in pattern.finditer(before)]
    found += [(m.start(), True, m.group()) for m in pattern.finditer(after)]
    own = pattern.finditer(text, quantity.start, quantity.end + _AGE_CHARS)
    return found + [(0, False, m.group()) for m in own if m.start() < quantity.end]


def _clause_before(text: str, quantity: Quantity, reach: int) -> str:
    """The words of a clause before its number; the label where none stand between ("Age: at least 6 years")."""
    near = text[text.rfind(" ", 0, max(0, quantity.start - reach)) + 1:quantity.start]
    return _BOUNDARY.split(near.rstrip(": "))[-1] if near.rstrip().endswith(":") else _BOUNDARY.split(near)[-1]


def _own_name(words: str, lexicon: Lexicon) -> str:
    """The words that name a measure without those that lead to it, or from it ("with a severity score of")."""
    leads, link = (lexicon["thresholds"][name].regex for name in ("before_name", "before_measure"))
    head, bracket, rest = words.partition("(")
    named = head.split()
    while len(named) > 1 and link.fullmatch(named[-1]):
        named.pop()
    last = max((nth for nth, word in enumerate(named[:-1]) if leads.fullmatch(word)), default=-1)
    if last + 2 < len(named) and named[last + 1] in ("and", "or"):
        last += 1
    while last + 2 < len(named) and named[last + 1].isdigit():  # "a 0 to 10 rating scale"
        last += 1
    return " ".join([*named[last + 1:], *(bracket + rest).split()])


def _is_age(text: str, quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether a number may be an age, not the time since an event ("12 months or more past the operation")."""
    is_since = lexicon["thresholds"]["since"].regex.match(text[quantity.end:quantity.end + _NEAR_CHARS].lstrip())
    return quantity.unit in (None, "year", "month") and not is_since


def _named(text: str, quantity: Quantity, lexicon: Lexicon) -> str:
    """What a number measures where no known measure stands near: the noun before it, else by its unit."""
    unit = quantity.unit or "number"
    if quantity.kind == "time":
        return "duration" if " per " not in unit else "frequency"
    clause = _BOUNDARY.split(text[max(0, quantity.start - _NEAR_CHARS):quantity.start])[-1]
    noun, is_dose = _noun_before(clause, lexicon)
    if is_dose or (quantity.kind in _DOSES and unit.startswith(_DOSE_UNITS) and not unit.endswith(_PER_VOLUME)):
        return f"{noun} dose".strip()
    if quantity.kind == "count":
        return unit
    return noun or ("share" if quantity.kind == "share" else unit)


def _noun_before(clause: str, lexicon: Lexicon) -> tuple[str, bool]:
    """The word that the words before a number speak of, and whether they speak of its dose."""
    no_measure, link, dose = (lexicon["thresholds"][name].regex for name in ("no_measure", "before_measure", "dose"))
    words, is_dose = clause.replace("(", " ").replace(",", " , ").split(), False
    while words:
        if dose.fullmatch(words[-1]):
            is_dose = True
        elif not link.fullmatch(words[-1]):
            break
        words.pop()
    noun = words[-1] if words else ""
    is_noun = len(noun) > 3 and noun.replace("-", "").isalpha() and not no_measure.fullmatch(noun)
    is_noun = is_noun or bool(_ABBREVIATION.fullmatch(noun))
    return noun if is_noun else "", is_dose


def _quote(passage: Passage, quantity: Quantity) -> Passage:
    """The words around a number, within its clause."""
    text = passage.text
    before = [m.start() for m in re.finditer(r"\S+", text[:quantity.start])][-WORDS_BEFORE:]
    start = before[0] if before else quantity.start
    if cut := list(re.finditer(r"[.;:]\s+", text[start:quantity.start])):
        start += cut[-1].end()
    after = [m.end() for m in re.finditer(r"\S+", text[quantity.end:])][:WORDS_AFTER]
    end = quantity.end + (after[-1] if after else 0)
    if stop := re.search(r"[;:]|\.\s", text[quantity.end:end]):
        end = quantity.end + stop.start()
    return passage.part(start, max(end, quantity.end))

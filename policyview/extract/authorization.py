"""Prior-authorization rules by product and setting. What is not said is not a rule, and never a "no"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Literal

from policyview.anchor import anchor_of
from policyview.extract.history import version_columns
from policyview.extract.near import holds
from policyview.lexicon import Entry, Lexicon
from policyview.model import Authorization, Block, Document, Part, Passage, Role, Structure
from policyview.wording.sentences import split_sentences

Setting = Literal["inpatient", "outpatient", "any"]
Required = Literal["yes", "no", "maybe"]
Kind = Literal["prior", "concurrent", "secondary_review", "notification"]
_SILENT = frozenset({Role.HISTORY, Role.REFERENCES, Role.DEFINITIONS})
_PRODUCT_WORDS = 14  # a longer first cell is a sentence, no product
_VERDICT_WORDS = 12  # a longer cell is prose
_NAME_WORDS = 8  # a longer item of a list is a condition, no name
_HEAD_WORDS = 6  # a longer cell heads no column and labels no row
_CLAUSE = re.compile(r"(?:,|;|\bbut\b|\bhowever\b|\bwhile\b)\s+(?:but\s+|however,?\s+)?", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:it|this|they)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:but|and|however,?)\s+(?P<subject>[^,.;]{3,60}?)\s+may\W*\Z")


@dataclass(frozen=True)
class _Rule:
    required: Required
    kind: Kind
    setting: Setting
    product: str  # empty where none is named: the rule is for what the document is about
    passage: Passage
    scope: str = ""  # the people or uses it is for, where it is not for all


@dataclass(frozen=True)
class _Columns:
    """What the head of a table says of its columns: settings, acts, the former wording, the names of products."""

    settings: Mapping[int, Setting] = field(default_factory=dict)
    acts: Mapping[int, Kind] = field(default_factory=dict)
    former: int | None = None
    name: int = 0


def prior_authorization(
    document: Document, structure: Structure, lexicon: Lexicon, about: str | None
) -> tuple[Authorization, ...]:
    """The document's rules, in printed order; one product and setting once.

    ``about`` names the product of a rule that names none: what the document is about.
    """
    found: dict[tuple[str, str, str, str], Authorization] = {}
    named = about or "all products"
    for part in structure.parts:
        if part.role in _SILENT:
            continue
        if not _names_an_act(part, lexicon):
            continue
        for rule in _rules(part, lexicon):
            product = ": ".join(filter(None, (rule.product or named, rule.scope)))
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
    columns = _Columns()
    blocks = list(part.iter_blocks())
    for n, block in enumerate(blocks):
        if block.kind == "row" and len(block.cells) > 1:
            if head := _head(block, lexicon):
                columns = head
            else:
                yield from _row_rules(block, columns, setting, lexicon)
            continue
        if block.kind != "row":
            columns = _Columns()
        if block.is_bold or block.passage.text.endswith(":"):
            setting = (own and _setting(block.passage.text, lexicon)) or setting
        for rule in _prose_rules(block.passage, setting, own, lexicon):
            if part.role is not Role.BACKGROUND or _opens_as_rule(rule, lexicon):
                yield from _of_each(rule, blocks[n + 1 :], lexicon)


def _of_each(rule: _Rule, after: Sequence[Block], lexicon: Lexicon) -> list[_Rule]:
    """A rule that leads in a list of products ("The following drugs require …:") as one of each."""
    if rule.product or not rule.passage.text.rstrip().endswith(":"):
        return [rule]
    listed = [block.passage for block in takewhile(lambda block: block.kind == "item", after)]
    are_names = all(len(p.text.split()) <= _NAME_WORDS and not _is_generic(p.text, lexicon) for p in listed)
    return [replace(rule, product=p.text.strip(" .;"), passage=p) for p in listed] if listed and are_names else [rule]


def _opens_as_rule(rule: _Rule, lexicon: Lexicon) -> bool:
    """Among background only a sentence that begins with the act, or with whom it is for, is a rule."""
    text = rule.passage.text
    begins_with_scope = bool(rule.scope) and text.removeprefix("For ").startswith(rule.scope)
    return begins_with_scope or any(pattern.match(text) for _, pattern in _of_role(lexicon, "act"))


def _prose_rules(
    passage: Passage, setting: Setting | None, own: bool, lexicon: Lexicon, row: str = ""
) -> Iterator[_Rule]:
    """The rules of running text; in a section on authorization "it" takes up the act of the sentence before.

    ``row`` is the product that the text's row of a table is about.
    """
    before: list[Entry] = []
    for sentence in split_sentences(passage):
        said = setting
        for clause in _parts(sentence):
            acts = _acts(clause.text, lexicon)
            if not acts and own and _PRONOUN.match(clause.text):
                acts = before
            yield from _sentence_rules(clause, acts, said, own, lexicon, row)
            before, said = acts, _setting(clause.text, lexicon) or said


def _parts(sentence: Passage) -> list[Passage]:
    """A sentence cut at its semicolons."""
    cuts = [match.end() for match in re.finditer(r";\s+", sentence.text)]
    return [part for a, b in pairwise((0, *cuts, len(sentence))) if (part := sentence.part(a, b))]


def _head(block: Block, lexicon: Lexicon) -> _Columns | None:
    """What a row says of the columns below it, where it heads them."""
    texts = [cell.text.strip(" :?*") if cell else "" for cell in block.cells]
    if versions := version_columns(texts, lexicon):
        return _Columns(former=versions[0])
    if _is_program(texts[0], texts[1], lexicon):
        return None
    names = [n for _, pattern in _of_role(lexicon, "name-column") for n, t in enumerate(texts) if pattern.fullmatch(t)]
    if not names and any(_required(text, lexicon) for text in texts):
        return None
    settings = {n: s for n, text in enumerate(texts) if len(text.split()) <= 2 and (s := _setting(text, lexicon))}
    short = [(n, text) for n, text in enumerate(texts) if n and len(text.split()) <= _HEAD_WORDS]
    acts: dict[int, Kind] = {n: found[0].get("kind") for n, text in short if (found := _acts(text, lexicon))}
    if settings or (acts and (names or not texts[0])) or len(set(names)) > 1:
        return _Columns(settings, acts, name=names[0] if names else 0)
    return None


def _row_rules(block: Block, columns: _Columns, setting: Setting | None, lexicon: Lexicon) -> Iterator[_Rule]:
    if rule := _labelled(block, setting, lexicon):
        yield rule
        return
    product = _row_product(block, columns, lexicon)
    for n, cell in enumerate(block.cells):
        if not cell or n == columns.former:
            continue
        is_short = len(cell.text.split()) <= _VERDICT_WORDS
        required = _required(cell.text, lexicon)
        acts = _acts(cell.text, lexicon)
        said = columns.settings.get(n) or setting or _setting(cell.text, lexicon) or "any"
        if n in columns.acts and is_short and (answer := _answer(cell.text, lexicon) or required):
            yield _Rule(answer, columns.acts[n], said, product, block.passage)
        elif n and product and required and is_short and (acts or n in columns.settings):
            yield _Rule(required, acts[0].get("kind") if acts else "prior", said, product, block.passage)
        elif acts:
            yield from _prose_rules(cell, setting, False, lexicon, product)


def _labelled(block: Block, setting: Setting | None, lexicon: Lexicon) -> _Rule | None:
    """A row of a label and its answer: "Precertification required? | No"."""
    label, answer = block.cells[:2]
    if not label or not answer or len(label.text.split()) > _HEAD_WORDS:
        return None
    acts, required = _acts(label.text, lexicon), _answer(answer.text, lexicon)
    if _is_program(label.text, answer.text, lexicon):
        return _Rule("yes", "prior", setting or "any", "", block.passage)
    if not acts or not required:
        return None
    said = _setting(label.text, lexicon) or _setting(answer.text, lexicon) or setting or "any"
    return _Rule(required, acts[0].get("kind"), said, _products(answer.text, lexicon)[0], block.passage)


def _is_program(label: str, value: str, lexicon: Lexicon) -> bool:
    """A row of the title block that calls the document a program of authorization ("Program | Prior Authorization")."""
    is_label = any(pattern.fullmatch(label.strip(" :")) for _, pattern in _of_role(lexicon, "program-label"))
    return is_label and any(pattern.fullmatch(value.strip(" :*")) for _, pattern in _of_role(lexicon, "program"))


def _row_product(block: Block, columns: _Columns, lexicon: Lexicon) -> str:
    """The product a row is about; empty where its first cell is a sentence or the label of a rubric."""
    cell = block.cells[columns.name] if columns.name < len(block.cells) else None
    text = re.sub(r"\s+(?:SM|TM)\b|[®™℠]", "", cell.text.strip()) if cell and columns.former is None else ""
    is_name = any(map(str.isalpha, text)) and len(text.split()) <= _PRODUCT_WORDS and not text.endswith(":")
    is_label = any(pattern.fullmatch(text) for _, pattern in _of_role(lexicon, "label"))
    return text if is_name and not is_label and not _acts(text, lexicon) else ""


def _answer(text: str, lexicon: Lexicon) -> Required | None:
    """The answer a cell begins with ("Y", "No", "Not required")."""
    for entry, pattern in _of_role(lexicon, "answer"):
        if pattern.match(text.strip()):
            required: Required = entry.get("required")
            return required
    return None


def _sentence_rules(
    sentence: Passage, acts: Sequence[Entry], setting: Setting | None, own: bool, lexicon: Lexicon, row: str
) -> Iterator[_Rule]:
    text = sentence.text
    if not acts or any(p.search(text) for _, p in _of_role(lexicon, "skip")):
        return
    if not row and any(p.match(text) for _, p in _of_role(lexicon, "legend")):
        return
    required = _required(text, lexicon)
    if required is None:
        return
    said = _setting(text, lexicon) or (setting if own else None) or "any"
    scope = _scope(text, lexicon)
    for product in _products(text, lexicon, row):
        yield _Rule(required, acts[0].get("kind"), said, product, sentence, scope)


def _scope(text: str, lexicon: Lexicon) -> str:
    """The people or uses that a rule is for, in its own words, where it says that it is not for all."""
    found = (match for _, pattern in _of_role(lexicon, "scope") if (match := pattern.search(text)))
    return next((" ".join(match.group().split()) for match in found), "")


def _names_an_act(part: Part, lexicon: Lexicon) -> bool:
    """Whether a part speaks of authorization at all: most do not, and their sentences need no look."""
    texts = [part.section.heading] if part.section else []
    return any(_acts(text, lexicon) for text in (*texts, *(block.passage.text for block in part.iter_blocks())))


def _acts(text: str, lexicon: Lexicon) -> list[Entry]:
    """The acts (prior authorization, concurrent review …) a text speaks of."""
    folded = text.lower()
    return [e for e, pattern in _of_role(lexicon, "act") if holds(folded, e.get("needs")) and pattern.search(text)]


def _required(text: str, lexicon: Lexicon) -> Required | None:
    """What a text says of the requirement; of several clauses the last that says it."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    for clause in reversed(clauses or [text]):
        for entry, pattern in _of_role(lexicon, "requirement"):
            if pattern.search(clause.strip()):
                required: Required = entry.get("required")
                return required
    return None


def _setting(text: str, lexicon: Lexicon) -> Setting | None:
    named = [entry.get("setting") for entry, pattern in _of_role(lexicon, "setting") if pattern.search(text)]
    return named[0] if len(named) == 1 else None


def _products(text: str, lexicon: Lexicon, row: str = "") -> list[str]:
    """The products a rule is for: those its sentence names, its row's or its subject; else one empty name."""
    for _, pattern in _of_role(lexicon, "product"):
        if named := [" ".join(next(filter(None, match.groups())).split()) for match in pattern.finditer(text)]:
            return list(dict.fromkeys(named))
    if row:
        return [row]
    if match := _SUBJECT.search(text):
        return [match.group("subject")]
    return [_subject(text, lexicon)]


def _subject(text: str, lexicon: Lexicon) -> str:
    """The drug or service of which a sentence says what it requires; empty where it speaks of people or of anything."""
    for _, pattern in _of_role(lexicon, "pointing"):
        if match := pattern.match(text.lstrip(" *†‡")):
            return match.group()
    for _, pattern in _of_role(lexicon, "subject"):
        for match in pattern.finditer(text):
            name = " ".join(next(filter(None, match.groups())).split())
            for _, opening in _of_role(lexicon, "opening"):
                name = opening.sub("", name, count=1).strip()
            points = any(p.fullmatch(name) for _, p in _of_role(lexicon, "pointing"))
            if points or not _is_generic(name, lexicon):
                return name.strip(" *†‡“”\"")
    return ""


def _is_generic(name: str, lexicon: Lexicon) -> bool:
    """Whether words name people, requests or "any" service rather than a drug or service."""
    return any(pattern.match(name) for _, pattern in _of_role(lexicon, "generic"))

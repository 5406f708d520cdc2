"""Terms that the document defines: a definitions section, and "X is defined as …" in its own rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from policyview.anchor import anchor_of
from policyview.extract.abbreviations import pairs_in
from policyview.extract.near import holds
from policyview.lexicon import Lexicon
from policyview.model import Block, Definition, Document, Part, Passage, Role, Structure, join
from policyview.wording.sentences import split_sentences

_TERM_WORDS = 12  # a longer run before a colon is a sentence
_BRACKET_TERM_WORDS = 4  # before "(defined as …)"; of a longer clause the term cannot be told
_HEAD = re.compile(r"(?P<term>[\"“]?[^\W_][^:.;\n]{1,110}?)[\"”]?\s*(?::(?!//)|\s[–—]\s|\s-\s|(?<=\w)[-–—]\s)\s*(?=\S)")
_QUOTED = re.compile(r"[“\"](?P<term>[^“”\"]{2,90})[”\"]")
_QUOTED_HEAD = re.compile(rf"{_QUOTED.pattern}(?:\s*\([^)]*\)|\s+or\s+[“\"][^“”\"]+[”\"])*\s*[,:–—-]?\s*(?=\S)")
_INNER_HEAD = re.compile(r"(?<=[.!?)])\s+(?P<term>[A-Z][\w/'’()-]*(?:\s+[\w/'’()-]+){0,5}):\s+(?=[A-Z])")
_ARTICLE = re.compile(r"(?:an?|the|any)\s+", re.IGNORECASE)
_RULES = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.DESCRIPTION, Role.DISCLAIMER})
_CLAUSE = re.compile(r"[,;:(]\s*|\b(?:and|or|where|when|that|which|if)\s+")


def definitions(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[Definition, ...]:
    """All definitions, each term once."""
    found: dict[str, Definition] = {}
    for part in structure.parts:
        for term, text, introduced in _of_part(part, lexicon):
            name = _spelled_out(" ".join(term.split()).strip("\"“”'*-–• :"), introduced)
            if name and text:
                anchor = anchor_of(document, text)
                found.setdefault(name.lower(), Definition(name, " ".join(text.text.split()), anchor))
    return tuple(found.values())


def _of_part(part: Part, lexicon: Lexicon) -> Iterator[tuple[str, Passage, str]]:
    """(term, text, passage that may spell the term out) of each definition in a section."""
    if part.role is Role.DEFINITIONS:
        listed = [(pair, block) for block in _rows_joined(part.iter_blocks()) for pair in _listed(block, lexicon)]
        yield from ((term.text, text, block.passage.text) for (term, text), block in listed)
        if not listed and _is_term(part, lexicon):
            assert part.section is not None
            yield part.section.heading, part.blocks[0].passage, ""
    elif part.role in _RULES or part.role is Role.OTHER:
        for block in part.iter_blocks():
            for term, text in _said(block.passage, lexicon, is_rule=part.role in _RULES):
                yield term.text, text, block.passage.text


def _is_term(part: Part, lexicon: Lexicon) -> bool:
    """Whether a section below the definitions has a term for its heading and the words on it for its text."""
    if not part.section or not part.blocks or not any(s.role is Role.DEFINITIONS for s in part.path[:-1]):
        return False
    is_name = bool(lexicon["definitions"]["column"].regex.match(part.section.heading))
    return part.blocks[0].kind == "paragraph" and not is_name and len(part.section.heading.split()) <= _TERM_WORDS


def _rows_joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, a row without a term joined to the row above it, of which it goes on."""
    waiting: Block | None = None
    for block in blocks:
        is_more = block.kind == "row" and len(block.cells) > 1 and not block.cells[0]
        if waiting and is_more and len(block.cells) == len(waiting.cells):
            cells = tuple(join([a, b]) for a, b in zip(waiting.cells, block.cells, strict=True))
            waiting = replace(waiting, cells=cells)
            continue
        if waiting:
            yield waiting
        waiting = block
    if waiting:
        yield waiting


def _listed(block: Block, lexicon: Lexicon) -> Iterator[tuple[Passage, Passage]]:
    """(term, text) of a block of a definitions section."""
    if block.kind == "row" and len(block.cells) > 1:
        is_head = block.is_head or lexicon["definitions"]["column"].regex.fullmatch(block.cells[0].text.strip(" :*"))
        if not is_head and block.cells[0] and block.cells[1]:
            yield block.cells[0], block.cells[1]
        return
    passage = block.passage
    if quoted := _QUOTED_HEAD.match(passage.text):
        copula = lexicon["definitions"]["copula"].regex.match(passage.text, quoted.end())
        yield passage.part(quoted.start("term"), quoted.end("term")), passage.part((copula or quoted).end())
        return
    first = _HEAD.match(passage.text)
    cue = lexicon["definitions"]["is_defined"].regex.search(passage.text)
    if first and len(first.group("term").split()) <= _TERM_WORDS and not (cue and cue.start() < first.end()):
        yield from _headed(passage, first)
    else:
        yield from _told(passage, lexicon)


def _headed(passage: Passage, first: re.Match[str]) -> Iterator[tuple[Passage, Passage]]:
    """(term, text) of "Term: text", and of further terms that the same paragraph runs on with."""
    heads = [first, *_INNER_HEAD.finditer(passage.text, first.end())]
    ends = [head.start("term") for head in heads[1:]] + [len(passage)]
    for head, end in zip(heads, ends, strict=True):
        yield passage.part(head.start("term"), head.end("term")), passage.part(head.end(), end)


def _told(passage: Passage, lexicon: Lexicon) -> Iterator[tuple[Passage, Passage]]:
    """(term, text) of "Term refers to …" and, where nothing else is said, of "Term is a …"."""
    said = list(_said(passage, lexicon, is_rule=True))
    yield from said
    match = None if said else lexicon["definitions"]["plain"].regex.match(passage.text)
    if match and not lexicon["definitions"]["pointing"].regex.match(passage.text):
        article = _ARTICLE.match(passage.text)
        yield passage.part(article.end() if article else 0, match.end("term")), passage.part(match.start("text"))


def _said(passage: Passage, lexicon: Lexicon, *, is_rule: bool) -> Iterator[tuple[Passage, Passage]]:
    """(term, text) of "X is defined as Y" and "X (defined as Y)"; outside the rules only where it is said outright."""
    if not holds(passage.text.lower(), lexicon["definitions"]["is_defined"].get("needs")):
        return
    cue, bracket = lexicon["definitions"]["is_defined"].regex, lexicon["definitions"]["bracketed"].regex
    outright = lexicon["definitions"]["outright"].regex
    lead = lexicon["definitions"]["lead"].regex
    for sentence in split_sentences(passage):
        text = sentence.text
        if match := bracket.search(text):
            close = text.find(")", match.end())
            term = _noun_before(sentence, match.start(), lexicon)
            if close > 0 and term:
                yield term, sentence.part(match.end(), close)
            continue
        match = re.search(rf"\b(?:{cue.pattern})\b", text, re.IGNORECASE)
        if match and (quoted := _quoted_before(text, match.start())):
            yield sentence.part(*quoted.span("term")), sentence.part(match.end())
            continue
        if not match or len(text[:match.start()].split()) > _TERM_WORDS:
            continue
        if not is_rule and not outright.match(match.group()):
            continue
        start = found.end() if (found := lead.match(text)) else 0
        while start < match.start() and text[start].isspace():
            start += 1
        if article := _ARTICLE.match(text, start):
            start = article.end()
        term = sentence.part(start, match.start())
        if lexicon["definitions"]["pointing"].regex.match(term.text):
            continue
        if term and not _CLAUSE.search(term.text.replace("(", "", 1) if term.text.endswith(")") else term.text):
            yield term, sentence.part(match.end())


def _quoted_before(text: str, end: int) -> re.Match[str] | None:
    """The term in quotation marks right before the words that define it."""
    quoted = (match for match in _QUOTED.finditer(text, 0, end) if not text[match.end():end].strip())
    return next(quoted, None)


def _noun_before(sentence: Passage, end: int, lexicon: Lexicon) -> Passage | None:
    """The last few words before a bracket, from the last clause boundary on."""
    start = max((m.end() for m in _CLAUSE.finditer(sentence.text, 0, end)), default=0)
    for verb in lexicon["definitions"]["verb"].regex.finditer(sentence.text, start, end):
        start = verb.end()
    words = sentence.text[start:end].split()
    if not 0 < len(words) <= _BRACKET_TERM_WORDS:
        return None
    return sentence.part(start, end)


def _spelled_out(term: str, text: str) -> str:
    """"OI" as "Oxygen index (OI)" where the same passage introduces it so."""
    if not term.isupper():
        return term
    long_form = dict(pairs_in(text)).get(term)
    return f"{long_form} ({term})" if long_form else term

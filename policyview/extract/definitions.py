"""Terms that the document defines: a definitions section, and "X is defined as …" in its own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyview.anchor import anchor_of
from policyview.extract.abbreviations import pairs_in
from policyview.extract.near import holds
from policyview.extract.sentences import split_sentences
from policyview.lexicon import Lexicon
from policyview.model import Block, Definition, Document, Passage, Role, Structure

_TERM_WORDS = 12  # a longer run before a colon is a sentence
_BRACKET_TERM_WORDS = 4  # before "(defined as …)"; of a longer clause the term cannot be told
_HEAD = re.compile(r"(?P<term>[\"“]?[^\W_][^:.;\n]{1,110}?)[\"”]?\s*(?::|\s[–—]\s|\s-\s)\s*(?=\S)")
_INNER_HEAD = re.compile(r"(?<=[.!?)])\s+(?P<term>[A-Z][\w/'’()-]*(?:\s+[\w/'’()-]+){0,5}):\s+(?=[A-Z])")
_ARTICLE = re.compile(r"(?:an?|the|any)\s+", re.IGNORECASE)
_RULES = frozenset({Role.POLICY, Role.CRITERIA, Role.NOT_COVERED, Role.DESCRIPTION, Role.DISCLAIMER})
_CLAUSE = re.compile(r"[,;:(]\s*|\b(?:and|or|where|when|that|which|if)\s+")


def definitions(document: Document, structure: Structure, lexicon: Lexicon) -> tuple[Definition, ...]:
    """All definitions, each term once."""
    found: dict[str, Definition] = {}
    for part in structure.parts:
        for block in part.iter_blocks():
            pairs = _listed(block) if part.role is Role.DEFINITIONS else iter(())
            if part.role in _RULES:
                pairs = _said(block.passage, lexicon)
            for term, text in pairs:
                name = _spelled_out(" ".join(term.text.split()).strip("\"“”'*-–•: "), block.passage.text)
                if name and text:
                    found.setdefault(
                        name.lower(), Definition(name, " ".join(text.text.split()), anchor_of(document, text))
                    )
    return tuple(found.values())


def _listed(block: Block) -> Iterator[tuple[Passage, Passage]]:
    """(term, text) of a block of a definitions section."""
    if block.kind == "row" and len(block.cells) > 1:
        if not block.is_head and block.cells[0] and block.cells[1]:
            yield block.cells[0], block.cells[1]
        return
    passage = block.passage
    first = _HEAD.match(passage.text)
    if not first or len(first.group("term").split()) > _TERM_WORDS:
        return
    heads = [first, *_INNER_HEAD.finditer(passage.text, first.end())]
    ends = [head.start("term") for head in heads[1:]] + [len(passage)]
    for head, end in zip(heads, ends, strict=True):
        yield passage.part(head.start("term"), head.end("term")), passage.part(head.end(), end)


def _said(passage: Passage, lexicon: Lexicon) -> Iterator[tuple[Passage, Passage]]:
    """(term, text) of "X is defined as Y" and "X (defined as Y)"."""
    if not holds(passage.text.lower(), lexicon["definitions"]["is_defined"].get("needs")):
        return
    cue, bracket = lexicon["definitions"]["is_defined"].regex, lexicon["definitions"]["bracketed"].regex
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
        if not match or len(text[:match.start()].split()) > _TERM_WORDS:
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

"""Labelled lines over a list of criteria that say which use the list is for ("Product: Oakstat", "Diagnosis: Gout")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from policyview.anchor import anchor_of
from policyview.extract.shapes import stage_of
from policyview.lexicon import Lexicon
from policyview.model import Block, Document, Indication, Limit, Part, Passage, Stage

FEWEST = 2  # labelled lines that make a card
LABEL_WORDS = 4
_NAMES = ("card-product", "card-use", "card-stage", "card-period")


@dataclass(frozen=True)
class Card:
    """What the lines between ``start`` and ``end`` say of the criteria below them, by the name of the label."""

    start: int
    end: int
    said: dict[str, Passage]

    def words(self, *names: str) -> list[str]:
        return [self.said[name].text.strip(" .") for name in names if name in self.said]


def with_cards(
    found: Sequence[Indication], document: Document, parts: Sequence[Part], lexicon: Lexicon
) -> list[Indication]:
    """The indications, those without a name of their own named by the card over their criteria, with its stage and
    period; a period on a card is of no other use."""
    cards = [card for part in parts for card in _cards(part.blocks, lexicon)]
    if not cards:
        return list(found)
    nexts = [card.start for card in cards[1:]] + [len(document.text)]
    out = []
    for use in found:
        at = use.criteria[0].anchor.start if use.criteria else -1
        card = next((card for card, end in zip(cards, nexts, strict=True) if card.end <= at < end), None)
        kept = [limit for limit in use.limits if not any(c.start <= limit.anchor.start < c.end for c in cards)]
        use = replace(use, limits=tuple(kept))
        out.append(_named(use, card, document, lexicon) if card else use)
    return out


def _named(use: Indication, card: Card, document: Document, lexicon: Lexicon) -> Indication:
    stage: Stage | None = stage_of(card.words("card-stage"), lexicon) or use.stage
    limits = list(use.limits)
    if period := card.said.get("card-period"):
        limits.append(Limit("approval_period", period.text, anchor_of(document, period)))
    is_heading = use.section.strip(" :") == use.anchor.quote.strip(" :")
    names = card.words("card-product", "card-use")
    if is_heading and not all(name.casefold() in use.text.casefold() for name in names):
        is_bare = bool(lexicon["statements"]["heading-coverage"].regex.fullmatch(use.anchor.quote))
        own = card.words("card-stage") if is_bare else [use.text]
        use = replace(use, text=": ".join([*names, *own]))
    return replace(use, stage=stage, limits=tuple(limits))


def _cards(blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[Card]:
    """The cards among blocks: runs of labelled lines, or the one line "For diagnosis of gout", over a list."""
    run: list[tuple[str, Passage, Block]] = []
    for block, after in pairwise((*blocks, None)):
        assert block is not None
        line = _labelled(block, lexicon)
        if line:
            run.append((*line, block))
        if run and (not line or after is None):
            if card := _card(run):
                yield card
            run = []


def _card(run: Sequence[tuple[str, Passage, Block]]) -> Card | None:
    said = {name: block.passage if name == "card-period" else value for name, value, block in run if name}
    is_card = "card-use" in said and (len(run) >= FEWEST or not run[0][2].passage.text.count(":"))
    return Card(run[0][2].passage.start, run[-1][2].passage.end, said) if is_card else None


def _labelled(block: Block, lexicon: Lexicon) -> tuple[str, Passage] | None:
    """The name of a label and its value; no name for a label that says nothing of a use."""
    statements = lexicon["statements"]
    if block.kind == "row" and len(block.cells) == FEWEST and block.cells[0] and block.cells[1]:
        label, value = block.cells[0].text, block.cells[1]
    elif block.kind == "paragraph" and (line := statements["card-line"].regex.match(block.passage.text)):
        return "card-use", block.passage.part(line.end())
    elif block.kind == "paragraph" and ":" in block.passage.text:
        label, _, _ = block.passage.text.partition(":")
        value = block.passage.part(len(label) + 1)
    else:
        return None
    if not value or len(label.split()) > LABEL_WORDS:
        return None
    plain = label.strip(" :*")
    return next((name for name in _NAMES if statements[name].regex.fullmatch(plain)), ""), value.part(
        len(value.text) - len(value.text.lstrip())
    )

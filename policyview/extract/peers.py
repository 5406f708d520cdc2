"""A use among others that are granted, which says only what for and for how long: granted as they are."""

from __future__ import annotations

from collections.abc import Sequence

from policyview.extract.cues import Cue
from policyview.extract.limit_words import kind_of_line
from policyview.extract.naming import section_label
from policyview.lexicon import Entry, Lexicon
from policyview.model import Determination, Indication, Part, Passage

_ISSUED = Entry("period-of-peer", (), (), {"determination": "medically_necessary", "ground": "not_stated"})


def peer_grant(part: Part, found: Sequence[Indication], lexicon: Lexicon) -> tuple[Passage, Cue] | None:
    """What a lettered part beside granted uses names, and the period that grants it ("R. … / Authorization of 1 year");
    None where the part is no list's peer or holds more than paragraphs."""
    paragraphs = [block.passage for block in part.blocks if block.kind == "paragraph" and not block.label]
    if len(paragraphs) < len(part.blocks) or not _is_peer(part, found):
        return None
    kinds = [kind_of_line(passage.text, lexicon) for passage in paragraphs]
    if kinds.count("approval_period") != 1 or kinds[0] is not None:
        return None
    line = paragraphs[kinds.index("approval_period")]
    return paragraphs[0], Cue(line, 0, len(line), _ISSUED)


def _is_peer(part: Part, found: Sequence[Indication]) -> bool:
    """Whether the use before is granted, under the same heading, in a part lettered likewise."""
    if part.section is None or not found or found[-1].determination is not Determination.MEDICALLY_NECESSARY:
        return False
    above = tuple(section.heading for section in part.path)
    before = found[-1].context
    if len(above) < 2 or before[: len(above) - 1] != above[:-1] or len(before) < len(above):
        return False
    last, label = before[len(above) - 1], section_label(part.section).strip("().")
    return label[:1].isalnum() and last != above[-1] and _style(last) == _style(label)


def _style(label: str) -> str:
    first = label.lstrip("( ")[:1]
    is_label = label.lstrip("( ")[1:2] in {"", ".", ")"}
    return "" if not is_label else "1" if first.isdigit() else "A" if first.isupper() else "a"

"""What a criteria document says once for all the uses it lists: "covered when the criteria below are met"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policyview.extract.conditions import names_condition
from policyview.extract.cues import Cue, Lead
from policyview.lexicon import Entry, Lexicon
from policyview.model import Part, Passage, Role
from policyview.wording.sentences import split_sentences

_SILENT = frozenset({Role.REFERENCES, Role.HISTORY, Role.DEFINITIONS, Role.CODING, Role.DISCLAIMER})
_CRITERIA = Entry("general", (), (), {"determination": "medically_necessary", "ground": "not_stated"})


def _says_criteria(lead: Lead) -> bool:
    return "criteria" in lead.cue.words.text.lower()


def general_lead(
    parts: Sequence[Part],
    statement_cue: Callable[[Passage], Cue | None],
    headed: Callable[[Part], Passage | None],
    lexicon: Lexicon,
) -> Lead | None:
    """The statement that covers whatever meets the criteria that follow, else the first words on such criteria.

    None where the document speaks neither of approval nor of criteria for it.
    """
    words = lexicon["statements"]["general-lead"].regex
    points = lexicon["statements"]["points-on"].regex
    weak: Lead | None = None
    for part in parts:
        if part.role in _SILENT:
            continue
        heading = headed(part)
        if weak is None and heading and words.search(heading.text):
            weak = Lead(Cue(heading, 0, len(heading), _CRITERIA), heading, part=part)
        for block in part.blocks:
            if block.kind != "paragraph" or not block.passage:
                continue
            for sentence in split_sentences(block.passage):
                is_open = "criteria" in sentence.text.lower() and points.search(sentence.text.rstrip())
                cue = statement_cue(sentence) if is_open else None
                if cue and cue.is_positive and not names_condition(sentence.text, lexicon):
                    return Lead(cue, sentence, part=part)
                match = words.search(sentence.text)
                if match and (weak is None or ("criteria" in match.group().lower() and not _says_criteria(weak))):
                    weak = Lead(Cue(sentence, match.start(), match.end(), _CRITERIA), sentence, part=part)
    return weak

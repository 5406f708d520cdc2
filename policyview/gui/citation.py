"""Says where words come from: payer, policy, version, page and section beside every copied text."""

from __future__ import annotations

from functools import lru_cache

from policyview import dating
from policyview.export import vocabulary
from policyview.export.legible import base_name, printable
from policyview.gui.heading_words import heading
from policyview.gui.standing import Standing, Target
from policyview.model import Anchor, Reading, State

_KEPT_NAMES = 20_000  # asked for again at each step of a reading


def source_name(reading: Reading) -> str:
    """Payer (the title where none is named) and policy number, the file's name where the document tells neither."""
    policy = reading.facts.policy
    names = [policy.payer or policy.title or "", policy.number or ""]
    return " · ".join(filter(None, map(_flat, names))) or short_name(reading.file)


@lru_cache(maxsize=_KEPT_NAMES)
def short_name(file: str) -> str:
    """The last part of a file's path, fit to be shown: a name of several lines, too, stands on one."""
    return base_name(file)


def version_words(reading: Reading) -> str:
    """The date that names the version and which date it is; empty where none is printed."""
    version = dating.version_of(reading)
    return f"{vocabulary.which_word(version.which)} {version.date}" if version else ""


def citation(reading: Reading, page: int | None = None, section: str = "") -> str:
    """The source of a passage on one line."""
    policy = reading.facts.policy
    place = f"p. {page}" if page else "", heading(section)
    named = [policy.payer, policy.title, policy.number, version_words(reading), *place]
    return ", ".join(_flat(part) for part in named if part) or short_name(reading.file)


def cell_text(standing: Standing) -> str:
    """A cell as text to paste elsewhere: what it says, the payer's own words, and where they stand."""
    row = _flat(standing.row.label)
    if standing.state is State.SILENT:
        return f"{row}: {standing.state_word} ({citation(standing.reading)})"
    lines = []
    for number, indication in enumerate(standing.indications):
        target = standing.target(number)
        words = " … ".join(_flat(anchor.quote) for anchor in target.words)
        stated = f" ({_flat(indication.stated)})" if indication.stated else ""
        said = vocabulary.determination_word(indication.determination)
        lines.append(f"{row}: {said}{stated}\n“{words}”\n— {target_citation(target)}")
    if standing.catch_all is not None:
        said = vocabulary.determination_word(standing.catch_all.determination)
        words = _flat(standing.catch_all.anchor.quote)
        where = target_citation(standing.target())
        lines.append(f"{row}: {said} ({standing.state_word})\n“{words}”\n— {where}")
    return "\n\n".join(lines)


def words_text(reading: Reading, anchor: Anchor) -> str:
    """Words of a document as text to paste elsewhere."""
    return f"“{_flat(anchor.quote)}”\n— {citation(reading, anchor.page)}"


def target_citation(target: Target) -> str:
    """The citation of a place."""
    return citation(target.reading, target.page, target.section)


def _flat(text: str) -> str:
    return " ".join(printable(text).split())

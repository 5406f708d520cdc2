"""The words, icons and colours in which determinations, states and agreements are shown.

The window, the report and the sheet all speak from here, so that they say the same. The words are data
(``resources/vocabulary.toml``), the icons files of ``resources/icons``, the colours those of
``resources/style/theme.toml``. No Qt, no document: any part above ``pipeline`` may use it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from policyview import outline
from policyview.model import Agreement, Criterion, Determination, Logic, State
from policyview.resources import resource

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Display:
    """How a determination is shown: never by colour alone. Colours are ``#rrggbb``."""

    word: str
    short: str
    icon: str
    outline: str
    light: str
    dark: str


@cache
def _words() -> dict[str, dict[str, Any]]:
    with resource("vocabulary.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def theme() -> dict[str, Any]:
    """The colours of both schemes, as ``style/theme.toml`` holds them."""
    with resource("style", "theme.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def display(determination: Determination) -> Display:
    """Everything that shows a determination."""
    entry, name = _words()["determinations"][determination], str(determination)
    colours = [theme()[scheme]["determinations"][name] for scheme in ("light", "dark")]
    return Display(entry["word"], entry["short"], entry["icon"], entry["outline"], *colours)


def word(family: str, value: str | None) -> str:
    """The word for a value of a family (``states``, ``lines``, ``limits`` …); an unknown value speaks for itself."""
    return "" if value is None else str(_words()[family].get(value, value.replace("_", " ")))


def determination_word(determination: Determination) -> str:
    return display(determination).word


def state_word(state: State) -> str:
    return word("states", state)


def agreement_word(agreement: Agreement) -> str:
    return word("agreements", agreement)


def agreement_told(agreement: Agreement) -> str:
    """What an agreement means, as half a sentence."""
    return word("agreements_told", agreement)


def state_told(state: State) -> str:
    """What a state means, as half a sentence."""
    return word("states_told", state)


def which_word(which: str) -> str:
    """Which of the printed dates names a version."""
    return word("dates", which)


def authority_word(authority: str) -> str:
    return word("authorities", authority)


def logic_words(logic: Logic | None, n: int | None = None) -> str:
    """How many of the criteria below must hold, in words; empty where the source does not say."""
    return outline.logic_words(logic, n)


def criterion_word(criterion: Criterion) -> str:
    """What sort of criterion it is, and whether a reviewer set its words or its logic; empty if neither."""
    return " · ".join(filter(None, (word("criteria", criterion.kind), word("criterion_origins", criterion.origin))))


def icon_name(determination: Determination, is_derived: bool = False) -> str:
    """The file name without ending in ``resources/icons``; the lighter one where the position is derived."""
    shown = display(determination)
    return shown.outline if is_derived else shown.icon


@cache
def icon_svg(name: str) -> str:
    """An icon's SVG, 16 by 16, drawn in ``currentColor`` (Qt draws that black: replace it with a colour)."""
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")

"""Every value of the model has its word, its icon and its colours."""

from __future__ import annotations

import re
import sys
from typing import get_args
from xml.etree import ElementTree

import pytest

from policyview.export import vocabulary
from policyview.model import (
    Agreement,
    Applicability,
    Authorization,
    Cell,
    Code,
    Criterion,
    Determination,
    Indication,
    Limit,
    NotInForce,
    Policy,
    State,
    Version,
)
from policyview.resources import resource

FAMILIES = [
    ("dates", Version, "which"), ("authorities", Policy, "authority"), ("kinds", Policy, "kind"),
    ("lines", Applicability, "line"), ("grounds", Indication, "ground"), ("criteria", Criterion, "kind"),
    ("limits", Limit, "kind"), ("origins", Cell, "origin"), ("code_groups", Code, "group"),
    ("settings", Authorization, "setting"), ("authorizations", Authorization, "kind"),
    ("requirements", Authorization, "required"),
]  # fmt: skip


@pytest.mark.parametrize("determination", Determination)
def test_determination_has_word_icons_and_colours(determination: Determination) -> None:
    shown = vocabulary.display(determination)
    assert shown.word[0].isupper()
    assert re.fullmatch(r"#[0-9a-f]{6} #[0-9a-f]{6}", f"{shown.light} {shown.dark}")
    for name in (shown.icon, shown.outline):
        root = ElementTree.fromstring(vocabulary.icon_svg(name))
        assert root.get("viewBox") == "0 0 16 16"
        assert "currentColor" in vocabulary.icon_svg(name)


def test_determinations_are_told_apart_without_colour() -> None:
    words = {vocabulary.determination_word(each) for each in Determination}
    icons = {vocabulary.icon_name(each) for each in Determination}
    assert len(words) == len(icons) == len(Determination)
    assert vocabulary.icon_name(Determination.NOT_COVERED, is_derived=True) != vocabulary.icon_name(
        Determination.NOT_COVERED
    )


def test_states_and_agreements_have_words() -> None:
    assert vocabulary.state_word(State.CATCH_ALL) == "catch-all"
    assert len({vocabulary.state_word(each) for each in State}) == len(State)
    assert len({vocabulary.agreement_told(each) for each in Agreement}) == len(Agreement)


@pytest.mark.parametrize(("family", "kind", "field"), FAMILIES)
def test_every_value_of_the_model_is_in_its_family(family: str, kind: type, field: str) -> None:
    names = vars(sys.modules[kind.__module__])
    literal = names.get(kind.__annotations__[field]) or eval(kind.__annotations__[field], names)
    words = vocabulary._words()[family]
    assert set(get_args(literal)) == set(words)


def test_every_reason_why_a_version_is_not_in_force_has_a_word_and_an_icon() -> None:
    assert set(get_args(NotInForce)) == set(vocabulary._words()["not_in_force"])
    assert all("currentColor" in vocabulary.icon_svg(f"version-{reason}") for reason in get_args(NotInForce))


def test_logic_in_words() -> None:
    assert vocabulary.logic_words("at_least", 2) == "at least 2 of these"
    assert vocabulary.logic_words("none") == "none of these"
    assert vocabulary.logic_words(None) == ""


def test_every_icon_file_is_plain_svg() -> None:
    for path in resource("icons").glob("*.svg"):
        root = ElementTree.parse(path).getroot()
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "g", "path", "circle", "rect"}, path

"""Flat lists: what stands behind "ONE of the following:" is read below it, and the doubt is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyview.extract.announced import with_announced, with_restarted
from policyview.model import Block, Passage
from tests.extract.reading import LEXICON, indications_of, tree

TITLE = "# Medical Policy: Limb Warming\n\n## Policy\n\n"
LEAD = "Limb warming is considered medically necessary for cold toes when all of the following criteria are met:\n\n"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (
            ["Toes are white", "Do not have any of the following", "Gangrene", "Burns"],
            ["Toes are white", ["Do not have any of the following", "none", ["Gangrene", "Burns"]]],
        ),
        (
            ["Has failed ONE of the following:", "Wool", "Baths", "Prescribed by a surgeon", "Has a bed"],
            [["Has failed ONE of the following:", "any", ["Wool", "Baths"]], "Prescribed by a surgeon", "Has a bed"],
        ),
        (
            ["Any of the following:", "Wool", "Baths", "Both of the following:", "White toes", "No pulse", "Cold room"],
            [["Any of the following:", "any", ["Wool", "Baths"]],
             ["Both of the following:", "all", ["White toes", "No pulse"]], "Cold room"],
        ),
        (
            ["One of the following:", "Member has gout", "Member has warts", "Member does not have burns"],
            [["One of the following:", "any", ["Member has gout", "Member has warts"]], "Member does not have burns"],
        ),
        (
            ["Cold hands", "Either of the following", "Pulse was taken; or", "Skin was seen; and", "Toes are white"],
            ["Cold hands", ["Either of the following", "any", ["Pulse was taken", "Skin was seen"]], "Toes are white"],
        ),
        (  # alternatives within alternatives: "OR" carries the list on, a like announcement ends the inner one
            ["The member has ONE of the following:", "Slow gout as a diagnosis AND ONE of the following:",
             "A test OR", "ONE of the following:", "The member is old OR", "Warts OR",
             "Fast gout as a diagnosis AND ONE of the following:", "A scan OR", "A smell"],
            [["The member has ONE of the following:", "any", [
                ["Slow gout as a diagnosis AND ONE of the following:", "any",
                 ["A test", ["ONE of the following:", "any", ["The member is old", "Warts"]]]],
                ["Fast gout as a diagnosis AND ONE of the following:", "any", ["A scan", "A smell"]],
            ]]],
        ),
    ],
)
def test_an_announcing_bullet_holds_what_it_announces(tmp_path: Path, items: list[str], expected: list[object]) -> None:
    (indication,) = indications_of(tmp_path, TITLE + LEAD + "".join(f"- {item}\n" for item in items))
    assert tree(indication.criteria) == expected
    assert indication.doubt is not None
    assert "stand below" in indication.doubt
    assert indication.confidence < 0.65


def test_alternatives_that_no_announcement_holds_are_not_said_to_hold_together(tmp_path: Path) -> None:
    items = ["Any of the following:", "Wool", "Both of the following:", "Snow", "Ice OR", "White toes"]
    (indication,) = indications_of(tmp_path, TITLE + LEAD + "".join(f"- {item}\n" for item in items))
    assert indication.logic is None


def test_an_announcing_use_holds_its_criteria(tmp_path: Path) -> None:
    uses = indications_of(tmp_path, TITLE + (
        "Limb warming is covered for any of the following indications:\n\n- To confirm gout in any of the following "
        "situations:\n- A walker with white toes\n- A child with blue toes\n- Warming of dancers, when all of the "
        "following are met:\n    1. Snow lies\n    2. Toes are cold\n"
    ))
    assert [(use.text, tree(use.criteria), bool(use.doubt)) for use in uses] == [
        ("To confirm gout", ["A walker with white toes", "A child with blue toes"], True),
        ("Warming of dancers", ["Snow lies", "Toes are cold"], False),
    ]


def test_numbered_siblings_stay_siblings_and_the_tree_is_doubted(tmp_path: Path) -> None:
    text = TITLE + LEAD + "1. Toes are white\n2. One of the following:\n3. Wool failed\n4. Baths failed\n"
    (indication,) = indications_of(tmp_path, text)
    assert len(indication.criteria) == 4
    assert indication.doubt is not None


def test_a_printed_tree_is_not_doubted(tmp_path: Path) -> None:
    text = TITLE + LEAD + "- Toes are white\n- One of the following:\n    - Wool failed\n    - Baths failed\n"
    (indication,) = indications_of(tmp_path, text)
    assert (len(indication.criteria), indication.doubt) == (2, None)


def test_bullets_of_another_sort_show_what_is_announced() -> None:
    announcing = item("•", "One of the following:")
    items = [announcing, item("-", "Wool"), item("-", "Baths"), item("•", "White toes")]
    found, is_unsure = with_announced(items, LEXICON)
    assert [(block.passage.text, len(block.children)) for block in found] == [
        ("One of the following:", 2), ("White toes", 0),
    ]
    assert not is_unsure


def item(label: str, text: str) -> Block:
    return Block("item", Passage(text, range(len(text))), label=label)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["1.", "2.", "1.", "1."], [("1.", 0), ("2.", 2)]),
        (["1.", "2.", "1.", "2.", "3.", "3."], [("1.", 0), ("2.", 3), ("3.", 0)]),
        (["A.", "B.", "1.", "2.", "C."], [("A.", 0), ("B.", 2), ("C.", 0)]),
        (["1.", "2.", "3.", "4."], [("1.", 0), ("2.", 0), ("3.", 0), ("4.", 0)]),
    ],
)
def test_numbers_that_begin_anew_behind_an_announcement_stand_below_it(
    labels: list[str], expected: list[tuple[str, int]]
) -> None:
    items = [item(label, "Toes") for label in labels]
    items[1] = item(labels[1], "White toes, when all of the following conditions are met:")
    assert [(block.label, len(block.children)) for block in with_restarted(items, LEXICON)] == expected

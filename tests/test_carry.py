"""Reviews of one version in the next: carried where it says the same, else to be looked at, never to a look-alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policyview import lexicon, pipeline, read
from policyview.carry import carry
from policyview.lexicon import Lexicon
from policyview.model import Reading
from policyview.review import CellSubject, Review

OLD = """Larkspur Health Plan
Medical policy LH-12: Tidal vest therapy
Effective 2025-03-01

Policy

Tidal vest therapy is medically necessary for adults with brittle airway syndrome when all of these hold:

1. A trial of two inhaled agents of 6 weeks each brought no relief.
2. Oxygen saturation at rest is 90 percent or lower.

Tidal vest therapy is investigational for seasonal cough.
"""


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon.load()


def reading_of(tmp_path: Path, name: str, text: str) -> Reading:
    path = tmp_path / name
    path.write_text(text)
    document = read.document(path, name)
    return Reading(replace(document, lines=()), pipeline.facts_of(document))


def confirmed(reading: Reading, use: str) -> Review:
    (found,) = (each for each in reading.facts.indications if use in each.text)
    return Review("confirm", CellSubject(reading.document.sha256, found.anchor, found.text), "Ada", "2026-01-01")


@pytest.mark.parametrize(("use", "change", "outcome", "why"), [
    ("brittle", ("Effective 2025-03-01", "Effective 2026-03-01\nCommittee: airway"), "moved", ()),
    ("seasonal", ("Policy\n\n", "Policy\n\nTidal vest therapy is investigational for hay fever.\n\n"), "moved", ()),
    ("brittle", ("6 weeks", "8 weeks"), "words changed: look again", ("its criteria are others",)),
    ("brittle", ("2. Oxygen saturation at rest is 90 percent or lower.\n", ""), "words changed: look again",
     ("its criteria are others",)),
    ("brittle", ("when all of these", "when any of these"), "words changed: look again", None),
    ("seasonal", ("therapy is investigational", "therapy is medically necessary"), "words changed: look again", None),
    ("seasonal", ("Tidal vest therapy is investigational for seasonal cough.\n", ""), "orphaned",
     ("its words are not there any more",)),
    ("seasonal", ("for seasonal cough", "for hay fever"), "orphaned", ("its words are not there any more",)),
    ("seasonal", ("is investigational for", "is not medically necessary for"), "words changed: look again", None),
])  # fmt: skip
def test_what_becomes_of_a_review(
    tmp_path: Path, words: Lexicon, use: str, change: tuple[str, str], outcome: str, why: tuple[str, ...] | None
) -> None:
    old, new = reading_of(tmp_path, "old.txt", OLD), reading_of(tmp_path, "new.txt", OLD.replace(*change))
    (carried,) = carry([confirmed(old, use)], old, new, words)
    assert carried.outcome == outcome, carried
    assert why is None or carried.why == why
    if carried.subject is not None:
        assert carried.subject.sha256 == new.document.sha256
        assert use in carried.subject.text, "a look-alike"


def test_only_what_holds_and_is_not_said_anew_is_carried(tmp_path: Path, words: Lexicon) -> None:
    old, new = reading_of(tmp_path, "old.txt", OLD), reading_of(tmp_path, "new.txt", OLD.replace("2025", "2026"))
    first, second, silent = confirmed(old, "brittle"), confirmed(old, "seasonal"), Review(
        "confirm", CellSubject(old.document.sha256, None, "hay fever"), "Ada", "2026-01-01")  # fmt: skip
    taken_back = Review("withdraw", first.subject, "Ada", "2026-01-02", withdraws=first.sha256)
    reviews = [first, second, silent, taken_back, confirmed(new, "brittle")]
    found = carry(reviews, old, new, words)
    assert [(each.review, each.outcome) for each in found] == [
        (second, "moved"), (silent, "words changed: look again")]  # fmt: skip
    assert found[0].subject is not None
    again = Review("confirm", found[0].subject, "Ada", "2026-01-03")
    assert [each.review for each in carry([*reviews, again], old, new, words)] == [silent]
    (back,) = carry(reviews, new, old, words)
    assert (back.review, back.outcome) == (reviews[-1], "moved")


def test_of_look_alikes_the_one_in_the_same_place_is_taken_or_none(tmp_path: Path, words: Lexicon) -> None:
    adults = "Adults\n\nTidal vest therapy is investigational for seasonal cough.\n"
    old = reading_of(tmp_path, "old.md", "# Policy\n\n## " + adults)
    (review,) = [Review("confirm", CellSubject(old.document.sha256, each.anchor, each.text), "Ada", "2026-01-01")
                 for each in old.facts.indications]  # fmt: skip
    children = "## " + adults.replace("Adults", "Children")
    new = reading_of(tmp_path, "new.md", "# Policy\n\n" + children + "\n## " + adults)
    (carried,) = carry([review], old, new, words)
    assert carried.outcome == "moved"
    assert carried.subject is not None
    assert carried.subject.anchor is not None
    assert carried.subject.anchor.start > new.document.text.index("Adults")
    other = "".join(children.replace("Children", who) + "\n" for who in ("Children", "Infants"))
    (carried,) = carry([review], old, reading_of(tmp_path, "other.md", "# Policy\n\n" + other), words)
    assert (carried.outcome, carried.why) == ("words changed: look again", ("its words stand in 2 places now",))

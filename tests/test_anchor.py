"""An anchor leads back to its words, or says that it cannot; it never jumps to a look-alike."""

from __future__ import annotations

import functools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyview import lexicon, wording
from policyview.anchor import CONTEXT_CHARS, anchor_at, anchor_of, find
from policyview.model import Document, Passage, join

sense = functools.partial(wording.sense, lexicon=lexicon.load())


def document(text: str, pages: tuple[int, ...] = ()) -> Document:
    return Document("policy.txt", "0" * 64, "text/plain", text, pages)


PROSE = (
    "The brace is covered for members with a torn ligament who cannot walk unaided. "
    "A second brace is covered where the first one is lost beyond repair and the member still works outdoors. "
    "Laundry of the lining is not covered. Rental is covered for at least 4 weeks after surgery of the knee joint."
)


def test_anchor_is_the_slice_with_its_surroundings() -> None:
    at = PROSE.index("torn ligament")
    anchor = anchor_at(document(PROSE), at, at + 13)
    assert anchor.quote == "torn ligament"
    assert anchor.prefix == PROSE[at - CONTEXT_CHARS:at]
    assert anchor.suffix.startswith(" who cannot")


def test_anchor_names_the_page() -> None:
    assert anchor_at(document("first page second page", (0, 11)), 11, 17).page == 2
    assert anchor_at(document("no pages"), 0, 2).page is None


def test_interrupted_passage_is_anchored_by_its_longest_part() -> None:
    text = "rental is\nPage 3\ncovered for six weeks"
    offsets = [*range(9), 9, *range(17, len(text))]
    passage = Passage("rental is covered for six weeks", offsets, frozenset({10}))
    anchor = anchor_of(document(text), passage)
    assert anchor.quote == "covered for six weeks"
    assert [part.quote for part in anchor.continues] == ["rental is"]


@given(st.text(min_size=1, max_size=200), st.data())
def test_a_slice_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = anchor_at(document(text), start, end)
    again = find(document(text), made.quote, made.prefix, made.suffix, sense=sense)
    if not made.quote.strip():
        assert again is None
    else:
        assert again is not None
        assert (again.quote, again.match, again.score) == (made.quote, "exact", 1.0)
        assert text[again.start:again.end] == again.quote


def test_repeated_phrase() -> None:
    text = "Knee: prior review is required. Hip: prior review is required. Wrist: prior review is required."
    second = text.index("prior review", text.index("Hip"))
    made = anchor_at(document(text), second, second + len("prior review is required"))
    again = find(document(text), made.quote, made.prefix, made.suffix, sense=sense)
    assert again is not None
    assert again.start == second


def test_white_space_hyphens_and_ligatures_do_not_matter() -> None:
    printed = "The brace is cov-\nered for the ﬁrst\n   injury of  the knee"
    anchor = find(document("Intro. " + printed + ". More."), "is covered for the first injury of the knee", sense=sense)
    assert anchor is not None
    assert anchor.match == "folded"
    assert anchor.quote == printed[printed.index("is cov"):]


def test_small_changes_are_found_as_fuzzy() -> None:
    quote = "A second brace is covered where the first one got lost beyond repair and the member still works outside"
    anchor = find(document(PROSE), quote, sense=sense)
    assert anchor is not None
    assert anchor.match == "fuzzy"
    assert 0.85 <= anchor.score < 1
    assert anchor.quote.startswith("A second brace is covered where the first one is lost")


@pytest.mark.parametrize(
    "quote",
    [
        "Rental is covered for at least 6 weeks after surgery of the knee joint",
        "Rental is covered for at most 4 weeks after surgery of the knee joint",
        "Rental is not covered for at least 4 weeks after surgery of the knee joint",
        "Laundry of the lining is covered",
        "The stair lift is paid for tenants whose landlord agrees to the drilling of walls",
    ],
)
def test_look_alikes_are_not_found(quote: str) -> None:
    assert find(document(PROSE), quote, sense=sense) is None


def test_a_number_is_not_found_inside_a_longer_one() -> None:
    assert find(document("a dose of 15 mg daily"), "5 mg daily", sense=sense) is None
    assert find(document("a score of 2.5 points"), "5 points", sense=sense) is None
    assert find(document("a score of 5 points"), "5 points", sense=sense) is not None


def test_ten_to_twenty_is_not_1020() -> None:
    assert find(document("between 10-\n20 visits a year"), "1020 visits a year", sense=sense) is None


def test_two_equal_fuzzy_places_are_a_guess_unless_the_surroundings_tell() -> None:
    sentence = "the carriage wheel shall be replaced once its rubber has cracked or hardened"
    text = f"Front axle rules: {sentence}. Filler words stand in between here. Rear axle rules: {sentence}."
    quote = sentence.replace("has cracked", "had cracked")
    assert find(document(text), quote, sense=sense) is None
    anchor = find(document(text), quote, prefix="in between here. Rear axle rules: ", sense=sense)
    assert anchor is not None
    assert anchor.start > text.index("Rear axle")


def test_noisy_quotes_come_back_to_their_place() -> None:
    """Ten per cent of letters changed, in a long text: right place or none at all."""
    rng = random.Random(7)
    words = ["splint", "shoulder", "member", "covered", "surgeon", "clinic", "evening", "walking", "stairs", "policy"]
    text = " ".join(rng.choice(words) + rng.choice("abcdefgh") for _ in range(3000))
    found = 0
    for _ in range(20):
        start = rng.randrange(0, len(text) - 300)
        quote = text[start:start + 200]
        noisy = "".join(rng.choice("xyz") if c.isalpha() and rng.random() < 0.08 else c for c in quote)
        anchor = find(document(text), noisy, sense=sense)
        if anchor is not None:
            found += 1
            assert abs(anchor.start - start) <= 12
    assert found >= 15


def test_parts_that_stand_the_other_way_round_are_anchored_each_where_it_stands() -> None:
    text = "12/2019 second, which is longer\nfirst"
    whole = join([Passage("first", range(32, 37)), Passage("second, which is longer", range(8, 31))], ": ")
    assert whole.text == "first: second, which is longer"
    anchor = anchor_of(document(text), whole)
    assert (anchor.quote, [part.quote for part in anchor.continues]) == ("second, which is longer", ["first"])

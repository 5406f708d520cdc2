"""What people said, in words: what was done, what stood there before, whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyview.amend import CLAUSE, companion
from policyview.carry import CARRIED
from policyview.export.said import exact_time, local_time, told
from policyview.model import Anchor, Determination, Indication, Policy
from policyview.review import FIRST, CellSubject, DocumentSubject, Review, ReviewAction, Subject

WORDS = Anchor(0, 14, None, "seasonal cough", "", "")
COUGH, HAY = (CellSubject("a" * 64, WORDS, name) for name in ("Seasonal cough", "Hay fever"))
READ = Indication("i1", "Seasonal cough", WORDS, Determination.INVESTIGATIONAL, "investigational", population="adults")


def say(before: Sequence[Review], action: ReviewAction, subject: Subject = COUGH, withdraws: str = "",
        sets: Sequence[tuple[str, str]] = (), text: str = "") -> tuple[Review, ...]:  # fmt: skip
    previous = before[-1].sha256 if before else FIRST
    return (*before, Review(action, subject, "Ada", f"2026-03-01T09:{len(before):02}:00+00:00", text, tuple(sets),
                            withdraws, previous))  # fmt: skip


def words(reviews: Sequence[Review]) -> list[str]:
    return [each.what for each in told(reviews, lambda review: Policy(payer="Larkspur")
                                       if isinstance(review.subject, DocumentSubject) else READ)]  # fmt: skip


def test_each_action_in_words() -> None:
    reviews: tuple[Review, ...] = ()
    for action, sets in (
        ("confirm", [("determination", "investigational"), ("row", "Seasonal cough"), ("facts", "0")]),
        ("confirm", [("state", "catch_all"), ("determination", "not_covered")]),
        ("confirm", [("state", "silent")]),
        ("confirm", [("state", "of a newer program"), ("determination", "so too")]),
        ("dismiss", []), ("note", []), ("delete", []), ("correct", []),
        ("correct", [("determination", "not_covered"), ("population", "children")]),
        ("correct", [("determination", "medically_necessary"), (CARRIED, "0")]),
        ("correct", [("row", "Cough")]),
        ("move", [("row", "Hay fever"), *companion(HAY)]), ("move", [("row", "")]),
        ("add", [("determination", "not_covered"), ("as", CLAUSE)]),
    ):  # fmt: skip
        reviews = say(reviews, action, sets=sets)  # type: ignore[arg-type]
    document = DocumentSubject("a" * 64)
    for sets in (
        [("payer", "Larkspur of Ohio"), ("number", "")], [("effective", "2025-03"), ("lines", "commercial fep")],
        [("authority", "medicare_local")], [("topic", "Vests")],
        [("same policy", "c" * 64), ("called", "Marsh Mutual")], [("another policy", "d" * 64)],
    ):  # fmt: skip
        reviews = say(reviews, "correct", document, sets=sets)
    for sets in ([("topic", "Vests"), ("document", "b" * 64)], [("topic", "")]):
        reviews = say(reviews, "move", document, sets=sets)
    reviews = say(reviews, "dismiss", document, sets=[(CARRIED, reviews[4].sha256)])
    assert words(reviews) == [
        "confirmed: Investigational", "confirmed: Not covered (catch-all)", "confirmed: not addressed",
        "confirmed: so too (of a newer program)", "not relevant", "noted", "deleted", "corrected",
        "corrected: Investigational → Not covered; population: adults → children",
        "corrected: Not covered → Medically necessary (carried over)", "corrected: row: Cough",
        "moved to the row “Hay fever”", "moved to a row of its own", "added as catch-all: Not covered",
        "corrected: payer: Larkspur → Larkspur of Ohio; policy number: nothing → nothing",
        "corrected: effective date: nothing → 2025-03; lines of business: nothing → commercial, federal employees",
        "corrected: authority: payer → Medicare, local", "corrected: topic: Vests",
        "corrected: a version of the same policy as: Marsh Mutual", "corrected: another policy than: dddddddddddd",
        "moved to the topic “Vests”", "moved to a topic of its own", "not carried over: not relevant",
    ]  # fmt: skip


def test_undo_and_redo_without_end() -> None:
    reviews = say((), "correct", sets=[("determination", "not_covered")])
    for _ in range(2_001):  # more than Python calls functions into one another
        reviews = say(reviews, "withdraw", withdraws=reviews[-1].sha256)
    reviews = say(reviews, "correct", sets=[("determination", "medically_necessary")])
    made = list(told(reviews, lambda review: READ))
    assert made[0].taken_back is not None
    assert not made[0].holds
    assert re.fullmatch(r"taken back by Ada at \d{4}-\d\d-\d\d \d\d:\d\d", made[0].state)
    assert [each.what.partition(":")[0] for each in made[1:5]] == ["taken back", "put back", "taken back", "put back"]
    assert made[-1].what == "corrected: Investigational → Medically necessary"
    assert made[-1].holds
    assert not any(each.holds for each in made[1:-1])
    back = list(told(say(reviews[:2], "withdraw", withdraws=reviews[1].sha256), lambda review: READ))
    assert back[0].holds
    (odd,) = told(say((), "withdraw", withdraws="nobody knows"), lambda review: None)
    assert odd.what == "taken back: what is not known"


def test_times_are_those_of_the_clock_here() -> None:
    assert re.fullmatch(r"2026-0[23]-\d\d \d\d:\d\d", local_time("2026-03-01T09:00:00+00:00"))
    assert re.fullmatch(r"2026-0[23]-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d", exact_time("2026-03-01T09:00:00+00:00"))
    for odd in ("", "yesterday", "0001-01-01T00:00:00+14:00\0"):
        assert local_time(odd) == exact_time(odd) == odd

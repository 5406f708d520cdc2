"""The words for versions: the same in the window, the report, the sheet and on the terminal."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Literal

import pytest

from policyview.export import editions
from policyview.model import Column, Matrix, Policy, PolicyVersions, Version

Which = Literal["effective", "last_review", "last_updated", "published"]


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("effective", "effective 2020-05"),
        ("last_review", "reviewed 2020-05, effective date not printed"),
        ("last_updated", "last updated 2020-05, effective date not printed"),
        ("published", "published 2020-05, effective date not printed"),
    ],
)
def test_a_version_says_which_date_it_is(which: Which, words: str) -> None:
    assert editions.version_words(Version("2020-05", which)) == words
    column = Column("a.txt", "1", Policy(), Version("2020-05", which), True)
    assert (editions.column_version(column), editions.version_is(column)) == (words, words.replace(" 2020-05", ""))
    second_hand = replace(column, policy=Policy(authority="reference"))
    assert editions.column_version(second_hand) == words.removesuffix(", effective date not printed")


def test_a_version_without_a_date_and_one_that_a_person_dated() -> None:
    undated = Column("a.txt", "1", Policy(), None, True)
    assert (editions.column_version(undated), editions.version_is(undated)) == ("no date printed", "")
    named = Version("2020-05", "effective", "corrected")
    assert editions.version_words(named) == "effective 2020-05 (corrected by a reviewer)"


MATRIX = Matrix(
    "mist",
    (Column("in/old.txt", "1", Policy(payer="Alder"), None, False, "superseded"),
     Column("in/new.txt", "2", Policy(payer="Alder"), None, True),
     Column("in/other.txt", "3", Policy(payer="Alder"), None, True)),
    versions=(PolicyVersions(("in/old.txt", "in/new.txt"), ("same payer",), ("one is silent",),
                             (("in/other.txt", "the states differ"),)),
              PolicyVersions(("in/other.txt",))),
)  # fmt: skip


def test_a_document_tells_of_its_policys_versions() -> None:
    assert editions.Told(MATRIX).of("in/old.txt") == (
        "Version 1 of 2 of one policy, beside new.txt: same payer.",
        "To check: one is silent.",
        "Looks like a version of other.txt, but the states differ.",
    )
    assert editions.Told(MATRIX).of("in/other.txt") == ()
    assert [editions.badge(column) for column in MATRIX.columns] == ["older version", "", ""]


def test_a_matrix_tells_of_each_policy_and_each_look_alike_once() -> None:
    other = PolicyVersions(("in/other.txt",), lookalikes=(("in/new.txt", "the states differ"),))
    assert editions.told_of_all(replace(MATRIX, versions=(MATRIX.versions[0], other))) == (
        "Versions of one policy: old.txt (no date printed, older version), new.txt (no date printed): same payer.",
        "To check: one is silent.",
        "Not versions of one policy: new.txt and other.txt: the states differ.",
    )


def test_policies_of_one_payer_and_number_say_whom_they_are_for() -> None:
    old, _, other = MATRIX.columns
    versions = editions.Told(MATRIX)
    assert versions.scope(old) == versions.scope(other) == "not said whom it is for"
    assert editions.Told(Matrix("mist", MATRIX.columns[:2], versions=MATRIX.versions)).scope(old) == ""


def test_the_terminal_names_what_is_not_shown() -> None:
    (said,) = editions.not_shown((MATRIX,), datetime.date(2026, 3, 1))
    assert said == "Not in force on 2026-03-01 and so not shown under mist: old.txt (older version)."


def test_where_nothing_is_in_force_all_is_shown() -> None:
    alone = Matrix("mist", (MATRIX.columns[0],))
    assert editions.shown(alone) == alone.columns
    assert editions.shown(MATRIX) == MATRIX.columns[1:]
    (said,) = editions.not_shown((alone,), datetime.date(2026, 3, 1))
    assert said == "Nothing on mist is in force on 2026-03-01, so all is shown: old.txt (older version)."

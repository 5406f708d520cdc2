"""Every lexicon entry recognises its own examples; a user's folder extends or replaces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policyview import lexicon
from policyview.errors import UseError

SHIPPED = lexicon.load()


@pytest.mark.parametrize("name", sorted(SHIPPED.files))
def test_entries_match_their_examples(name: str) -> None:
    assert SHIPPED.entries(name)
    untested = [entry.name for entry in SHIPPED.entries(name) if not entry.examples]
    missed = [(e.name, x) for e in SHIPPED.entries(name) for x in e.examples if not e.regex.search(x)]
    assert (untested, missed) == ([], [])


@pytest.mark.parametrize("name", sorted(SHIPPED.files))
def test_no_pattern_matches_nothing(name: str) -> None:
    """An expression that matches the empty text would be found everywhere."""
    assert [entry.name for entry in SHIPPED.entries(name) if re.compile(entry.regex.pattern).fullmatch("")] == []


def test_a_users_entry_extends_the_shipped_one(tmp_path: Path) -> None:
    text = '[week]\npatterns = ["sennights?"]\nexamples = ["sennight"]\n'
    (tmp_path / "units.toml").write_text(text, encoding="utf-8")
    merged = lexicon.load(tmp_path)["units"]["week"]
    assert merged.regex.search("two sennights")
    assert merged.regex.search("two weeks")


@pytest.mark.parametrize("name", sorted(SHIPPED.files))
def test_examples_hold_a_needed_word(name: str) -> None:
    missed = []
    for entry in SHIPPED.entries(name):
        needs = [word for words in entry.get("needs", ("",)) for word in words.split("|")]
        missed += [(entry.name, x) for x in entry.examples if not any(word in x.lower() for word in needs)]
    assert missed == []


def test_a_users_patterns_need_no_words_of_the_shipped_ones(tmp_path: Path) -> None:
    text = '[investigational]\npatterns = ["of unknown worth"]\nexamples = ["of unknown worth"]\n'
    (tmp_path / "determinations.toml").write_text(text, encoding="utf-8")
    assert SHIPPED["determinations"]["investigational"].get("needs")
    assert lexicon.load(tmp_path)["determinations"]["investigational"].get("needs") is None


def test_a_users_entry_may_replace_the_shipped_one(tmp_path: Path) -> None:
    text = '[week]\nreplace = true\nunit = "week"\npatterns = ["sennights?"]\nexamples = ["sennight"]\n'
    (tmp_path / "units.toml").write_text(text, encoding="utf-8")
    assert not lexicon.load(tmp_path)["units"]["week"].regex.search("two weeks")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text("[week\n", encoding="utf-8")
    with pytest.raises(UseError, match=r"units\.toml"):
        lexicon.load(tmp_path)

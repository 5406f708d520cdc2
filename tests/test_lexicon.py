"""Every lexicon entry recognises its own examples; a user's folder extends or replaces."""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from policyview import align, extract, lexicon, read, resources, segment
from policyview.errors import UseError
from policyview.model import Reading

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
    text = '[week]\nreplace = true\nkind = "time"\nunit = "week"\npatterns = ["sennights?"]\nexamples = ["sennight"]\n'
    (tmp_path / "units.toml").write_text(text, encoding="utf-8")
    assert not lexicon.load(tmp_path)["units"]["week"].regex.search("two weeks")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text("[week\n", encoding="utf-8")
    with pytest.raises(UseError, match=r"units\.toml"):
        lexicon.load(tmp_path)


def test_a_changed_file_counts_at_once(tmp_path: Path) -> None:
    """The window stays open while its user writes; nothing is remembered of what the file was."""
    path = tmp_path / "units.toml"
    path.write_text('[week]\npatterns = ["sennights?("]\n', encoding="utf-8")
    with pytest.raises(UseError):
        lexicon.load(tmp_path)
    path.write_text('[week]\npatterns = ["sennights?"]\n', encoding="utf-8")
    assert lexicon.load(tmp_path)["units"]["week"].regex.search("a sennight")
    path.write_text('[week]\npatterns = ["sevennights?"]\n', encoding="utf-8")
    assert not lexicon.load(tmp_path)["units"]["week"].regex.search("a sennight")


def test_files_of_other_editors(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends are no mistakes, and what is no .toml file is not read."""
    (tmp_path / "units.toml").write_bytes(b'\xef\xbb\xbf[week]\r\npatterns = ["sennights?"]\r\n')
    (tmp_path / "units.toml.bak").write_text("[")
    assert lexicon.load(tmp_path)["units"]["week"].regex.search("a sennight")


# --------------------------------------------------------------------------- mistakes, named by line

COVERED = '# mine\n\n[covered]\npatterns = [\n  "is a granted service",\n'
NEW = '[granted]\ndetermination = "medically_necessary"\nground = "benefit"\n'


@pytest.mark.parametrize(
    ("file", "text", "line", "what"),
    [
        ("determinations", COVERED, 5, "mistake in the TOML"),
        ("determinations", '[covered]\n\n[covered]\npatterns = ["a"]\n', 3, "mistake in the TOML"),
        ("determinations", COVERED + "  'granted (service',\n]", 6, "is no regular expression"),
        ("determinations", COVERED + "  'a {2}',\n]", 6, "is no regular expression"),
        ("determinations", COVERED + "  '(?i)granted',\n]", 6, "is no regular expression"),
        ("determinations", COVERED + r"  '(a|b)\1',\n]".replace(r"\n", "\n"), 6, "points back"),
        ("determinations", COVERED + "  '(?P<mine>granted)',\n]", 6, "names a part of its match"),
        ("determinations", COVERED + '  "granted?|\\\\s*",\n]', 6, "matches the empty text"),
        ("determinations", COVERED + "  '(?=granted)|\\b',\n]", 6, "matches the empty text"),
        ("determinations", COVERED + ']\nexamples = [\n  "is a granted service",\n  "is granted"]', 9, "no pattern"),
        ("determinations", COVERED + "]\nneeds = ['gift']\nexamples = ['is a granted service']", 8, "none of the"),
        ("determinations", COVERED + "]\n[granted]\npatterns = ['granted']", 7, "says no determination and no ground"),
        ("determinations", NEW, 1, "has no patterns"),
        ("determinations", NEW.replace("[granted]", "[covered]\nreplace = true"), 1, "has no patterns"),
        ("determinations", NEW.replace("_necessary", "_needed") + 'patterns = ["a"]', 2, "cannot be “medically_needed"),
        ("determinations", '[covered]\npatern = ["granted"]', 2, "did you mean patterns?"),
        ("determinations", '[covered]\npatterns = "granted"', 2, "must be a list of texts"),
        ("determinations", '[covered]\npatterns = ["granted", 3]', 2, "must be a list of texts"),
        ("determinations", '[covered]\nreplace = "yes"\npatterns = ["a"]', 2, "must be true or false"),
        ("determinations", '\npatterns = ["granted"]\n', 2, "outside of an entry"),
        ("determination", NEW, 1, "did you mean determinations.toml?"),
        ("zzz", NEW, 1, "no file of this name is read"),
        ("numbers", '[gross]\nvalue = "144"\npatterns = ["gross"]', 2, "must be a whole number"),
        ("payers", '["a b"]\npatterns = ["Larkspur"]', 1, "is no name for an entry"),
        ("units", '[a-b]\nkind = "count"\npatterns = ["larks"]', 1, "is no name for an entry"),
        ("definitions", '[mine]\npatterns = ["is called"]', 1, "no reader asks for an entry “mine”"),
        ("statements", '[mine]\npatterns = ["is called"]', 1, "says no limit"),
        ("codes", '[mine]\nkind = "skip"\npatterns = ["is called"]', 1, "of the kind “skip”"),
        ("codes", '[mine]\nkind = "label"\npatterns = ["is called"]', 1, "says no system"),
        ("fields", "[number_in_title]\npatterns = ['No (?P<number>\\d)']", 2, "replaced, not extended"),
        ("fields", "[number_in_title]\nreplace = true\npatterns = ['No \\d']", 3, "must name the part"),
        ("conditions", '[chill]\npatterns = ["chill"]\nwider = [\n"cold",\n"frost_x"\n]', 4, "no such entry"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_file_and_line(
    file: str, text: str, line: int, what: str, tmp_path: Path
) -> None:
    (tmp_path / f"{file}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UseError) as raised:
        lexicon.load(tmp_path)
    said = str(raised.value)
    assert f"{tmp_path / file}.toml, line {line}, " in said
    assert what in said
    assert "\n" not in said
    assert said.endswith(".")


def test_bytes_that_are_no_text_are_named_by_line(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_bytes(b'[week]\npatterns = ["d\xe9cade"]\n')
    with pytest.raises(UseError, match=r"units\.toml, line 2, .*UTF-8"):
        lexicon.load(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="nowhere cannot be read"):
        lexicon.load(tmp_path / "nowhere")


# --------------------------------------------------------------------------- what is let through can be used


def _toml(name: str, attributes: Mapping[str, Any], patterns: list[str]) -> str:
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**attributes, "patterns": patterns}.items()]
    return "\n".join([f"[{name}]", *lines, ""])


def _extended(file: str) -> str:
    """Each shipped entry with two patterns more, but those that name parts of their matches."""
    entries = [e for e in SHIPPED.entries(file) if not re.compile("|".join(e.patterns)).groupindex]
    return "".join(_toml(entry.name, {}, ["larkish", "(any|some) lark"]) for entry in entries)


def _like(file: str, folder: Path) -> str:
    """Entries of the user's own, one beside the first shipped one of each kind; those that are let through."""
    kinds = {(e.get("kind"), e.get("role"), *sorted(e.attributes)): e for e in reversed(SHIPPED.entries(file))}
    kept = ""
    for nth, entry in enumerate(kinds.values()):
        attributes = {key: value for key, value in entry.attributes.items() if key != "needs"}
        more = _toml(f"mine_{nth}", attributes, [f"larkish{nth}", f"(any|some) larks{nth}?"])
        (folder / f"{file}.toml").write_text(kept + more, encoding="utf-8")
        with contextlib.suppress(UseError):
            lexicon.load(folder)
            kept += more
    return kept


@pytest.mark.parametrize("extends", [True, False], ids=["extended", "added"])
def test_whatever_is_let_through_can_be_read_with(extends: bool, tmp_path: Path) -> None:
    """Each file, extended in every entry or with new entries beside the shipped ones, reads and aligns documents."""
    folder = tmp_path / "lexicon"
    folder.mkdir()
    for file in SHIPPED.files:
        text = _extended(file) if extends else _like(file, folder)
        (folder / f"{file}.toml").write_text(text, encoding="utf-8")
    words = lexicon.load(folder)
    assert len(words["determinations"]["covered"].patterns) > len(SHIPPED["determinations"]["covered"].patterns) or (
        len(words["determinations"]) > len(SHIPPED["determinations"])
    )
    readings = []
    for path in sorted(resources.sample_docs().glob("*.txt")):
        text = path.read_text("utf-8") + "\nLarkish 3 larks3, larkish4 some lark: any larks12 larkish5 3 larkish7.\n"
        copy = tmp_path / path.name
        copy.write_text(text, encoding="utf-8")
        document = read.document(copy)
        readings.append(Reading(document, extract.extract(document, segment.segment(document, words), words)))
    assert sum(len(reading.facts.indications) for reading in readings) > 3
    assert align.align(readings, words, datetime.date(2026, 1, 1), None)


def test_the_example_of_the_readme_works(tmp_path: Path) -> None:
    readme = Path(__file__).resolve().parent.parent / "README.md"
    (example,) = re.findall(r"```toml\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    (tmp_path / "determinations.toml").write_text(example, encoding="utf-8")
    found = lexicon.load(tmp_path)["determinations"]
    assert found["covered"].regex.search("Sand baths are a\ngranted service.")
    assert found["granted-in-trials"].get("ground") == "study_only"

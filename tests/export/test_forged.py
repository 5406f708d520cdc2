"""A workspace whose facts or reviews were forged, with every sum in it made anew by the store itself: it opens without
a complaint, and what is handed to an auditor out of it is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from policyview import pipeline
from policyview.export.comparison import Comparison
from policyview.export.pack import make
from policyview.inputs import Inputs
from policyview.model import Determination, Facts, Reading
from policyview.read.copies import Copies
from policyview.review import CellSubject
from policyview.store import Kept, Workspace
from tests.export import packs
from tests.store.made import POLICIES

EDITION = "ab" * 32
FILES = ("larkspur.txt", "quarry.md")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    packs.work_here(monkeypatch)


def made(folder: Path, forge: Callable[[Reading], Reading], note: str = "as printed") -> Path:
    """A workspace that holds what was read, forged, and a review."""
    path = folder / "a.policyview"
    with Workspace.make(path) as workspace:
        files = []
        for name in FILES:
            (folder / name).write_text(POLICIES[name], encoding="utf-8")
            honest = packs.reading_of(folder / name, name)
            workspace.keep(forge(honest), folder / name, EDITION)
            files.append(Kept(name, folder / name, honest.document.sha256))
            use = honest.facts.indications[0]
            workspace.add_review("note", CellSubject(honest.document.sha256, use.anchor, use.text), "Ada", note,
                                 time="2026-02-01T09:00:00+00:00")  # fmt: skip
        workspace.set_files(files)
    return path


def packed(workspace: Path, target: Path) -> str:
    """What the command "pack WORKSPACE" does; the digest."""
    inputs = Inputs(1, workspace.parent, lambda: EDITION)
    for _ in inputs.take([workspace], [workspace]):
        pass
    with Workspace(workspace, for_writing=False) as opened:
        assert len(list(opened.iter_checked())) == 2 * len(FILES), "all its sums fit"
    with Copies() as copies:
        collection = inputs.collection()
        assert [reading.file for reading in collection.readings] == [*FILES]
        said = make.reviews_in([workspace], collection, copies)
        collection = pipeline.amended(replace(collection, reviews=said))
        matrices = pipeline.run(pipeline.compare(collection, packs.SETTINGS, packs.AS_OF))
        return make.write(Comparison(collection, matrices, packs.AS_OF), copies, packs.SETTINGS, target)


def of_facts(change: Callable[[Facts], Facts]) -> Callable[[Reading], Reading]:
    return lambda reading: replace(reading, facts=change(reading.facts))


def another_determination(facts: Facts) -> Facts:
    first, *rest = facts.indications
    return replace(facts, indications=(replace(first, determination=Determination.NOT_COVERED), *rest))


def without_a_criterion(facts: Facts) -> Facts:
    first, *rest = facts.indications
    return replace(facts, indications=(replace(first, criteria=first.criteria[1:]), *rest))


def another_text(reading: Reading) -> Reading:
    text = reading.document.text.replace("6 weeks", "9 weeks")
    return replace(reading, document=replace(reading.document, text=text))


def another_quote(facts: Facts) -> Facts:
    first, *rest = facts.indications
    words = replace(first.anchor, quote=first.anchor.quote.replace("medically", "clinically"))
    return replace(facts, indications=(replace(first, anchor=words), *rest))


FORGED: dict[str, Callable[[Reading], Reading]] = {
    "a determination": of_facts(another_determination),
    "a criterion gone": of_facts(without_a_criterion),
    "the text": another_text,
    "a quote": of_facts(another_quote),
    "a clause gone": of_facts(lambda facts: replace(facts, catch_all=())),
    "the payer": of_facts(lambda facts: replace(facts, policy=replace(facts.policy, payer="Alder Mutual"))),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_forged_facts_are_named_by_the_second_extraction(forge: Callable[[Reading], Reading], tmp_path: Path) -> None:
    packed(made(tmp_path, forge), tmp_path / "t.zip")
    faults = packs.verdict(tmp_path / "t.zip").faults
    assert any("where the sources give" in fault or "text" in fault for fault in faults), faults


def test_a_forged_review_is_told_by_the_digest_alone(tmp_path: Path) -> None:
    for name in ("honest", "forged"):
        (tmp_path / name).mkdir()
    honest = packed(made(tmp_path / "honest", lambda each: each), tmp_path / "honest.zip")
    packed(made(tmp_path / "forged", lambda each: each, "never seen"), tmp_path / "forged.zip")
    assert packs.verdict(tmp_path / "honest.zip", honest).faults == []
    (fault,) = packs.verdict(tmp_path / "forged.zip", honest).faults
    assert "digest is not the one that was given" in fault
    without = packs.verdict(tmp_path / "forged.zip")
    assert without.faults == []
    assert any("Without the digest" in note for note in without.notes)

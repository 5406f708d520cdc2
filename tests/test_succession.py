"""What changed in each policy from one version to the next, read by real workers."""

from __future__ import annotations

import datetime
from pathlib import Path

from policyview import pipeline, succession
from policyview.collection import Collection
from policyview.read.copies import Copies
from policyview.settings import Settings
from tests.export.packs import reading_of
from tests.versions.made import POLICY

SETTINGS = Settings()
DAY = datetime.date(2026, 1, 1)
OTHER = """Larkspur Health Plan
Medical Policy LH-9: Snow shoe therapy
Effective Date: March 1, 2025

Policy
Snow shoe therapy is investigational for chilblain.
"""


def test_each_version_is_compared_with_the_next_and_what_is_gone_is_said(tmp_path: Path) -> None:
    """Three versions, the second twice; another payer's policy has one version and is not read again."""
    texts = {
        "2024.md": POLICY,
        "2025.md": POLICY.replace("January 1, 2024", "January 1, 2025").replace("18 years", "21 years"),
        "2025 copy.md": POLICY.replace("January 1, 2024", "January 1, 2025").replace("18 years", "21 years"),
        "2026.md": POLICY.replace("January 1, 2024", "January 1, 2026").replace("21 years", "18 years"),
        "other.txt": OTHER,
    }
    with Copies() as copies:
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            copies.add(tmp_path / name, name, SETTINGS.max_file_bytes)
        collection = Collection(tuple(reading_of(tmp_path / name, name) for name in texts))
        matrices = pipeline.run(pipeline.compare(collection, SETTINGS, DAY))
        first, second = pipeline.run(succession.steps(collection, matrices, SETTINGS, copies))
    with Copies() as copies:
        lost, _ = pipeline.run(succession.steps(collection, matrices, SETTINGS, copies))
    assert [(Path(step.old.file).stem, Path(step.new.file).stem[:4]) for step in (first, second)] == [
        ("2024", "2025"), (Path(first.new.file).stem, "2026")]  # fmt: skip
    assert first.diff is not None
    assert second.diff is not None
    assert [change.why for change in first.diff.changes if change.bears_on == "coverage"] == [
        ("number changed: >= 18 year -> >= 21 year",)]  # fmt: skip
    assert first.old.facts.units == ()  # the reading of the comparison, not the larger one
    assert lost.diff is None
    assert lost.reason.startswith("The copy of 2024.md is gone. Open the document again. The copy of 2025")

"""Documents of invented payers, read in this process, and workspaces that hold them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from policyview import pipeline, read
from policyview.model import Indication, Reading
from policyview.review import CellSubject
from policyview.store import Kept, Workspace

EDITION = "ab" * 32
POLICIES = {
    "larkspur.txt": """Larkspur Health Plan
Medical policy LH-12: Tidal vest therapy
Effective 2025-03-01

Policy
Tidal vest therapy is medically necessary for adults with brittle airway syndrome when all of these hold:
1. A trial of two inhaled agents of 6 weeks each brought no relief.
2. Oxygen saturation at rest is 90 percent or lower.
Tidal vest therapy is investigational for seasonal cough.
""",
    "quarry.md": """# Quarry Mutual – Guideline 40: Tidal vest therapy

Reviewed 2024-10

## Coverage

Tidal vest therapy is not medically necessary for seasonal cough.
All other uses of tidal vest therapy are investigational.
""",
}


@cache
def readings(folder: Path) -> tuple[Reading, ...]:
    """The policies, written into ``folder`` and read; a NUL and a lone surrogate stand in the first one's text."""
    made = []
    for name, text in POLICIES.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        document = read.document(path, str(path))
        made.append(Reading(replace(document, lines=()), pipeline.facts_of(document)))
    odd = made[0].document.text.replace("Effective", "\0ffectiv\ud800", 1)
    return replace(made[0], document=replace(made[0].document, text=odd)), *made[1:]


def fill(workspace: Workspace, folder: Path) -> tuple[Reading, ...]:
    """Keeps the policies, a file that could not be read, and two reviews."""
    kept = readings(folder)
    with workspace.together():
        for reading in kept:
            workspace.keep(reading, Path(reading.file), EDITION)
        files = [Kept(reading.file, Path(reading.file), reading.document.sha256) for reading in kept]
        workspace.set_files([*files, Kept("torn.pdf", Path("torn.pdf"), reason="torn.pdf is torn. Mend it.")])
    for number, reading in enumerate(kept):
        workspace.add_review("confirm", about(reading), "Ada", f"as printed \0{number}\udc00")
    return kept


def first(reading: Reading) -> Indication:
    return reading.facts.indications[0]


def about(reading: Reading) -> CellSubject:
    """The first statement of a document."""
    return CellSubject(reading.document.sha256, first(reading).anchor, first(reading).text, "tidal vest therapy")


def told(path: Path) -> object:
    """All that a workspace tells, each part checked."""
    with Workspace(path, for_writing=False) as workspace:
        list(workspace.iter_checked())
        known = [workspace.recall(file.sha256, file.name, EDITION) for file in workspace.files if file.sha256]
        return workspace.files, workspace.reviews, known, workspace.value("a setting")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

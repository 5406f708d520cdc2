"""A process that works in a workspace until it is killed: ``python -m tests.store.busy WORKSPACE SEED``.

Each act is told on standard output when it has returned, not before. What an act leaves can be told from its number.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Callable
from pathlib import Path

from policyview.export.whole import write_whole
from policyview.model import Anchor, Document, Facts, Reading
from policyview.review import CellSubject
from policyview.store import Kept, Workspace

EDITION = "00"
SOURCE_BYTES = 60_000  # more than SQLite holds back before it writes


def content_of(number: int) -> bytes:
    return random.Random(number).randbytes(SOURCE_BYTES)


def document_of(number: int) -> Document:
    return Document(f"{number}.txt", hashlib.sha256(content_of(number)).hexdigest(), "text/plain", f"Policy {number}\n")


def read(workspace: Workspace, number: int) -> None:
    """Keeps a document, its place in the list, and how many there are: all or nothing."""
    copy = workspace.path.with_name(f"copy-{number}")
    copy.write_bytes(content_of(number))
    with workspace.together():
        workspace.keep(Reading(document_of(number), Facts()), copy, EDITION)
        kept = Kept(f"{number}.txt", copy, document_of(number).sha256)
        workspace.set_files([*(file for file in workspace.files if file.name != kept.name), kept])
        workspace.set_value("files", str(len(workspace.files)).encode())
    copy.unlink()


def review(workspace: Workspace, number: int) -> None:
    subject = CellSubject("ab" * 32, Anchor(0, 6, None, "Policy"), "tidal vest")
    workspace.add_review("note", subject, "Ada", str(len(workspace.reviews)))


def back_up(workspace: Workspace, number: int) -> None:
    workspace.copy_to(workspace.path.with_name("backup.policyview"), may_replace=True)


def export(workspace: Workspace, number: int) -> None:
    write_whole(workspace.path.with_name("export.bin"), content_of(number))


ACTS: tuple[Callable[[Workspace, int], None], ...] = (read, review, review, back_up, export)


def main(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with Workspace(path) as workspace:
        while True:
            number = chance.randrange(30)
            act = chance.choice(ACTS)
            act(workspace, number)
            print(act.__name__, number, len(workspace.reviews), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

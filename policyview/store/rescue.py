"""Saves what is whole of a damaged workspace into a new one. The damaged file is only copied, never opened itself."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policyview import scratch
from policyview.review import Review, read_line
from policyview.store import schema
from policyview.store.faults import NotAWorkspaceError, WorkspaceError, shown
from policyview.store.opening import (
    BESIDE,
    connect,
    look,
    put_in_place,
    refuse_leftovers,
    refuse_strange_journal,
    told_as_sentences,
    unfinished,
    within,
)
from policyview.store.workspace import Kept, Workspace, copied

_MOST_S = 300.0


@dataclass(frozen=True)
class Rescued:
    """What could be saved, and of how many that were told of."""

    path: Path
    documents: int
    of_documents: int
    reviews: int
    of_reviews: int

    def __str__(self) -> str:
        return (f"{self.documents} of {self.of_documents} documents and {self.reviews} of {self.of_reviews} reviews "
                f"were whole and were saved in {shown(self.path)}.")


def rescue(path: Path, target: Path) -> Rescued:
    """Makes ``target`` of what is whole in a damaged workspace: sources whose sums are right, and reviews.

    Documents are read again from their sources. WorkspaceError where nothing of a workspace is there.
    """
    look(path)
    refuse_leftovers(target)
    with ExitStack() as stack:
        folder = stack.enter_context(scratch.folder())
        with told_as_sentences(path):
            database = stack.enter_context(closing(_opened_copy(path, folder)))
            stack.enter_context(within(database, _MOST_S))
            if not any(schema.is_exact(database, version) for version in schema.TABLES):
                raise NotAWorkspaceError(f"{shown(path)} has not the tables of a workspace; nothing can be saved.")
            database.execute("PRAGMA query_only = ON")
        with unfinished(target) as part:
            with Workspace.make(part) as made, made.together():
                saved = _save(database, made, folder)
            put_in_place(part, target)
        return replace(saved, path=target)


def _opened_copy(path: Path, folder: Path) -> sqlite3.Connection:
    """A copy, on which SQLite may play back a crash's journal."""
    refuse_strange_journal(path)
    copy = folder / "damaged"
    for ending in ("", *BESIDE):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{path}{ending}", f"{copy}{ending}")
    return connect(copy, "rw")


def _save(database: sqlite3.Connection, made: Workspace, folder: Path) -> Rescued:
    sources = _save_sources(database, made, folder)
    files = list(_files(database))
    whole = [file for file in files if file.reason or made.has_source(file.sha256)]
    listed = {file.sha256 for file in whole}
    lost_names = [sha256 for sha256 in sources if sha256 not in listed]  # the list itself was damaged
    made.set_files([*whole, *(Kept(f"{sha256[:12]}.pdf", Path(sha256), sha256) for sha256 in lost_names)])
    reviews = list(_reviews(database))
    now: dict[str, str] = {}  # behind a review that is lost, the sums of all others change
    for review in reviews:
        withdraws = now.get(review.withdraws, review.withdraws)
        now[review.sha256] = made.add_review(review.action, review.subject, review.author, review.text, review.sets,
                                             withdraws, review.time).sha256  # fmt: skip
    of_documents = max(sum(not file.reason for file in files), len(sources), _count(database, "source"))
    return Rescued(made.path, len(sources), of_documents, len(reviews), max(len(reviews), _count(database, "review")))


def _rows(database: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows that can be read: from the front up to a damaged page, then from the back."""
    seen = set[int]()
    for order in ("ASC", "DESC"):
        with suppress(sqlite3.Error, UnicodeError):
            for number, *row in database.execute(f"SELECT id, {columns} FROM {table} ORDER BY id {order}"):
                if number in seen:
                    break
                seen.add(number)
                yield number, *row


def _count(database: sqlite3.Connection, table: str) -> int:
    """How many there were, as far as that can still be told: numbers are given one after the other."""
    return max((number for number, *_ in _rows(database, table, "id")), default=0)


def _save_sources(database: sqlite3.Connection, made: Workspace, folder: Path) -> list[str]:
    saved = []
    for number, digest in list(_rows(database, "source", "sha256")):
        copy = folder / "source"
        with suppress(sqlite3.Error, WorkspaceError), copy.open("wb") as target:
            with database.blobopen("source", "content", number, readonly=True) as blob:
                found = copied(blob, target)
            target.flush()
            if found == digest and not made.has_source(found.hex()):
                made.add_source(found.hex(), copy)
                saved.append(found.hex())
    return saved


def _files(database: sqlite3.Connection) -> Iterator[Kept]:
    rows = sorted(_rows(database, "file", "name, path, source, reason, seal"))
    for _, name, path, source, reason, given in rows:
        if schema.seal(name, path, source, reason) == given:
            yield Kept(_text(name), Path(os.fsdecode(path)), source.hex(), _text(reason))


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def _reviews(database: sqlite3.Connection) -> Iterator[Review]:
    """The reviews that are written as reviews are; one that was changed is told by the next, which names its sum."""
    lines = [line for _, line in sorted(_rows(database, "review", "line"))]
    named = set[str]()
    for line in reversed(lines):
        with suppress(ValueError):
            named.add(read_line(line).previous)
    for place, line in enumerate(lines):
        with suppress(ValueError):
            review = read_line(line)
            if review.sha256 in named or place == len(lines) - 1:
                yield review


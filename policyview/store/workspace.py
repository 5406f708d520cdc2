"""A workspace: sources, what was read of them, the files of the comparison, and what people said of it.

Use it from one thread; what it gives are frozen values. Each act is one transaction: after it returned, its work is on
the disk; if it fails, nothing of it is. What is read is what was written: each value carries its SHA-256, and one
that does not fit is a DamagedWorkspaceError.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from policyview.model import Document, Facts, Overrides, Reading
from policyview.review import FIRST, Review, ReviewAction, Subject, first_break, read_line
from policyview.store import codec, copying, holder, schema
from policyview.store.faults import UnwritableWorkspaceError, damaged, shown
from policyview.store.opening import make_file, opened, remove_abandoned, told_as_sentences

_CHUNK = 1 << 20
_MOST_SOURCE_BYTES = 900_000_000  # SQLite holds no value of a billion bytes
_HEAD = "reviews"
"""The value that says how many reviews there are and the sum of the last: a chain does not miss its own end."""
_OVERRIDES = "overrides"
_SUM = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_FORGET = (
    ("DELETE FROM reading WHERE source = ?", "digest"), ("DELETE FROM used WHERE id = ?", "number"),
    ("DELETE FROM source WHERE id = ?", "number"),
)  # fmt: skip
_MUCH_BYTES, _MUCH = 16 << 20, 0.25  # so much free, and so great a part of the file
_UTF8 = ("utf-8", "surrogatepass")  # lone surrogates survive


@dataclass(frozen=True)
class Kept:
    """A file of the comparison: what it is called, where it was, the sum of its source; or why it was not read."""

    name: str
    path: Path
    sha256: str = ""
    reason: str = ""


class Workspace:
    """An open workspace; close it, or use it as a context manager."""

    files: tuple[Kept, ...]
    reviews: tuple[Review, ...]

    def __init__(self, path: Path, for_writing: bool = True) -> None:
        """Opens a workspace that is there. WorkspaceError says why it cannot be; the file is then as it was."""
        self.path = path
        self.is_writable = for_writing
        self._open()
        if for_writing and self._version < schema.VERSION:
            try:
                copying.bring_up(self._database, self)
            finally:
                self.close()
            self._open()

    def _open(self) -> None:
        with ExitStack() as stack:
            self._database = stack.enter_context(opened(self.path, self.is_writable))
            self._load()
            if self.is_writable:
                real = Path(os.path.realpath(self.path))
                remove_abandoned(real.parent, f"{real.name}.")
                holder.leave(self.path)
                stack.callback(holder.remove, self.path)
            self._closing = stack.pop_all()

    @classmethod
    def make(cls, path: Path) -> Workspace:
        """A new, empty workspace at a place where nothing stands."""
        make_file(path)
        return cls(path)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the lock back. All work was on the disk before."""
        with suppress(sqlite3.Error):
            self._closing.close()

    # ------------------------------------------------------------ reading rows and writing them

    def _load(self) -> None:
        """What is small, checked: the list of files, the reviews, and where everything else stands."""
        with told_as_sentences(self.path):
            self._version = schema.version_of(self._database)
            used = "SELECT id, day FROM used" if self._version > 1 else "SELECT id, 0 FROM source"
            self._days: dict[int, int] = dict(self._rows(used))
            self._sources: dict[bytes, int] = {
                digest: number for number, digest in self._rows("SELECT id, sha256 FROM source")}  # fmt: skip
            self._readings: dict[tuple[bytes, bytes], tuple[int, bytes]] = {
                (source, ending): (number, edition)
                for number, source, ending, edition in self._rows("SELECT id, source, ending, edition FROM reading")
            }
            self._values = {
                bytes(name).decode(*_UTF8): self._sealed("a setting", given, name, content)
                for name, content, given in self._rows("SELECT name, content, seal FROM value")
            }
            rows = self._rows("SELECT name, path, source, reason, seal FROM file ORDER BY id")
            self.files = tuple(self._kept(*row) for row in rows)
            self.reviews = self._chained([line for (line,) in self._rows("SELECT line FROM review ORDER BY id")])

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._database.execute(query, values).fetchall()

    def _sealed(self, what: str, given: bytes, *parts: bytes) -> bytes:
        """The last part, where the seal is that of the parts."""
        if schema.seal(*parts) != given:
            raise damaged(self.path, f"{what} is not as it was stored")
        return parts[-1]

    @contextmanager
    def together(self) -> Iterator[None]:
        """Makes one transaction of all acts within: all of them are kept, or none."""
        if self._database.in_transaction and self.is_writable:
            yield
            return
        if not self.is_writable:
            raise UnwritableWorkspaceError(f"{shown(self.path)} was opened for reading only.")
        try:
            with told_as_sentences(self.path):
                self._database.execute("BEGIN IMMEDIATE")
                yield
                self._database.execute("COMMIT")
        except BaseException:
            self._take_back()
            raise

    def _take_back(self) -> None:
        with suppress(sqlite3.Error):
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            self._load()

    # ------------------------------------------------------------ the files of the comparison

    def _kept(self, name: bytes, path: bytes, source: bytes, reason: bytes, given: bytes) -> Kept:
        self._sealed("the list of files", given, name, path, source, reason)
        if source not in self._sources and not reason:
            raise damaged(self.path, "the source of one of its files is missing")
        return Kept(name.decode(*_UTF8), Path(os.fsdecode(path)), source.hex(), reason.decode(*_UTF8))

    def set_files(self, files: Sequence[Kept]) -> None:
        """These are now the files of the comparison, in this order."""
        with self.together():
            self._database.execute("DELETE FROM file")
            for file in files:
                parts = (file.name.encode(*_UTF8), os.fsencode(file.path), bytes.fromhex(file.sha256),
                         file.reason.encode(*_UTF8))  # fmt: skip
                self._database.execute("INSERT INTO file (name, path, source, reason, seal) VALUES (?, ?, ?, ?, ?)",
                                       (*parts, schema.seal(*parts)))  # fmt: skip
            self._use(bytes.fromhex(file.sha256) for file in files if file.sha256)
            self.files = tuple(files)

    def _use(self, digests: Iterable[bytes]) -> None:
        """Notes that these sources are of use today."""
        day = schema.today()
        for number in {self._sources[digest] for digest in digests if digest in self._sources}:
            if self._days.get(number) != day:
                self._database.execute("INSERT OR REPLACE INTO used (id, day) VALUES (?, ?)", (number, day))
                self._days[number] = day

    # ------------------------------------------------------------ sources

    def has_source(self, sha256: str) -> bool:
        return bytes.fromhex(sha256) in self._sources

    def add_source(self, sha256: str, copy: Path) -> None:
        """Keeps the bytes of a file whose sum is known; WorkspaceError where they are not those, or too many."""
        digest = bytes.fromhex(sha256)
        if digest in self._sources:
            return
        size = copy.stat().st_size
        if size > _MOST_SOURCE_BYTES:
            raise UnwritableWorkspaceError(f"{shown(copy)} is too large to be kept in a workspace ({size:,} bytes).")
        with self.together(), copy.open("rb") as content:
            number = self._insert_empty(digest, size)
            with self._database.blobopen("source", "content", number) as blob:
                if copied(content, blob) != digest:
                    raise UnwritableWorkspaceError(f"{shown(copy)} was changed while it was being kept. Add it again.")
            self._sources[digest] = number
            self._use((digest,))

    def _insert_empty(self, digest: bytes, size: int) -> int:
        before = self._database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000_000)
        try:
            done = self._database.execute("INSERT INTO source (sha256, content) VALUES (?, zeroblob(?))",
                                          (digest, size))  # fmt: skip
        finally:
            self._database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)
        assert done.lastrowid is not None
        return done.lastrowid

    def copy_source(self, sha256: str, target: Path) -> None:
        """Writes the bytes of a source to a new file; DamagedWorkspaceError where they are not what the sum says."""
        digest = bytes.fromhex(sha256)
        with told_as_sentences(self.path), target.open("xb") as copy, self._source(digest) as blob:
            found = copied(blob, copy)
        if found != digest:
            target.unlink()
            raise damaged(self.path, f"the source {self._name_of(sha256)} is not as it was stored")

    def _source(self, digest: bytes) -> sqlite3.Blob:
        return self._database.blobopen("source", "content", self._sources[digest], readonly=True)

    def _name_of(self, sha256: str) -> str:
        return next((file.name for file in self.files if file.sha256 == sha256), sha256)

    # ------------------------------------------------------------ what was read of them

    def keep(self, reading: Reading, copy: Path, edition: str) -> None:
        """Keeps a document's source and what this edition of the program read in it, in place of what one read before.

        ``edition`` is the sum of all that the reading depends on besides the bytes (``policyview.edition``).
        """
        document = reading.document
        digest, ending, text = bytes.fromhex(document.sha256), _ending(document.file), document.text.encode(*_UTF8)
        bare = codec.pack(replace(document, file="", text="", lines=(), signs=(), rules=()))
        facts = codec.pack(reading.facts, document.text)
        parts = (digest, ending, edition.encode("ascii"), bare, text, facts)
        with self.together():
            self.add_source(document.sha256, copy)
            self._database.execute("DELETE FROM reading WHERE source = ? AND ending = ?", (digest, ending))
            number = self._database.execute(
                "INSERT INTO reading (source, ending, edition, document, text, facts, seal) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)", (*parts, schema.seal(*parts)),
            ).lastrowid  # fmt: skip
            assert number is not None
            self._readings[digest, ending] = number, parts[2]

    def recall(self, sha256: str, name: str, edition: str) -> Reading | None:
        """What the same edition of the program read in these bytes under such a name; None where it never did."""
        key = bytes.fromhex(sha256), _ending(name)
        number, known = self._readings.get(key, (0, b""))
        if known != edition.encode("ascii"):
            return None
        with told_as_sentences(self.path):
            ((bare, text, facts, given),) = self._rows("SELECT document, text, facts, seal FROM reading WHERE id = ?",
                                                       number)  # fmt: skip
        self._sealed(f"the text of {name}", given, *key, known, bare, text, facts)
        try:
            words = bytes(text).decode(*_UTF8)
            document = replace(codec.unpack(Document, bare), file=name, text=words)
            return Reading(document, codec.unpack(Facts, facts, words))
        except ValueError as error:
            raise damaged(self.path, f"what was read of {name} cannot be understood") from error

    # ------------------------------------------------------------ reviews

    def _chained(self, lines: Sequence[bytes]) -> tuple[Review, ...]:
        """The reviews, each of which names the one before, up to the one that is said to be the last."""
        reviews = []
        for number, line in enumerate(lines, 1):
            try:
                reviews.append(read_line(line))
            except ValueError as error:
                raise damaged(self.path, f"review {number} is not as it was stored") from error
        broken = first_break(reviews)
        if broken is not None:
            raise damaged(self.path, f"review {broken + 1} does not follow the one before it")
        if self._values.get(_HEAD, _head(())) != _head(reviews):
            raise damaged(self.path, "reviews are missing or were added behind the last one")
        return tuple(reviews)

    def add_review(
        self, action: ReviewAction, subject: Subject, author: str, text: str = "",
        sets: tuple[tuple[str, str], ...] = (), withdraws: str = "", time: str = "",
    ) -> Review:  # fmt: skip
        """Adds a review behind the last one; ``time`` (ISO 8601, UTC) is now where it is not given."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        previous = self.reviews[-1].sha256 if self.reviews else FIRST
        made = Review(action, subject, author, time or now, text, sets, withdraws, previous)
        review = read_line(made.line)  # what could not be read again is not written
        with self.together():
            self._database.execute("INSERT INTO review (line) VALUES (?)", (review.line,))
            self.set_value(_HEAD, _head((*self.reviews, review)))
            self.reviews = (*self.reviews, review)
        return review

    # ------------------------------------------------------------ small things by name

    def value(self, name: str) -> bytes | None:
        """What was set under a name."""
        return self._values.get(name)

    def set_value(self, name: str, content: bytes) -> None:
        key = name.encode(*_UTF8)
        with self.together():
            self._database.execute("DELETE FROM value WHERE name = ?", (key,))
            self._database.execute("INSERT INTO value (name, content, seal) VALUES (?, ?, ?)",
                                   (key, content, schema.seal(key, content)))  # fmt: skip
            self._values[name] = content

    @property
    def overrides(self) -> Overrides:
        """What a person said of versions."""
        told = self._values.get(_OVERRIDES)
        try:
            return codec.unpack(Overrides, told) if told else Overrides()
        except ValueError as error:
            raise damaged(self.path, "what was said of versions cannot be understood") from error

    def set_overrides(self, overrides: Overrides) -> None:
        self.set_value(_OVERRIDES, codec.pack(overrides))

    # ------------------------------------------------------------ what is of no use any more

    def thin(self, unused_days: int) -> int:
        """Lets go of sources, and of what was read of them, that were of no use for so long and that nothing names any
        more: no file of the comparison, no review, no value. All or none of them; gives their number."""
        named = self._named()
        before = schema.today() - unused_days
        gone = [(digest, number) for digest, number in self._sources.items()
                if digest not in named and self._days.get(number, before) < before]  # fmt: skip
        if gone:
            with self.together():
                for digest, number in gone:
                    for statement, value in _FORGET:
                        self._database.execute(statement, (digest if value == "digest" else number,))
            self._load()
        return len(gone)

    def _named(self) -> set[bytes]:
        """Every sum that a file, a review or a value names."""
        texts = (*(review.line for review in self.reviews), *self._values.values())
        sums = {bytes.fromhex(found.decode("ascii")) for text in texts for found in _SUM.findall(text)}
        return sums | {bytes.fromhex(file.sha256) for file in self.files}

    def shrink(self) -> bool:
        """Gives the disk back what is free in the file, if that is much; whether it did.

        A full disk, or whatever else stands against it, leaves the file as it is.
        """
        with told_as_sentences(self.path):
            ((free,),), ((pages,),) = self._rows("PRAGMA freelist_count"), self._rows("PRAGMA page_count")
        if not self.is_writable or free * schema.PAGE_BYTES < _MUCH_BYTES or free < pages * _MUCH:
            return False
        before = self._database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # the copy that SQLite makes
        try:
            self._database.execute("PRAGMA temp_store = FILE")  # a gigabyte has no place in memory
            self._database.execute("VACUUM")
        except (sqlite3.Error, MemoryError):
            return False
        finally:
            self._database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, before)
            with suppress(sqlite3.Error):
                self._database.execute("PRAGMA temp_store = MEMORY")
        return True

    # ------------------------------------------------------------ all of it

    def copy_to(self, target: Path, may_replace: bool = False) -> None:
        """Writes a copy of all that is kept, and proves it; UnwritableWorkspaceError where that cannot be."""
        copying.copy(self._database, self, target, may_replace)

    def iter_checked(self) -> Iterator[str]:
        """Checks every source and all that was read, naming each when it is done; DamagedWorkspaceError at the first
        that is not as it was stored. The tables, the list of files and the reviews were checked on opening."""
        with told_as_sentences(self.path):
            for digest in self._sources:
                name = self._name_of(digest.hex())
                with self._source(digest) as blob:
                    if copied(blob, None) != digest:
                        raise damaged(self.path, f"the source {name} is not as it was stored")
                yield name
            for (digest, _), (number, _) in self._readings.items():
                name = self._name_of(digest.hex())
                query = "SELECT source, ending, edition, document, text, facts, seal FROM reading WHERE id = ?"
                ((*parts, given),) = self._rows(query, number)
                self._sealed(f"the text of {name}", given, *parts)
                yield name


def _ending(name: str) -> bytes:
    """The part of a name that reading depends on."""
    return PurePath(name).suffix.encode(*_UTF8)


def _head(reviews: Sequence[Review]) -> bytes:
    return f"{len(reviews)} {reviews[-1].sha256 if reviews else FIRST}".encode("ascii")


def copied(source: BinaryIO | sqlite3.Blob, target: BinaryIO | sqlite3.Blob | None) -> bytes:
    """Copies piece by piece (nowhere where ``target`` is None); the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    return digest.digest()

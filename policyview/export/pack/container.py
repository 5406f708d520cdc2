"""Unpacks the zip of a pack, of which nothing is believed: into a folder, under known names, within known sizes."""

from __future__ import annotations

import hashlib
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from policyview.export.legible import one_line
from policyview.export.pack import form
from policyview.export.pack.form import Sum
from policyview.settings import Settings

CHUNK = 1 << 20
"""So much of a file is held at a time."""

_END = struct.Struct("<4s4H2LH")  # the end of the central directory, which is the end of the file
_END_MARK, _FAR_END_MARK = b"PK\x05\x06", b"PK\x06\x07"
_FAR_END_BYTES = 20
_HEAD_BYTES = 30  # of a file in the zip, before its name
_MOST_DIRECTORY_BYTES = form.MOST_FILES * 256  # some 130 bytes a file in ours
_TIMES_ON_DISK = 3  # unpacked, copied to be read again, and written anew where it differs
_ENCRYPTED = 0x1
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, ValueError, EOFError, OSError)
"""What Python's own reader raises of a zip that is not in order."""


class NoPackError(Exception):
    """It cannot be unpacked at all; the sentence says why."""


@dataclass(frozen=True)
class Unpacked:
    """A file of the pack that is now in the folder under its name, or the sentence that says why it is not."""

    name: str
    sum: Sum | None = None
    fault: str = ""


def unpack(pack: Path, folder: Path, settings: Settings) -> Iterator[Unpacked | None]:
    """Each file of the pack, and None now and then while a large one is under way.

    Only files under the names that a pack has are written, each at most as large as it may be. NoPackError for what
    is no zip, or has more in it than any pack.
    """
    for below in ("sources", "text"):
        (folder / below).mkdir()
    try:
        with pack.open("rb") as file:
            check_end(file)
            packed_bytes = file.seek(0, 2)
            with zipfile.ZipFile(file) as archive:
                yield from _unpacked(archive, packed_bytes, folder, settings)
    except BROKEN as error:
        raise NoPackError(f"It is no zip that can be read ({error or type(error).__name__}).") from error


def check_end(file: BinaryIO) -> None:
    """NoPackError where the zip's own list of files, which is read as a whole, is not small and at the zip's end."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _FAR_END_BYTES - _END.size))
    tail = file.read()
    if len(tail) < _END.size or not tail[-_END.size:].startswith(_END_MARK):
        raise NoPackError("It does not end as a pack does: it is no zip, was cut off, or has something behind its end.")
    _, disk, first_disk, here, count, length, start, comment = _END.unpack(tail[-_END.size:])
    if tail[:-_END.size].startswith(_FAR_END_MARK) or disk or first_disk or comment or here != count:
        raise NoPackError("It is a zip of a kind that no pack is: in parts, with a comment, or of more than 4 GB.")
    if count > form.MOST_FILES or length > _MOST_DIRECTORY_BYTES:
        raise NoPackError(f"It holds more files than any pack ({count:,}; a pack has at most {form.MOST_FILES:,}).")
    if start + length != size - _END.size:
        raise NoPackError("It has something before or behind the files that it lists.")


def _check_room(total: int, packed_bytes: int, folder: Path) -> None:
    """NoPackError where a pack of that size cannot unpack to so much, or the disk cannot take it."""
    if total > (most := form.most_unpacked(packed_bytes)):
        raise NoPackError(f"It would unpack to {_mb(total)}, and {_mb(most)} are the limit for a pack of "
                          f"{_mb(packed_bytes)}: it may be a bomb.")  # fmt: skip
    free, needed = shutil.disk_usage(folder).free, _TIMES_ON_DISK * total + form.LEFT_BYTES
    if needed > free:
        raise NoPackError(f"Checking it takes up to {_mb(needed)} of disk, and only {_mb(free)} are free at "
                          f"{folder.parent}. Make room there, or set TMPDIR to a folder on another disk.")


def _mb(size: int) -> str:
    return f"{-(-size >> 20):,} MB"


def _unpacked(
    archive: zipfile.ZipFile, packed_bytes: int, folder: Path, settings: Settings
) -> Iterator[Unpacked | None]:
    entries = archive.infolist()
    _check_room(sum(entry.file_size for entry in entries), packed_bytes, folder)
    if _overlap(entries, archive.start_dir):
        raise NoPackError("Files in it share the same bytes, as in a bomb.")
    seen = set[str]()
    for entry in entries:
        fault = _fault(entry, settings) or ("It is there twice." if entry.filename in seen else "")
        seen.add(entry.filename)
        if fault:
            yield Unpacked(entry.filename, fault=f"{shown(entry.orig_filename)}: {fault}")
        else:
            yield from _one(archive, entry, folder)


def shown(name: str) -> str:
    """A name or value out of a pack, as it can stand in a sentence."""
    short = name if len(name) <= 120 else f"{name[:120]}…"
    return one_line(short)


def _overlap(entries: list[zipfile.ZipInfo], end: int) -> bool:
    """Whether two files in the zip are made of the same bytes, or reach into the list of files."""
    at = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < at:
            return True
        at = entry.header_offset + _HEAD_BYTES + len(entry.orig_filename) + entry.compress_size
    return at > end


def _fault(entry: zipfile.ZipInfo, settings: Settings) -> str:
    """Why a file is not unpacked; empty where it is."""
    name = entry.orig_filename
    if _OUTSIDE.search(name):
        return "It would be unpacked outside of the pack's folder."
    if name != entry.filename or not form.is_name(name):
        return "No file of a pack is called so."
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "It is a link or a device, and no file."
    if entry.flag_bits & _ENCRYPTED:
        return "It is encrypted, which no file of a pack is."
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "It is packed in a way that no pack uses."
    if entry.file_size > (most := form.most_bytes(name, settings)):
        return (f"It has {entry.file_size:,} bytes, and {most:,} are the limit"
                f"{' (--max-file-mb raises it)' if form.sum_in_name(name) else ''}.")
    if entry.file_size > form.RATIO_FROM_BYTES and entry.file_size > form.MOST_RATIO * entry.compress_size:
        return f"It would unpack to more than {form.MOST_RATIO} times its size, as a bomb does."
    return ""


def _one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> Iterator[Unpacked | None]:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(entry) as packed, (folder / entry.filename).open("xb") as target:
            while chunk := packed.read(CHUNK):  # never more than the size that was looked at above
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
                yield None
    except BROKEN as error:
        yield Unpacked(entry.filename, fault=f"{entry.filename}: It cannot be unpacked ({error}).")
        return
    if size != entry.file_size:
        wrong = f"{entry.filename}: It has {size:,} bytes where {entry.file_size:,} are told."
        yield Unpacked(entry.filename, fault=wrong)
    else:
        yield Unpacked(entry.filename, Sum(digest.hexdigest(), size))

"""Writes a pack: the same documents, reviews and day give the same bytes."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeAlias

from policyview import store
from policyview.collection import Collection
from policyview.errors import BrokenInvariantError, UseError
from policyview.export.comparison import Comparison
from policyview.export.html import comparison_html
from policyview.export.jsonfile import extract_json, matrix_json
from policyview.export.legible import base_name, encodable, one_line
from policyview.export.pack import form
from policyview.export.pack.annotations import annotations_json
from policyview.export.pack.form import Manifest, Sum
from policyview.export.whole import fill_whole
from policyview.inputs import is_workspace, shown_name
from policyview.read.copies import Copies
from policyview.review import Review
from policyview.settings import Settings

_CHUNK = 1 << 20
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell: no clock gets into the bytes
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3

Content: TypeAlias = bytes | Path
"""What a file of the pack holds: the bytes, or the file that holds them."""


def reviews_in(paths: Sequence[Path], collection: Collection, copies: Copies) -> tuple[Review, ...]:
    """What people said in the workspaces among ``paths``; sources that only they hold are put among the copies.

    A workspace that failed when it was read is left out: it is among the failures. UseError where several hold
    reviews, for a chain has one beginning.
    """
    failed = {failure.file for failure in collection.failures}
    chains = {_reviews(path, copies) for path in paths
              if path.is_file() and is_workspace(path) and shown_name(path) not in failed} - {()}  # fmt: skip
    if len(chains) > 1:
        raise UseError("Several workspaces hold reviews, and a pack holds one chain of them. Pack each by itself.")
    return next(iter(chains), ())


def _reviews(path: Path, copies: Copies) -> tuple[Review, ...]:
    with store.Workspace(path, for_writing=False) as workspace:

        def supply(sha256: str, target: Path) -> bool:
            workspace.copy_source(sha256, target)
            return True

        for file in workspace.files:
            if file.sha256 and copies.known(file.sha256) is None:
                copies.fetch(file.sha256, supply)
        return workspace.reviews


def written_parts(comparison: Comparison) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of all that the program writes of a comparison; made one by one, for each may be large.

    In whatever order the documents were given, they are the same.
    """
    comparison = replace(comparison, collection=comparison.collection.by_name())
    texts: dict[str, tuple[str, str]] = {}
    for reading in comparison.collection.readings:
        document = reading.document
        file, text = texts.setdefault(document.sha256, (document.file, document.text))
        if text != document.text:
            raise UseError(f"{one_line(file)} and {one_line(document.file)} hold the same bytes under endings by which "
                           "they are read differently. Leave one of them out.")
    for sha256, (_, text) in texts.items():
        yield form.text_name(sha256), encodable(text).encode()
    yield form.EXTRACT, extract_json(comparison.collection).encode()
    yield form.MATRIX, matrix_json(comparison.matrices, comparison.collection, comparison.as_of).encode()
    yield form.ANNOTATIONS, annotations_json(comparison.collection).encode()
    yield form.REPORT, comparison_html(comparison).encode()


def write(
    comparison: Comparison, copies: Copies, settings: Settings, target: Path,
    last_look: Callable[[], None] = lambda: None, parts: Mapping[str, bytes] | None = None,
) -> str:
    """Writes the pack, whole or not at all; its digest. UseError where it cannot be written.

    ``last_look`` is called when all is ready to be written, and may raise to prevent it. ``parts`` are the written ones
    where they were made before.
    """
    contents: dict[str, Content] = dict(written_parts(comparison) if parts is None else parts)
    contents[form.AUDIT] = b"".join(review.line + b"\n" for review in comparison.collection.reviews)
    for reading in comparison.collection.readings:
        copy = copies.known(reading.document.sha256)
        if copy is None:
            raise BrokenInvariantError(f"The copy of {reading.file} is gone.")
        contents[form.source_name(reading.document.sha256, reading.document.media_type)] = copy
    sums = {name: _sum(content) for name, content in contents.items()}
    _check_sizes(sums, settings)
    manifest = Manifest(form.program(settings), comparison.as_of, comparison.collection.overrides, sums).content()
    last_look()
    try:
        fill_whole(target, lambda file: _zip(file, {form.MANIFEST: manifest, **contents}))
    except zipfile.LargeZipFile as error:
        raise UseError(_too_large("it would take more than 4 GB")) from error
    return hashlib.sha256(manifest).hexdigest()


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[start:start + _CHUNK] for start in range(0, len(content), _CHUNK))
        return
    with content.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _sum(content: Content) -> Sum:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(content):
        digest.update(chunk)
        size += len(chunk)
    return Sum(digest.hexdigest(), size)


def _check_sizes(sums: Mapping[str, Sum], settings: Settings) -> None:
    """What ``verify`` would refuse is not written."""
    for name, each in sums.items():
        if (wanted := form.sum_in_name(name)) not in (None, each.sha256):
            raise BrokenInvariantError(f"The copy of the document {wanted} is not what it was.")
        if each.size > form.most_bytes(name, settings):
            raise UseError(_too_large(f"{base_name(name)} has {each.size >> 20} MB"))
    if len(sums) >= form.MOST_FILES:
        raise UseError(_too_large(f"it would hold {len(sums):,} files"))
    if (total := sum(each.size for each in sums.values())) > form.MOST_TOTAL_BYTES:
        raise UseError(_too_large(f"it would hold {total >> 20:,} MB"))


def _too_large(why: str) -> str:
    return f"This is too much for one pack: {why}. Make several, of fewer documents each."


def _zip(file: BinaryIO, parts: Mapping[str, Content]) -> None:
    with zipfile.ZipFile(file, "w", allowZip64=False) as archive:
        for name, content in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr = _UNIX, _REGULAR_FILE
            entry.compress_type, entry.file_size = _method(content)
            with archive.open(entry, "w") as packed:
                for chunk in _chunks(content):
                    packed.write(chunk)


def _method(content: Content) -> tuple[int, int]:
    """How a file is packed, and its size. What shrinks as only a bomb does is not, for such a file is refused."""
    packer, size, packed = zlib.compressobj(), 0, 0
    for chunk in _chunks(content):
        size += len(chunk)
        packed += len(packer.compress(chunk))
    packed += len(packer.flush())
    is_like_a_bomb = size > form.SMALL_BYTES and size > packed * form.MOST_TIMES
    return zipfile.ZIP_STORED if is_like_a_bomb else zipfile.ZIP_DEFLATED, size

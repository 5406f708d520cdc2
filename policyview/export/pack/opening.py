"""Opens packs to be shown or compared. Nothing of one is believed, and nothing is shown where a sum does not hold.

What is shown is read anew out of its sources: then every word on the screen is one that this program finds there, and
whether the pack says the same of them is for ``verify`` to tell.
"""

from __future__ import annotations

import datetime
import hashlib
import zipfile
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policyview import pipeline, scratch
from policyview.collection import Collection
from policyview.errors import BrokenInvariantError, FileError
from policyview.export.jsonfile import EXTRACT_SCHEMA
from policyview.export.pack import form
from policyview.export.pack.audit import audit_faults
from policyview.export.pack.container import BROKEN, NoPackError, check_end
from policyview.export.pack.form import Sum
from policyview.export.pack.judge import Found, Plan, loaded, plan_of
from policyview.export.pack.sums import sum_faults, unpacked
from policyview.inputs import shown_name
from policyview.model import Failure, Overrides, Progress
from policyview.read import errand
from policyview.read.copies import Copies
from policyview.review import Review
from policyview.settings import Settings

_ZIP, _NAME_AT = b"PK\x03\x04", 30  # how a zip begins, and where the name of the first file in it stands
_OPENING = "Opening the pack"


@dataclass(frozen=True)
class Pack:
    """What a pack holds to be shown: ``documents`` are (unpacked source, name as given). ``digest`` is its own."""

    path: Path
    digest: str
    as_of: datetime.date
    overrides: Overrides
    documents: tuple[tuple[Path, str], ...]
    failures: tuple[Failure, ...]
    skipped: tuple[str, ...]
    reviews: tuple[Review, ...]


def is_pack(path: Path) -> bool:
    """Whether a file calls itself a pack: a zip that begins with a manifest, as those of ours do, or lists one."""
    name = form.MANIFEST.encode()
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(_NAME_AT + len(name))
            if not head.startswith(_ZIP) or head.endswith(name):
                return head.startswith(_ZIP)
            check_end(file)
            with zipfile.ZipFile(file) as archive:
                return form.MANIFEST in archive.namelist()
    except (NoPackError, *BROKEN):
        return False


def open_pack(path: Path, folder: Path, settings: Settings) -> Generator[Progress, None, Pack]:
    """Unpacks a pack into an empty folder. FileError, naming each thing, where not all its sums hold."""
    try:
        sums, faults = yield from unpacked(path, folder, settings, _OPENING)
    except NoPackError as error:
        raise FileError(f"{shown_name(path)} is no pack that can be shown: {error}") from error
    try:
        content = (folder / form.MANIFEST).read_bytes() if form.MANIFEST in sums else b""
        manifest = form.read_manifest(content)
    except ValueError as error:
        raise _not_shown(path, [f"MANIFEST.json: {error}"]) from error
    if faults := [*faults, *sum_faults(manifest, sums)]:
        raise _not_shown(path, faults)
    plan = yield from _planned(path, folder, sums, settings)
    documents = tuple((folder / name, file) for name, file in plan.documents)
    digest = hashlib.sha256(content).hexdigest()
    return Pack(path, digest, manifest.as_of, manifest.overrides, documents, plan.failures, plan.skipped, plan.reviews)


def _not_shown(path: Path, faults: Sequence[str]) -> FileError:
    return FileError(f"{shown_name(path)} does not hold, so nothing of it is shown. Ask for it again. "
                     f"{' '.join(faults)}")  # fmt: skip


def _planned(
    path: Path, folder: Path, sums: dict[str, Sum], settings: Settings
) -> Generator[Progress, None, Plan]:
    """The documents and the reviews, read in a worker with limits."""
    try:
        found: list[Found] = yield from errand.run(_plan, [(str(folder), frozenset(sums))], settings, _OPENING)
    except BrokenInvariantError as error:
        raise _not_shown(path, [str(error)]) from error
    plan = next((each for each in found if isinstance(each, Plan)), None)
    faults = [each for each in found if isinstance(each, str)]
    if plan is None or faults:
        raise _not_shown(path, faults or ["extract.json: Not all documents that it names are there."])
    return plan


def _plan(things: Sequence[tuple[str, frozenset[str]]]) -> Iterator[Found]:
    ((place, names),) = things
    folder = Path(place)
    extract = yield from loaded(folder, names, form.EXTRACT, EXTRACT_SCHEMA)
    reviews = yield from audit_faults((folder / form.AUDIT).read_bytes(), folder, names)
    if extract is not None:
        yield from plan_of(extract, names, reviews)


# --------------------------------------------------------------------------- packs among what is read


def read(
    paths: Sequence[Path], settings: Settings, copies: Copies | None = None, with_units: bool = False
) -> Generator[Progress, None, Collection]:
    """``pipeline.read``, for paths among which packs may be: each gives its documents, or fails with its reason."""
    given = {path: is_pack(path) for path in paths}
    others = [path for path in paths if not given[path]]
    packs, failures = list[Pack](), list[Failure]()
    with scratch.folder() as place:
        for number, path in enumerate(path for path, is_one in given.items() if is_one):
            folder = Path(place, str(number))
            folder.mkdir()
            try:
                packs.append((yield from open_pack(path, folder, settings)))
            except FileError as error:
                failures.append(Failure(shown_name(path), str(error)))
        called = [document for pack in packs for document in pack.documents]
        found = yield from pipeline.read(others, settings, copies, with_units, called=called)
    return _joined(found, packs, failures)


def _joined(found: Collection, packs: Sequence[Pack], failures: Sequence[Failure]) -> Collection:
    overrides = found.overrides
    for pack in packs:
        overrides = overrides.joined(pack.overrides)
        failures = [*failures, *pack.failures]
    skipped = [name for pack in packs for name in pack.skipped]
    reviews = [review for pack in packs for review in pack.reviews]
    return replace(found, failures=(*found.failures, *failures), skipped=(*found.skipped, *skipped),
                   overrides=overrides, reviews=(*found.reviews, *reviews))  # fmt: skip

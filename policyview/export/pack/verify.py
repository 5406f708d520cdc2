"""Checks a pack, of which nothing is believed, and says of each thing whether it holds.

What is unpacked stands in a temporary folder that goes away. This process holds at most a megabyte of a file at a
time, the manifest (4 MB) and the sentences; what must be read as a whole is read in workers that may use four times
the memory of a reading worker (``Settings.worker_memory_bytes``). Reading the documents again takes what comparing them
takes, and the file that is made anew.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from policyview import scratch
from policyview.errors import BrokenInvariantError
from policyview.export.pack import form
from policyview.export.pack.again import read_again
from policyview.export.pack.audit import Note
from policyview.export.pack.container import NoPackError, shown
from policyview.export.pack.form import Manifest, Sum
from policyview.export.pack.judge import Found, Plan, few, judge
from policyview.export.pack.sums import sum_faults, unpacked
from policyview.inputs import shown_name
from policyview.model import Progress
from policyview.read import errand
from policyview.settings import Settings

_CHECKING = "Checking the pack"
_ALL_AGAIN = "The facts, the matrix and the report were made anew from the sources and are the same, byte for byte."


class _TooLongError(Exception):
    """See ``_within``."""


@dataclass(frozen=True)
class _Asked:
    """See ``verify``."""

    has_digest: bool
    is_shown: bool


@dataclass
class Verdict:
    """``faults`` are what does not hold, ``notes`` what else is to be known; a sentence each."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults


def verify(
    pack: Path, settings: Settings, digest: str | None = None, is_shown: bool = False
) -> Generator[Progress, None, Verdict]:
    """Checks everything that can be. ``digest`` is the one that came another way than the pack.

    What it takes of time and of the disk is limited in relation to the pack's size (``form``). ``is_shown``: what this
    program reads in the sources is on the screen, so where another made the pack it is noted in what the two differ.
    """
    verdict = Verdict()
    seconds = form.most_seconds(pack.stat().st_size if pack.is_file() else 0)
    try:
        yield from _within(seconds, _verified(pack, form.patient(settings), digest, is_shown, verdict))
    except _TooLongError:
        verdict.faults.append(f"Checking it took longer than {seconds / 60:.0f} minutes, the limit for a pack of its "
                              "size, and was stopped: the rest of it is not checked.")  # fmt: skip
    return verdict


def _within(seconds: float, steps: Generator[Progress, None, None]) -> Generator[Progress, None, None]:
    """_TooLongError where the steps take longer than that; they are closed then."""
    until = time.monotonic() + seconds
    with closing(steps):
        for step in steps:
            yield step
            if time.monotonic() > until:
                raise _TooLongError


def _verified(
    pack: Path, settings: Settings, digest: str | None, is_shown: bool, verdict: Verdict
) -> Generator[Progress, None, None]:
    with scratch.folder() as folder:
        try:
            sums, verdict.faults = yield from unpacked(pack, folder, settings, _CHECKING)
        except NoPackError as error:
            verdict.faults.append(f"{shown_name(pack)} is no pack that can be checked: {error}")
            return
        manifest = _manifest(folder, sums, digest, verdict)
        if manifest is not None:
            verdict.faults += sum_faults(manifest, sums)
            yield from _content(folder, sums, manifest, settings, _Asked(digest is not None, is_shown), verdict)


# --------------------------------------------------------------------------- sums


def _manifest(folder: Path, sums: Mapping[str, Sum], digest: str | None, verdict: Verdict) -> Manifest | None:
    """The manifest, its digest compared; None where there is none to go by."""
    if form.MANIFEST not in sums:
        verdict.faults.append("MANIFEST.json: It is missing, so there is nothing to check the rest by.")
        return None
    content = (folder / form.MANIFEST).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if digest is None:
        verdict.notes.append(
            "Without the digest it cannot be shown that this is the pack that was sent: who makes one anew, with other "
            "documents, names, failures, reviews or day, can make all sums fit. Ask the sender for the digest, "
            f"another way than the pack came; of this pack it is {found}."
        )
    elif digest.lower() != found:
        verdict.faults.append(f"The digest is not the one that was given: of this pack it is {found}.")
    try:
        return form.read_manifest(content)
    except ValueError as error:
        verdict.faults.append(f"MANIFEST.json: {error} So there is nothing to check the rest by.")
        return None


# --------------------------------------------------------------------------- what it says


def _content(
    folder: Path, sums: Mapping[str, Sum], manifest: Manifest, settings: Settings, asked: _Asked, verdict: Verdict
) -> Generator[Progress, None, None]:
    thing = str(folder), frozenset(sums), manifest.as_of.isoformat()
    try:
        found: list[Found] = yield from errand.run(judge, [thing], settings, _CHECKING)
    except BrokenInvariantError as error:
        verdict.faults.append(f"What the pack says could not be checked: {error}")
        return
    verdict.faults += (each for each in found if isinstance(each, str))
    verdict.notes += few((each.text for each in found if isinstance(each, Note)), "Notes")
    plan = next((each for each in found if isinstance(each, Plan)), None)
    if plan is not None:
        verdict.notes += few((f"It could not be read when the pack was made, and so is not in it: {shown(each.reason)}"
                              for each in plan.failures), "Failures")  # fmt: skip
    yield from _second_extraction(folder, sums, plan, manifest, settings, asked, verdict)


def _second_extraction(
    folder: Path, sums: Mapping[str, Sum], plan: Plan | None, manifest: Manifest, settings: Settings, asked: _Asked,
    verdict: Verdict,
) -> Generator[Progress, None, None]:
    other = _other_program(manifest, settings)
    if other:
        told = f"The facts were not extracted again: {other}"
        if asked.is_shown:
            verdict.notes.append(f"What is shown was read anew by this program: {other}")
        elif asked.has_digest:
            verdict.notes.append(told)
        else:
            verdict.faults.append(f"{told} Without the digest, too, nothing shows that they are what was extracted.")
    if plan is None:
        if not other:
            verdict.faults.append("The facts could not be extracted again: not all documents are there.")
        return
    if other and not asked.is_shown:
        return
    differences: list[str] = []
    try:
        differences += yield from read_again(folder, sums, plan, manifest, settings)
    except BrokenInvariantError as error:
        differences.append(f"The facts could not be extracted again: {error}")
    if other:
        verdict.notes += (f"As shown, it comes out otherwise. {each}" for each in differences)
    else:
        verdict.faults += (each for each in differences if each not in verdict.faults)
    if not differences:
        verdict.notes.append(_ALL_AGAIN)


def _other_program(manifest: Manifest, settings: Settings) -> str:
    """How the program that made the pack differs from this one; empty where it does not."""
    ours = form.program(settings)
    differ = [name for name in ours if manifest.program.get(name) != ours[name]]
    if not differ and len(ours) == len(manifest.program):
        return ""
    versions = [f"{name} {shown(manifest.program.get(name, 'unknown'))} (here {ours[name]})"
                for name in differ if name != "edition"]  # fmt: skip
    if versions:
        return f"the pack was made with {', '.join(versions)}."
    return "the pack was made with another state of the program, another lexicon (--lexicon) or other libraries."

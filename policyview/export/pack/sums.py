"""Unpacks a pack and compares the sums of its files with those that its manifest names."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

from policyview.export.pack import form
from policyview.export.pack.container import unpack
from policyview.export.pack.form import Manifest, Sum
from policyview.export.pack.judge import few
from policyview.model import Progress
from policyview.settings import Settings


def unpacked(
    pack: Path, folder: Path, settings: Settings, text: str
) -> Generator[Progress, None, tuple[dict[str, Sum], list[str]]]:
    """The sums of the files that are now in the folder, and a sentence for each that is not. NoPackError likewise."""
    sums: dict[str, Sum] = {}
    faults: list[str] = []
    for each in unpack(pack, folder, settings):
        yield Progress(0, 1, text)
        if each is not None and each.sum is not None:
            sums[each.name] = each.sum
        elif each is not None:
            faults.append(each.fault)
    return sums, list(few(faults, "Files"))


def sum_faults(manifest: Manifest, sums: Mapping[str, Sum]) -> Iterator[str]:
    """A sentence for each file that is missing, not named, or not as the manifest or its own name tells."""
    return few(_sum_faults(manifest, sums), "Sums")


def _sum_faults(manifest: Manifest, sums: Mapping[str, Sum]) -> Iterator[str]:
    for name in sorted({*manifest.files, *form.SINGLE} - set(sums)):
        yield f"{name}: It is missing."
    for name, found in sorted(sums.items()):
        wanted = manifest.files.get(name)
        if name == form.MANIFEST:
            continue
        if wanted is None:
            yield f"{name}: MANIFEST.json does not name it."
        elif wanted != found:
            yield f"{name}: Its SHA-256 is not the one that MANIFEST.json names; it was changed."
        if form.sum_in_name(name) not in (None, found.sha256):
            yield f"{name}: It does not hold the bytes that its name is the SHA-256 of."

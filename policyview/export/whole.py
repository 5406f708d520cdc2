"""Writes a file whole or not at all: beside its place first, then moved there in one step."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from policyview.errors import UseError
from policyview.export.legible import one_line


def _refusal(target: Path, error: OSError) -> UseError:
    why = error.strerror or type(error).__name__
    return UseError(f"{one_line(str(target))} cannot be written: {why}. Choose another place for the output.")


def check_writable(target: Path) -> None:
    """Says at once, before long work, that ``target`` cannot be written; UseError if so."""
    if target.is_dir():
        raise UseError(f"{one_line(str(target))} is a folder; name a file for the output.")
    folder = target.parent
    if not folder.is_dir():
        raise UseError(f"The folder {one_line(str(folder))} does not exist; make it first or choose another place.")
    if not os.access(target if _is_device(target) else folder, os.W_OK):
        raise UseError(f"{one_line(str(target))} cannot be written: no permission. Choose another place.")


def _is_device(target: Path) -> bool:
    """Whether something stands there that must be written to, not replaced: a terminal, a pipe, /dev/null."""
    return target.exists() and not target.is_file()


def write_whole(target: Path, content: bytes) -> None:
    """Writes ``content`` to ``target``; what stood there stays as it was unless all could be written."""
    fill_whole(target, lambda file: file.write(content))


def fill_whole(target: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Has ``fill`` write ``target``, likewise: whatever it raises, what stood there stays as it was."""
    place = Path(os.path.realpath(target))  # a link stays a link
    try:
        if _is_device(place):
            with place.open("wb") as device:
                fill(device)
            return
        beside = place.with_name(f".{secrets.token_hex(8)}.policyview-part")
        try:
            with open(beside, "xb") as file:
                fill(file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, place)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise _refusal(target, error) from error


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """``stem + ending`` in ``folder``, or with ``-2``, ``-3`` … the first that names no file yet."""
    number, path = 1, folder / f"{stem}{ending}"
    while os.path.lexists(path):
        number += 1
        path = folder / f"{stem}-{number}{ending}"
    return path


def make_folder(folder: Path) -> None:
    """Makes ``folder`` and those above it where they are not there yet; UseError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refusal(folder, error) from error

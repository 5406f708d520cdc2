"""What the command line says on standard error: sentences, and a progress line where someone watches."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable

from policyview.collection import Collection
from policyview.export.legible import file_name, one_line
from policyview.model import Progress

NAMED_SKIPS = 5
"""Skipped files named on the terminal; the output names them all."""


def say(sentence: str) -> None:
    """One line on standard error; silence where there is none."""
    if sys.stderr is not None:
        print(f"policyview: {one_line(sentence)}", file=sys.stderr, flush=True)


def say_each(sentences: Iterable[str]) -> None:
    """Each on a line of its own."""
    for sentence in sentences:
        say(sentence)


def say_what_became(collection: Collection) -> None:
    """Names each file that could not be read with its reason, and what was left out."""
    for failure in collection.failures:
        say(failure.reason if file_name(failure.file) in failure.reason else f"{failure.file}: {failure.reason}")
    if skipped := collection.skipped:
        named = ", ".join(skipped[:NAMED_SKIPS])
        more = f" and {len(skipped) - NAMED_SKIPS} more" if len(skipped) > NAMED_SKIPS else ""
        say(f"Skipped, not of a type that policyview reads: {named}{more}")
    if not collection.readings and not collection.failures:
        say("There is no document among the given paths.")


class ProgressLine:
    """One line that is written over as work goes on, only on a terminal; leave the block to wipe it."""

    def __init__(self) -> None:
        self._shows = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def show(self, progress: Progress) -> None:
        """Shows ``done/total`` and what is under way."""
        self._write(f"{progress.done}/{progress.total}  {one_line(progress.text)}")

    def _write(self, text: str) -> None:
        if self._shows:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r\x1b[K{text[:width]}", end="", file=sys.stderr, flush=True)

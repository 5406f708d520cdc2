"""What the given paths hold: documents, what could not be read, and what people said of all this."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from policyview.amend import Amended
from policyview.model import Failure, Overrides, Reading
from policyview.review import Review


@dataclass(frozen=True)
class Collection:
    """What became of the given paths: every file is in exactly one of ``readings``, ``failures`` and ``skipped``.

    ``overrides`` are what a person said of versions and ``reviews`` of statements, in the workspace that the documents
    come from. ``amended`` is what the reviews make of the readings, once they are applied (``pipeline.amended``).
    """

    readings: tuple[Reading, ...] = ()
    failures: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()
    overrides: Overrides = field(default_factory=Overrides)
    reviews: tuple[Review, ...] = ()
    amended: Amended = field(default_factory=Amended)

    def by_name(self) -> Collection:
        """The same in the order of the files' names, whatever the order in which they were given."""
        return replace(
            self, readings=tuple(sorted(self.readings, key=lambda reading: (reading.file, reading.document.sha256))),
            failures=tuple(sorted(self.failures, key=lambda failure: (failure.file, failure.reason))),
            skipped=tuple(sorted(self.skipped)),
        )  # fmt: skip

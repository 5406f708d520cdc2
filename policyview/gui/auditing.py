"""An audit pack in the window: opened to be looked at, read-only, and verified behind it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from policyview import scratch
from policyview.export.pack.opening import open_pack
from policyview.export.pack.verify import Verdict, verify
from policyview.gui.desk import Contents
from policyview.gui.runner import Runner, Work
from policyview.inputs import shown_name
from policyview.model import Progress
from policyview.read.copies import Copies
from policyview.settings import Settings

READ_ONLY = "An audit pack is read-only: nothing in it can be confirmed, changed or added."


class Auditing(QObject):
    """Opens packs. ``opened`` or ``refused`` tells how that went, ``progressed`` how far the checks of it are,
    ``judged`` that their outcome is another now."""

    opened = Signal(object)  # Contents
    refused = Signal(str)
    progressed = Signal(object)  # Progress
    judged = Signal()

    def __init__(self, settings: Settings, copies: Copies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._copies = settings, copies
        self._runner: Runner | None = None
        self._dropped: list[Runner] = []
        self._opening: Path | None = None
        self.is_on = False
        """Whether a pack was asked for, and nothing else since."""
        self.contents: Contents | None = None
        self.verdict: Verdict | None = None
        self.why_not = ""
        """Why it could not be verified to the end."""
        self.not_opened = ""
        """What is to be said of files that were given with the pack."""

    @property
    def is_opening(self) -> bool:
        return self._opening is not None

    @property
    def is_verifying(self) -> bool:
        return self._runner is not None and not self.is_opening

    @property
    def is_unchecked(self) -> bool:
        """Whether a pack is open whose checks have not come to their end."""
        return self.contents is not None and not (self.verdict or self.why_not)

    def open(self, path: Path, others: Sequence[Path] = ()) -> None:
        """Opens a pack; what is open stays until it can take its place. ``others`` were given with it."""
        self._drop()
        names = ", ".join(map(shown_name, others))
        self.not_opened = f"An audit pack is shown by itself, so this was not opened: {names}." if others else ""
        self.is_on, self._opening = True, path
        settings, copies = self._settings, self._copies  # not through self: a circle may end in any thread
        self._start(lambda: _contents(path, settings, copies), self._on_opened, self._on_refused)

    def verify(self) -> None:
        """Checks the pack that is open, once."""
        if self.contents is None or self.contents.path is None or self._runner or self.verdict or self.why_not:
            return
        path, settings, digest = self.contents.path, self._settings, self.contents.digest
        self._start(lambda: verify(path, settings, digest, is_shown=True), self._on_verified, self._on_broke)
        self.judged.emit()

    def leave(self) -> None:
        """Something else takes the place of the pack."""
        self._drop()
        self.is_on = False
        self._show(None)

    def close(self) -> None:
        """Stops all work and waits for it."""
        self._drop()
        for runner in self._dropped:
            runner.wait()

    def _show(self, contents: Contents | None) -> None:
        self.contents, self.verdict, self.why_not = contents, None, ""
        self.judged.emit()

    def _drop(self) -> None:
        if self._runner is not None:
            self._runner.blockSignals(True)
            self._runner.cancel()
        self._done()

    def _done(self) -> None:
        if self._runner is not None:
            self._dropped.append(self._runner)
        self._runner = self._opening = None

    def _start(self, work: Work, ended: Callable[[Any], None], broke: Callable[[str], None]) -> None:
        self._runner = Runner(work, self)
        self._runner.progressed.connect(self.progressed)
        self._runner.ended.connect(ended)
        self._runner.broke.connect(broke)
        self._runner.start()

    def _on_opened(self, contents: Contents | None) -> None:
        if self.sender() is self._runner and self.is_opening:
            self._done()
            if contents is not None:
                self._show(contents)
                self.opened.emit(contents)

    def _on_refused(self, why: str) -> None:
        if self.sender() is self._runner:
            self._done()
            self.refused.emit(why)
            self.verify()  # what is still open, if its checks had to make way

    def _on_verified(self, verdict: Verdict | None) -> None:
        if self.sender() is self._runner:
            self._done()
            self.verdict = verdict
            self.judged.emit()

    def _on_broke(self, why: str) -> None:
        if self.sender() is self._runner:
            self.why_not = why


def _contents(path: Path, settings: Settings, copies: Copies) -> Generator[Progress, None, Contents]:
    """What a pack holds; its sources stand among the copies."""
    with scratch.folder() as folder:
        pack = yield from open_pack(path, folder, settings)
        called = []
        for source, name in pack.documents:
            copy = _moved(source, copies)
            if copy is not None:
                called.append((copy, name))
    return Contents(path, {}, (), pack.failures, tuple(called), pack.reviews, pack.overrides, pack.as_of, pack.digest,
                    READ_ONLY, pack.skipped)  # fmt: skip


def _moved(source: Path, copies: Copies) -> Path | None:
    def supply(sha256: str, target: Path) -> bool:
        source.rename(target)
        return True

    return copies.known(source.stem) or copies.fetch(source.stem, supply)

"""The window, as the program starts it, at work by itself until it is killed: ``python -m tests.gui.busy FOLDER SEED``.

FOLDER holds documents, which are read first of all; workspaces and exports are written into it. What was kept is told
on standard output, once the store has said so: the workspace, and how many reviews it then held. Each review's text is
its number.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from policyview.export import delivery
from policyview.gui import automatic
from policyview.gui.application import prepare
from policyview.gui.display import application
from policyview.gui.main_window import MainWindow
from policyview.review import CellSubject
from policyview.settings import Settings

_STEP_MS = 30
ANALYST, EXPORTER = (3, 40, 1, 1, 4), (0, 2, 0, 0, 10)  # how often she reads, reviews, saves, goes back, exports


class Busy:
    """Does one act after the other."""

    def __init__(self, window: MainWindow, folder: Path, seed: int) -> None:
        self.window, self.session, self.folder = window, window.session, folder
        self.seed, self.chance = seed, random.Random(seed)
        self.acts: list[Callable[[], None]] = [self.read, self.review, self.save, self.back, self.export]
        self.session._keeping._desk.reviewed.connect(self._on_kept)
        self.session.workspace_opened.connect(self._on_opened)
        window.menus.exports.ended.connect(self._on_exported)
        self.session.broke.connect(lambda why: print("broke", why, flush=True))
        self.timer = QTimer(window, interval=_STEP_MS)
        self.timer.timeout.connect(self._act)
        self.timer.start()

    @property
    def name(self) -> str:
        return self.session.workspace.name if self.session.workspace else "automatic"

    def _on_kept(self, reviews: tuple[object, ...]) -> None:
        print("kept", self.name, len(reviews), flush=True)

    def _on_opened(self) -> None:
        print("opened", self.name, len(self.session.reviews), flush=True)

    def _act(self) -> None:
        if not self.session._keeping.is_opening:
            weights = EXPORTER if self.seed % 2 or not any(self.folder.glob("export.*")) else ANALYST
            self.chance.choices(self.acts, weights)[0]()

    def read(self) -> None:
        self.session.open([self.chance.choice(sorted(self.folder.glob("*.txt")))])

    def review(self) -> None:
        for reading in self.session.readings.values():
            use = reading.facts.indications[0]
            subject = CellSubject(reading.document.sha256, use.anchor, use.text)
            self.session.review("note", subject, str(len(self.session.reviews)))
            return

    def save(self) -> None:
        self.session.save_as(self.folder / "saved.policyview")

    def back(self) -> None:
        self.session.work_in(None)

    def export(self) -> None:
        """By the menu; whole or not at all, in a process of its own."""
        menu = self.window.menus.exports
        if menu.why_not:
            return
        ending = self.chance.choice([*delivery.FORMATS, ".zip"])
        target = self.folder / f"export{ending}"
        (menu.write_pack if ending == ".zip" else menu.write)(target)
        print("exporting", ending, flush=True)

    def _on_exported(self) -> None:
        print("exported", flush=True)


def main(folder: Path, seed: int) -> None:
    automatic._DAY_S = 2.0  # a backup nearly each time that a workspace is opened; its name tells the second
    app, _ = application()
    prepare(app)
    window = MainWindow(Settings(workers=1))
    window.show()
    busy = Busy(window, folder, seed)
    window.begin([] if any(folder.glob("export.*")) else [folder])
    app.exec()
    del busy


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

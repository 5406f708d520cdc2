"""Takes a picture of every view and dialog, light and dark, for a person to look at: see the README.

A view that is added gets a line in ``VIEWS``. Everything happens offscreen, in folders of its own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from policyview.gui.main_window import MainWindow

WIDTH, HEIGHT = 1280, 720  # device-independent pixels; at scale 2 a picture has 2560 by 1440
SCALES, LOOKS = (1, 2), ("light", "dark")
_PATIENCE_MS, _LOOK_MS = 120_000, 30
_REST_MS = 150  # for what is drawn after all has settled
_TORN = "%PDF-1.4 torn in two"


class View(NamedTuple):
    """``show`` turns the window to it; what it returns is pictured, the whole window for None."""

    name: str
    show: Callable[[MainWindow], QWidget | None]


# --------------------------------------------------------------------------- how to get there


def _view(attribute: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        window.walking.go_to(getattr(window, attribute))

    return show


def _grid(name: str) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        window.walking.go_to(next(view for view in window.grids.views if view.name == name))

    return show


def _matrix(window: MainWindow) -> None:
    window.walking.go_to(window.matrix.tables)
    window.matrix.go_to_first_difference()


def _source(is_pdf: bool) -> Callable[[MainWindow], None]:
    """The keyboard in the source of a cell whose document is a PDF, or is not."""
    def show(window: MainWindow) -> None:
        window.matrix.differ.setChecked(False)
        _matrix(window)
        board = window.matrix.board
        assert board is not None
        shown = (column.file for column in board.matrix.columns if column.in_force)
        file = next((file for file in shown if file.endswith(".pdf") == is_pdf), "")
        window.matrix.show_topic_of(file)
        window.go_to_source()

    return show


def _changes(window: MainWindow) -> None:
    if window.views.is_offered(window.changes):
        window.walking.go_to(window.changes)
    else:  # no policy is there in several versions
        window.compare_versions(*[*window.session.readings][:2])
    _wait(window, lambda: window.changes.board is not None)


def _searched(window: MainWindow) -> None:
    window.search_all()
    window.search.words.setText("prior authorization")
    _wait(window, lambda: window.search.is_settled)
    window.search.step(1)


def _found_nowhere(window: MainWindow) -> None:
    window.search_all()
    window.search.words.setText("nowhere to be found")


def _filtered_out(window: MainWindow) -> None:
    _matrix(window)
    window.matrix.filter.setText("nowhere to be found")


def _only_differences(window: MainWindow) -> None:
    window.matrix.filter.clear()
    window.matrix.differ.setChecked(True)
    _matrix(window)


def _problems(window: MainWindow) -> None:
    _matrix(window)
    window.show_problems()


def _noting(window: MainWindow) -> None:
    window.problems.leave()
    _matrix(window)
    window.reviewing.note()


def _menu(title: str) -> Callable[[MainWindow], QWidget]:
    def show(window: MainWindow) -> QWidget:
        from PySide6.QtWidgets import QMenu

        window.reviewing.editor.leave()
        (menu,) = (each for each in window.menuBar().findChildren(QMenu) if each.title().replace("&", "") == title)
        menu.popup(window.mapToGlobal(window.rect().topLeft()))
        return menu

    return show


def _dialog(open_it: Callable[[MainWindow], object]) -> Callable[[MainWindow], QWidget]:
    def show(window: MainWindow) -> QWidget:
        from PySide6.QtWidgets import QDialog

        _matrix(window)
        open_it(window)
        (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
        return dialog

    return show


def _pack(window: MainWindow) -> None:
    target = Path(os.environ["XDG_DATA_HOME"]) / "audit.zip"
    _matrix(window)
    window.menus.exports.write_pack(target)
    _wait(window, lambda: not window.menus.exports.is_busy)
    window.open_paths([target])
    _wait(window, lambda: window.session.auditing.verdict is not None)


VIEWS = (
    View("matrix", _matrix),
    View("matrix-filtered-out", _filtered_out),
    View("matrix-only-differences", _only_differences),
    View("source-pdf", _source(is_pdf=True)),
    View("source-text", _source(is_pdf=False)),
    View("row", _view("in_depth")),
    View("authorization", _grid("Authorization")),
    View("limits", _grid("Limits")),
    View("codes", _grid("Codes")),
    View("changes", _changes),
    View("audit", _view("audit_view")),
    View("search", _searched),
    View("search-nothing", _found_nowhere),
    View("not-read", _problems),
    View("cell-editor", _noting),
    View("menu-file", _menu("File")),
    View("menu-review", _menu("Review")),
    View("menu-view", _menu("View")),
    View("dialog-keys", _dialog(lambda window: window.menus.show_keys())),
    View("dialog-versions", _dialog(lambda window: window.menus.which.choose_versions())),
    View("dialog-day", _dialog(lambda window: window.menus.which.choose_day())),
    View("dialog-correct", _dialog(lambda window: window.reviewing.correct())),
    View("dialog-criteria", _dialog(lambda window: window.reviewing.correct_criteria())),
    View("dialog-document", _dialog(lambda window: window.documents.ask_about())),
    View("dialog-move", _dialog(lambda window: window.reviewing.move())),
    View("dialog-open", _dialog(lambda window: window.choose_files())),
    View("dialog-export", _dialog(lambda window: window.menus.exports.choose_file())),
    View("dialog-save-as", _dialog(lambda window: window.menus.workspaces.choose_place())),
    View("pack", _pack),
)
"""Of a window in which documents are open, in this order: each begins where the one before it ended."""


# --------------------------------------------------------------------------- taking the pictures


def _rest(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _wait(window: MainWindow, is_done: Callable[[], bool]) -> None:
    for _ in range(_PATIENCE_MS // _LOOK_MS):
        _rest(_LOOK_MS)
        if is_done():
            return
    raise TimeoutError(f"The window did not settle in {_PATIENCE_MS // 1000} s: {window.windowTitle()}")


def _is_settled(window: MainWindow) -> bool:
    if window.session.is_busy or window.audit_wiring.is_busy:
        return False
    seen = (view for view in (window.source, window.in_depth, window.changes, window.search) if view.isVisible())
    return all(view.is_settled for view in seen)


class Album:
    """Saves pictures as ``NN-view-look-scale.png``; ``wanted`` are words of the views to be taken, all if empty."""

    def __init__(self, folder: Path, look: str, scale: int, wanted: Sequence[str]) -> None:
        self._folder, self._look, self._scale, self._wanted = folder, look, scale, wanted
        self._number = 0

    def take(self, name: str, widget: QWidget) -> None:
        self._number += 1
        if not self._wanted or any(word in name for word in self._wanted):
            widget.grab().save(str(self._folder / f"{self._number:02}-{name}-{self._look}-{self._scale}x.png"))


@contextmanager
def _shown(look: str) -> Iterator[MainWindow]:
    from policyview.gui import theme
    from policyview.gui.main_window import MainWindow
    from policyview.settings import Settings

    theme.apply("dark" if look == "dark" else "light")
    window = MainWindow(Settings())
    window.resize(WIDTH, HEIGHT)
    window.show()
    try:
        yield window
    finally:
        window.close()


def take_all(album: Album, look: str, paths: Sequence[Path]) -> None:
    """Pictures of every view of a window on the documents."""
    from PySide6.QtWidgets import QApplication, QDialog, QMenu

    with _shown(look) as window:
        window.begin(())
        _rest(_REST_MS)
        album.take("empty", window)
        window.open_paths(paths)
        _wait(window, lambda: bool(window.session.readings) or bool(window.session.failures))
        album.take("reading", window)
        _wait(window, lambda: _is_settled(window))
        for view in VIEWS:
            widget = view.show(window)
            _wait(window, lambda: _is_settled(window))
            _rest(_REST_MS)
            album.take(view.name, widget or window)
            for each in QApplication.topLevelWidgets():
                if each.isVisible() and isinstance(each, QDialog | QMenu):
                    each.close()


def _run(folder: Path, paths: Sequence[Path], look: str, scale: int, wanted: Sequence[str]) -> None:
    """In a process of its own: the scale holds for a whole one, and each begins with nothing open."""
    from policyview.gui.application import prepare
    from policyview.gui.display import application

    prepare(application()[0])
    take_all(Album(folder, look, scale, wanted), look, paths)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.gui.pictures", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("paths", type=Path, nargs="*", help="what is opened; the samples if none is named")
    parser.add_argument("--only", action="append", default=[], help="a word of the views that are wanted")
    parser.add_argument("--scale", type=int, choices=SCALES, help="only this one")
    parser.add_argument("--look", choices=LOOKS, help="only this one")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        _run(asked.folder, asked.paths, asked.look, asked.scale, asked.only)
        return 0
    asked.folder.mkdir(parents=True, exist_ok=True)
    looks = (asked.look,) if asked.look else LOOKS
    for scale, look in product((asked.scale,) if asked.scale else SCALES, looks):
        with tempfile.TemporaryDirectory() as own:
            torn = Path(own) / "torn.pdf"
            torn.write_text(_TORN, encoding="ascii")
            given = asked.paths or [Path(__file__).parents[2] / "sample_docs"]
            command = [sys.executable, "-m", "tests.gui.pictures", "--here", f"--look={look}", f"--scale={scale}",
                       *(f"--only={word}" for word in asked.only), "--", str(asked.folder), *map(str, given),
                       str(torn)]  # fmt: skip
            around = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale), "LC_ALL": "C.UTF-8",
                      "XDG_DATA_HOME": own, "XDG_CONFIG_HOME": own,
                      "QT_LOGGING_RULES": "default.warning=false"}  # fmt: skip
            subprocess.run(command, env={**os.environ, **around}, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What all tests share: a watch on what is opened (tests/watch), Qt offscreen, no window tests where Qt is missing.

pytest-qt ends the whole session where Qt does not load, so ``-p no:pytest-qt`` keeps it out (pyproject.toml)
and it is loaded from here, where Qt does. Without it, its options are declared here, or they would be unknown.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import warm
from tests.watch import watching

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # without a display Qt would abort the whole run
if sys.platform.startswith("linux"):
    os.environ["LC_ALL"] = "C.UTF-8"  # under LC_ALL=C the first window warns, and a warning fails its test

os.environ["XDG_CONFIG_HOME"] = os.devnull  # no lexicon of whoever runs the tests
_DATA = os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="policyview-data-")  # nor their workspace

if "PYTEST_XDIST_WORKER" not in os.environ:  # once: a reading worker may not write, and would compile each time
    subprocess.run([sys.executable, "-m", "compileall", "-q", "policyview"], cwd=Path(__file__).parents[1], check=True)

_handle, _WATCH_LOG = tempfile.mkstemp(prefix="policyview-watch-")
os.close(_handle)
os.environ[watching.LOG] = _WATCH_LOG
os.environ["PYTHONPATH"] = os.pathsep.join(  # every child of the tests, the reading workers too, loads the watch
    filter(None, (str(Path(watching.__file__).parent), os.environ.get("PYTHONPATH"))))
watching.start()

WINDOW_TESTS = Path(__file__).parent / "gui"
_START_QT = "from PySide6.QtWidgets import QApplication; QApplication([])"


def _why_no_qt() -> str | None:
    """The reason why Qt cannot be used here, or None. A Qt that aborts does so in a child process."""
    try:
        import PySide6.QtTest
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot load: {error}"
    child = subprocess.run([sys.executable, "-c", _START_QT], capture_output=True, text=True, timeout=60, check=False)
    return f"Qt cannot start: {child.stderr.strip()[:200]}" if child.returncode else None


WHY_NO_QT = _why_no_qt()
if WHY_NO_QT is not None and os.environ.get("POLICYVIEW_TESTS_NEED_QT"):  # .ci/run: no green run without the window
    raise pytest.UsageError(WHY_NO_QT)
if WHY_NO_QT is None:
    pytest_plugins = ["pytestqt.plugin"]


def pytest_addoption(parser: pytest.Parser) -> None:
    if WHY_NO_QT is not None:
        parser.addini("qt_api", "unused without Qt")
        parser.addini("qt_log_level_fail", "unused without Qt")
        parser.addini("qt_log_ignore", "unused without Qt", type="linelist")


class SkippedTest(pytest.Item):
    """A window test that is named in the report but not imported."""

    def runtest(self) -> None:
        pytest.skip(WHY_NO_QT or "")

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


class SkippedModule(pytest.File):
    """A module of window tests, read without importing it: its imports would fail."""

    def collect(self) -> Iterator[SkippedTest]:
        for node in ast.walk(ast.parse(self.path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                yield SkippedTest.from_parent(self, name=node.name)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """Window tests where Qt is missing; None leaves all others to pytest."""
    if WHY_NO_QT is not None and module_path.is_relative_to(WINDOW_TESTS):
        return SkippedModule.from_parent(parent, path=module_path)
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests elsewhere that show a window carry ``@pytest.mark.qt``."""
    for item in items:
        if WHY_NO_QT is not None and item.get_closest_marker("qt"):
            item.add_marker(pytest.mark.skip(reason=WHY_NO_QT))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    warm.choose(item.get_closest_marker("cold") is None)


def _seen() -> list[str]:
    """What the watch has written since it was asked last."""
    with open(_WATCH_LOG, "r+", encoding="utf-8") as log:
        lines = log.read().splitlines()
        log.truncate(0)
    return lines


@pytest.fixture(autouse=True)
def seen(request: pytest.FixtureRequest) -> Iterator[Callable[[], list[str]]]:
    """Fails the test in which a file elsewhere, a socket or a strange child was opened, in whatever process.

    A test that does so on purpose takes what was seen from this fixture.
    """
    yield _seen
    found = _seen()
    assert not found, "\n".join(found)


def pytest_unconfigure() -> None:
    Path(_WATCH_LOG).unlink(missing_ok=True)
    shutil.rmtree(_DATA, ignore_errors=True)

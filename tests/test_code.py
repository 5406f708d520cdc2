"""The code as a whole: lint, types, import contract, no module that opens files behind our back, the wheel."""

from __future__ import annotations

import ast
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN_QT = {"PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtNetwork", "PySide6.QtNetworkAuth"}
WITHOUT_QT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in {"PySide6.QtGui", "PySide6.QtWidgets"}:
            raise ImportError("libEGL.so.1: cannot open shared object file")

sys.meta_path.insert(0, Missing())
"""


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """A child process from the root; its output is kept."""
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300, check=False
    )


def modules_named(path: Path) -> set[str]:
    """Every module that a source file imports, also inside functions."""
    named: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return named


def test_lint() -> None:
    done = run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types() -> None:
    done = run(sys.executable, "-m", "mypy", "--strict", "--cache-dir", os.devnull)
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_point_down(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_no_source_names_a_forbidden_module() -> None:
    sources = [*(ROOT / "policyview").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    named = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in sources
        for module in modules_named(path)
        if module in FORBIDDEN_QT or module.startswith("PySide6.QtWebEngine")
    }
    assert not named


def loaded_after(statement: str) -> set[str]:
    """The modules that a fresh process holds after a statement."""
    done = run(sys.executable, "-c", f"import sys; {statement}; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_command_line_loads_no_qt() -> None:
    loaded = loaded_after("import policyview.__main__, policyview.pipeline")
    assert not {name for name in loaded if name.partition(".")[0] in {"PySide6", "shiboken6"}}


@pytest.mark.qt
def test_the_window_loads_neither_pdf_engines_nor_forbidden_modules() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "policyview" / "gui").rglob("*.py"))
        if path.stem != "__init__"
    ]
    loaded = loaded_after("import policyview.gui" + "".join(f", {module}" for module in modules))
    assert "PySide6.QtWidgets" in loaded
    assert not loaded & (FORBIDDEN_QT | {"pypdf", "pypdfium2", "PySide6.QtWebEngineCore"})


@pytest.mark.qt
def test_qt_keeps_its_references() -> None:
    """PySide6 6.12 loses a reference to None in each void call and aborts Python 3.11; see pyproject.toml."""
    statement = (
        "from PySide6.QtWidgets import QApplication, QLabel; app = QApplication([]); label = QLabel();"
        "before = sys.getrefcount(None); [label.setText('x') for _ in range(3000)];"
        "print(abs(sys.getrefcount(None) - before) < 100 or sys.version_info >= (3, 12))"
    )
    done = run(sys.executable, "-c", f"import sys; {statement}")
    assert done.stdout.split() == ["True"], done.stdout + done.stderr


def test_window_tests_are_skipped_by_name_without_qt(tmp_path: Path) -> None:
    (tmp_path / "without_qt.py").write_text(WITHOUT_QT, encoding="utf-8")
    command = (sys.executable, "-m", "pytest", "-p", "without_qt", "-n0", "-q", "-rs", "-p", "no:cacheprovider",
               "tests/gui")
    done = run(*command, PYTHONPATH=str(tmp_path), POLICYVIEW_TESTS_NEED_QT="")
    closing = done.stdout.strip().splitlines()[-1]
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" in closing
    assert "passed" not in closing
    assert "Qt cannot load" in done.stdout


def test_wheel_ships_resources_and_samples(tmp_path: Path) -> None:
    done = run(
        sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), PIP_NO_INDEX="1"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    shipped = {
        f"policyview/_{folder}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder in ("resources", "sample_docs")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert len(shipped) > 10
    assert shipped <= set(names)
    assert not [name for name in names if "__pycache__" in name]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_ci_runs_the_readme_command() -> None:
    """`.ci/run` reads the test command out of the README; this says that it finds exactly one."""
    done = run("bash", str(ROOT / ".ci" / "run"), "--print")
    command = done.stdout.strip()
    assert done.returncode == 0, done.stderr
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert shlex.split(command)[-2:] == ["-m", "pytest"]

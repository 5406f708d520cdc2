"""What the window's process loads, and that Qt's calls leak nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

FORBIDDEN = ("PySide6.QtPdf", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "pypdf", "pypdfium2", "docx", "sqlite3")

_CHILD = """
import sys
from pathlib import Path

def main():
    from policyview.gui import screenshot
    assert "PySide6" not in sys.modules, "the package alone imports Qt"
    from policyview.settings import Settings
    code = screenshot([Path(sys.argv[1])], Path(sys.argv[2]), Settings(workers=1))
    print(code, *[name for name in sys.argv[3:] if name in sys.modules])

if __name__ == "__main__":
    main()
"""


def test_a_window_that_showed_a_pdf_never_loaded_an_engine(tmp_path: Path) -> None:
    from tests.read.made import make_pdf, prose

    make_pdf(tmp_path / "two.pdf", [prose(1), prose(2)])
    (tmp_path / "child.py").write_text(_CHILD, encoding="utf-8")
    picture = tmp_path / "picture.png"
    command = [sys.executable, str(tmp_path / "child.py"), str(tmp_path / "two.pdf"), str(picture), *FORBIDDEN]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["0"]
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_qt_s_calls_lose_no_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(3_000):
        label.setText("same")
    assert abs(sys.getrefcount(None) - before) < 300  # PySide6 6.12 on Python 3.11 loses one a call

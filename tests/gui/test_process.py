"""What the window's process loads, and that Qt's calls leak nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

FORBIDDEN = ("PySide6.QtPdf", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "pypdf", "pypdfium2", "docx")

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


_COPIER = """
import sys
from pathlib import Path

def main():
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication
    from policyview.gui import application, display
    from policyview.gui.main_window import MainWindow
    from policyview.settings import Settings

    def copy():
        window = next(w for w in QGuiApplication.instance().topLevelWidgets() if isinstance(w, MainWindow))
        if window.session.is_busy or not window.source.is_settled:
            return
        view = window.source.text
        view.setFocus()
        view.selectAll()
        window.menus.copy.trigger()
        print(QGuiApplication.clipboard().text())
        timer.stop()
        window.close()

    app, _ = display.application()
    timer = QTimer(interval=20)
    timer.timeout.connect(copy)
    timer.start()
    sys.exit(application.run([Path(sys.argv[1])], Settings(workers=1)))

if __name__ == "__main__":
    main()
"""


def test_a_process_that_copied_source_text_ends_well(tmp_path: Path) -> None:
    """What the clipboard holds outlives Python: an object of Python's there ends the process with a crash."""
    (tmp_path / "child.py").write_text(_COPIER, encoding="utf-8")
    (tmp_path / "policy.txt").write_text("Larch Valley Health\n\nSand baths are covered.\n", encoding="utf-8")
    command = [sys.executable, str(tmp_path / "child.py"), str(tmp_path / "policy.txt")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Larch Valley Health\n\nSand baths are covered.\n")
    assert "— " in done.stdout.splitlines()[-1]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_qt_s_calls_lose_no_reference_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(3_000):
        label.setText("same")
    assert abs(sys.getrefcount(None) - before) < 300  # PySide6 6.12 on Python 3.11 loses one a call

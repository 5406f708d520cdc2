"""Files and folders that were copied elsewhere: as such, or their paths as text, one a line."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QMimeData, QUrl

_MOST = 1_000  # lines; more are no list of paths
_LONGEST = 4_096  # characters of a path


def paths_of(mime: QMimeData | None) -> list[Path]:
    """What of it is there on this computer; white space and quotation marks around a path are no part of it."""
    if mime is None:
        return []
    urls = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    named = urls or [_path(line) for line in mime.text().splitlines()[:_MOST]]
    found = (Path(name).expanduser() for name in named if name and len(name) <= _LONGEST and "\0" not in name)
    return list(dict.fromkeys(path for path in found if _is_there(path)))


def _path(line: str) -> str:
    line = line.strip().strip("\"'").strip()
    return QUrl(line).toLocalFile() if urlsplit(line[:_LONGEST]).scheme == "file" else line


def _is_there(path: Path) -> bool:
    try:
        return path.is_absolute() and path.exists()
    except (OSError, ValueError):
        return False

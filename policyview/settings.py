"""Every preference once: its type, its default and what it does."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Preferences, handed to functions as an argument; nothing reads them globally."""

    page_deadline_s: float = 10.0
    """Seconds a worker may spend on one page before it is killed and the page is given up."""
    facts_deadline_s: float = 60.0
    """Seconds a worker may spend on sections and facts of one document after its last page."""
    worker_memory_bytes: int = 1 << 30
    """Address space of a worker (Linux, macOS); text and a page image need less than 400 MB."""
    max_file_bytes: int = 200 * 1024 * 1024
    """Larger files are refused with a reason; the user may raise it (``--max-file-mb``)."""
    second_reading: bool = False
    """Whether every page of a PDF is read by a second library and compared; doubtful pages are in any case."""
    max_deaths: int = 3
    """Worker deaths on one document after which what was read is kept and the gap stated."""
    workers: int = max(1, min(4, os.cpu_count() or 1))
    """Worker processes that read documents side by side."""
    lexicon_folder: Path | None = None
    """The user's own lexicon, merged over the shipped one."""


def users_settings() -> Path:
    """Where what the user prefers stands."""
    import platformdirs

    return platformdirs.user_config_path("policyview", appauthor=False)


def users_lexicon() -> Path:
    """Where the user's own lexicon stands, if there is one: the folder ``lexicon`` among the user's settings."""
    return users_settings() / "lexicon"


def users_data() -> Path:
    """Where the window keeps its own workspace and the backups of all."""
    import platformdirs

    return platformdirs.user_data_path("policyview", appauthor=False)

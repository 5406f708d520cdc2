"""The window. Importing this package imports no Qt; what opens a window does."""

from __future__ import annotations

from pathlib import Path

from policyview.settings import Settings


def show(paths: list[Path], settings: Settings) -> int:
    """Opens the window on files and folders and stays until it is closed; the exit code."""
    from policyview.gui.application import run

    return run(paths, settings)


def screenshot(paths: list[Path], target: Path, settings: Settings) -> int:
    """Opens the window, waits until the comparison and the first difference's source stand, saves a picture.

    Works without a display. The exit code is that of reading: 1 where a document could not be read.
    """
    from policyview.gui.application import take_picture

    return take_picture(paths, target, settings)

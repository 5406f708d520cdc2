"""The window; the comparison in a file where there is none to be had."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from policyview.command.arguments import settings_of
from policyview.command.ctrl_c import ctrl_c
from policyview.errors import UseError
from policyview.export.legible import one_line
from policyview.export.terminal import say
from policyview.export.whole import check_writable, free_name
from policyview.settings import Settings

COMPARISON_STEM = "policyview-comparison"
DISPLAY_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    for name in DISPLAY_NAMES:  # set but empty is as good as not set; Qt would abort
        if not os.environ.get(name):
            os.environ.pop(name, None)
    if arguments.screenshot is not None:
        return _screenshot(arguments.paths, arguments.screenshot, settings)
    reason = _no_display()
    if reason is None:
        from policyview.gui import show

        return show(arguments.paths, settings)
    if not arguments.paths:
        raise UseError(f"{reason}, so no window can be opened. Name files or folders to have them compared in a file.")
    return _compare_without_window(arguments.paths, reason, settings)


def _no_display() -> str | None:
    """Why no window can be shown, None where one can. Qt is imported only where a display is named."""
    linux = sys.platform.startswith("linux")
    if linux and not any(os.environ.get(name) for name in DISPLAY_NAMES):
        return "There is no display"
    try:
        from policyview.gui.display import no_display
    except ImportError as error:
        return f"Qt cannot start ({error})"
    return no_display()


def _screenshot(paths: Sequence[Path], target: Path, settings: Settings) -> int:
    if target.suffix.lower() != ".png":
        raise UseError(f"A screenshot is a .png file, and {target} does not end so.")
    if not paths:
        raise UseError("Name the files or folders to be shown in the screenshot.")
    check_writable(target)
    try:
        from policyview.gui import screenshot
    except ImportError as error:
        raise UseError(f"Qt cannot start ({error}), so there is no window to take a picture of.") from error
    return screenshot(list(paths), target, settings)


def _compare_without_window(paths: Sequence[Path], reason: str, settings: Settings) -> int:
    from policyview.command.work import compared, exit_code  # with a window nothing of this is loaded
    from policyview.export.delivery import deliver

    say(f"{reason}, so the comparison is written to a file instead of a window.")
    target = free_name(Path.cwd(), COMPARISON_STEM, ".html")
    comparison = compared(paths, settings, target)
    deliver(comparison, target, ctrl_c.heed)
    if sys.stdout is not None:
        print(one_line(str(target)))
    return exit_code(comparison.collection)

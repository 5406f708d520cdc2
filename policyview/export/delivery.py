"""Writes a comparison in the format that the file's ending names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from policyview.errors import UseError
from policyview.export.comparison import Comparison
from policyview.export.legible import one_line
from policyview.export.versions import VersionReport
from policyview.export.whole import write_whole


def _html(comparison: Comparison) -> bytes:
    from policyview.export.html import comparison_html

    return comparison_html(comparison).encode()


def _xlsx(comparison: Comparison) -> bytes:
    from policyview.export.sheet import comparison_xlsx

    return comparison_xlsx(comparison)


def _csv(comparison: Comparison) -> bytes:
    from policyview.export.csvfile import comparison_csv

    return comparison_csv(comparison).encode()


def _json(comparison: Comparison) -> bytes:
    from policyview.export.jsonfile import matrix_json

    return matrix_json(comparison.matrices, comparison.collection, comparison.as_of).encode()


FORMATS: dict[str, Callable[[Comparison], bytes]] = {".html": _html, ".xlsx": _xlsx, ".csv": _csv, ".json": _json}
"""What makes the bytes of each file ending. The libraries are imported only when one is asked for."""


def tells_changes(target: Path) -> bool:
    """Whether what is written to ``target`` has a place for what changed between versions."""
    return target.suffix.lower() in {".html", ".xlsx"}


def check_ending(target: Path) -> None:
    """UseError where the ending of ``target`` names no format."""
    if target.suffix.lower() not in FORMATS:
        endings = ", ".join(FORMATS)
        raise UseError(f"{one_line(str(target))} names no format that policyview writes; end it with one of {endings}.")


def prepare(target: Path) -> None:
    """Loads what writing ``target`` will need; for idle moments before there is anything to write."""
    if target.suffix.lower() == ".html":
        from policyview.export.html import prepare_templates

        prepare_templates()
    elif target.suffix.lower() == ".xlsx":
        from policyview.export import sheet  # noqa: F401


def deliver(comparison: Comparison, target: Path, last_look: Callable[[], None] = lambda: None) -> None:
    """Writes the comparison to ``target``, whole or not at all; UseError where it cannot.

    ``last_look`` is called when all is ready to be written, and may raise to prevent it.
    """
    check_ending(target)
    content = FORMATS[target.suffix.lower()](comparison)
    last_look()
    write_whole(target, content)


def _diff_html(report: VersionReport) -> str:
    from policyview.export.versions_html import diff_html

    return diff_html(report)


def _diff_json(report: VersionReport) -> str:
    from policyview.export.jsonfile import diff_json

    return diff_json(report)


DIFF_FORMATS: dict[str, Callable[[VersionReport], str]] = {".html": _diff_html, ".json": _diff_json}


def check_diff_ending(target: Path) -> None:
    """UseError where the ending of ``target`` names no format in which two versions are told."""
    if target.suffix.lower() not in DIFF_FORMATS:
        endings = " or ".join(DIFF_FORMATS)
        raise UseError(f"{one_line(str(target))} names no format for two versions; end it with {endings}.")


def diff_content(report: VersionReport, target: Path) -> str:
    """What ``target`` is to hold."""
    return DIFF_FORMATS[target.suffix.lower()](report)

"""Two versions as one HTML file that loads nothing: the changes by weight, each as a redline, and all suppressed."""

from __future__ import annotations

from policyview.export.html import page
from policyview.export.versions import VersionReport


def diff_html(report: VersionReport) -> str:
    """The redline report as a self-contained HTML page; the same versions give the same bytes."""
    groups = [
        ("Changes that bear on coverage", "coverage", report.coverage),
        ("Changes of evidence or administration", "other", report.other),
        ("Editorial changes", "editorial", report.editorial),
    ]
    return page("versions.html.jinja", report=report, groups=groups)

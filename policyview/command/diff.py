"""What changed from one document to another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policyview import pipeline
from policyview.command.arguments import settings_of
from policyview.command.codes import DONE, SOME_UNREADABLE
from policyview.command.ctrl_c import ctrl_c
from policyview.command.work import check_not_a_source, drained, read
from policyview.errors import UseError
from policyview.export.delivery import check_diff_ending, diff_content
from policyview.export.pack.opening import is_pack
from policyview.export.terminal import say_each
from policyview.export.versions import VersionReport
from policyview.export.versions_text import diff_text
from policyview.export.whole import check_writable, write_whole


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    paths = arguments.paths
    if len(paths) != 2 or any(path.is_dir() or pipeline.is_workspace(path) or is_pack(path) for path in paths):
        raise UseError("Name two documents, the older version first.")
    output: Path | None = arguments.output
    if output is not None:
        check_diff_ending(output)
        check_not_a_source(output, arguments.paths)
        check_writable(output)
    collection = read(arguments.paths, settings, with_units=True)
    if collection.failures:
        return SOME_UNREADABLE
    old, new = collection.readings[0], collection.readings[-1]
    report = VersionReport(old, new, drained(pipeline.compare_versions(old, new, settings)))
    if output is not None:
        say_each(report.diff.kinship)
    content = diff_text(report) if output is None else diff_content(report, output)
    ctrl_c.heed()
    if output is not None:
        write_whole(output, content.encode())
    elif sys.stdout is not None:
        sys.stdout.write(content)
    return DONE

"""The comparison, in the format that the file's ending names."""

from __future__ import annotations

import argparse

from policyview.command.arguments import settings_of
from policyview.command.ctrl_c import ctrl_c
from policyview.command.work import check_not_a_source, compared, exit_code
from policyview.export.delivery import check_ending, deliver
from policyview.export.whole import check_writable


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    check_ending(arguments.output)
    check_not_a_source(arguments.output, arguments.paths)
    check_writable(arguments.output)
    comparison = compared(arguments.paths, settings, arguments.output, arguments.as_of, arguments.ours)
    deliver(comparison, arguments.output, ctrl_c.heed)
    return exit_code(comparison.collection)

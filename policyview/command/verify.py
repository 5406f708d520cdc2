"""Whether all in a pack holds."""

from __future__ import annotations

import argparse
import sys

from policyview.command.arguments import settings_of
from policyview.command.codes import DONE, SOME_UNREADABLE
from policyview.command.ctrl_c import ctrl_c
from policyview.command.work import drained
from policyview.errors import UseError
from policyview.export.legible import one_line
from policyview.export.pack.verify import verify


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    if len(arguments.paths) != 1 or not arguments.paths[0].is_file():
        raise UseError("Name one file: the pack that is to be verified.")
    verdict = drained(verify(arguments.paths[0], settings, arguments.digest))
    ctrl_c.heed()
    name = one_line(str(arguments.paths[0]))
    if sys.stdout is not None:
        for fault in verdict.faults:
            print(f"Does not hold: {one_line(fault)}")
        for note in verdict.notes:
            print(f"Note: {one_line(note)}")
        print(f"{name}: all that could be checked holds." if verdict.holds else f"{name}: not all of it holds.")
    return DONE if verdict.holds else SOME_UNREADABLE

"""Sources, texts, facts, matrix, reviews and report in one audit pack, and its digest."""

from __future__ import annotations

import argparse
import datetime
import sys
from dataclasses import replace
from pathlib import Path

from policyview import pipeline
from policyview.command.arguments import settings_of
from policyview.command.ctrl_c import ctrl_c
from policyview.command.work import check_not_a_source, drained, exit_code
from policyview.errors import UseError
from policyview.export.comparison import Comparison
from policyview.export.legible import one_line
from policyview.export.pack import form, make
from policyview.export.pack.opening import is_pack
from policyview.export.terminal import say_what_became
from policyview.export.whole import check_writable
from policyview.read.copies import Copies


def run(arguments: argparse.Namespace) -> int:
    settings = form.patient(settings_of(arguments))
    output: Path = arguments.output
    if output.suffix.lower() != ".zip":
        raise UseError(f"A pack is a .zip file, and {one_line(str(output))} does not end so.")
    if pack := next(filter(is_pack, arguments.paths), None):
        raise UseError(f"{one_line(str(pack))} is a pack already. Make a pack of documents or of a workspace.")
    check_not_a_source(output, arguments.paths)
    check_writable(output)
    day = arguments.as_of or datetime.date.today()
    with Copies() as copies:
        collection = drained(pipeline.read(arguments.paths, settings, copies))
        say_what_became(collection)
        reviews = make.reviews_in(arguments.paths, collection, copies)
        collection = pipeline.amended(replace(collection, reviews=reviews))
        matrices = drained(pipeline.compare(collection, settings, day))
        ctrl_c.heed()
        digest = make.write(Comparison(collection, matrices, day), copies, settings, output, ctrl_c.heed)
    if sys.stdout is not None:
        print(digest)
    return exit_code(collection)

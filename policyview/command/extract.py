"""The facts of each document, as JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policyview.command.arguments import settings_of
from policyview.command.ctrl_c import ctrl_c
from policyview.command.work import check_not_a_source, exit_code, read
from policyview.export import jsonfile
from policyview.export.legible import encodable
from policyview.export.whole import check_writable, make_folder, write_whole


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    output: Path | None = arguments.output if str(arguments.output) not in {"None", "-"} else None
    if output is not None:
        check_not_a_source(output, arguments.paths)
        check_writable(output)
    if arguments.text is not None:
        make_folder(arguments.text)
    collection = read(arguments.paths, settings)
    ctrl_c.heed()
    if arguments.text is not None:
        for reading in collection.readings:
            name = f"{reading.document.sha256}.txt"
            write_whole(arguments.text / name, encodable(reading.document.text).encode())
    extract = jsonfile.extract_json(collection)
    ctrl_c.heed()
    if output is not None:
        write_whole(output, extract.encode())
    elif sys.stdout is not None:
        sys.stdout.write(extract)
    return exit_code(collection)

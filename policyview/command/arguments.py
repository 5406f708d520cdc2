"""What may stand on the command line, and what it means."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Sequence
from pathlib import Path

from policyview import __version__
from policyview.errors import UseError
from policyview.export.legible import one_line
from policyview.settings import Settings, users_lexicon

MOST_MB = 100_000

EPILOG = """\
commands:
  extract PATH... [-o FILE] [--text DIR]   the facts of each document, as JSON
  compare PATH... -o FILE                  the comparison, as .html, .xlsx, .csv or .json
  diff OLD NEW [-o FILE]                   what changed between two versions, as text, .html or .json
  pack PATH... -o FILE.zip                 sources, texts, facts, matrix, reviews and report in one audit pack
  verify FILE.zip [--digest D]             whether all in a pack holds; names each thing that does not

PATH is a file, a folder, which is read with all folders in it, a workspace
(*.policyview): its documents as it keeps them, or a pack: its sources, read anew.
A path that is called like a command is written ./extract, or after --.
"policyview COMMAND --help" tells more.
exit codes: 0 done, 1 some documents could not be read or a pack does not hold,
2 wrong use

Documents are read in processes of their own, with limits on memory, time and
open files; their Python code may write no file, open no connection and start no
program. That is no sandbox: it does not hold the PDF library's native code. On
Windows memory, time and open files are not limited by the system; a page still
has its deadline.
"""


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-21") from error


def _digest(text: str) -> str:
    digest = text.strip().lower()
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise argparse.ArgumentTypeError(f"{text!r} is not a digest; it has 64 of the characters 0-9 and a-f")
    return digest


def _megabytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:10]) <= MOST_MB):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of megabytes from 1 to {MOST_MB}")
    return int(text) << 20


def _parser(command: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="policyview" if command is None else f"policyview {command}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="a file or folder")
    ours = str(users_lexicon()).replace("%", "%%")
    parser.add_argument("--lexicon", metavar="FOLDER", type=Path, help=f"your own lexicon; {ours} without it")
    parser.add_argument("--max-file-mb", metavar="N", type=_megabytes,
                        help=f"the largest document that is read; {Settings.max_file_bytes >> 20} MB without it")
    parser.add_argument("--second-reading", action="store_true",
                        help="read every page of a PDF with a second library too and name those that differ; "
                             "without it only doubtful pages")
    if command is None:
        parser.description = "Opens the window and compares medical policies side by side."
        parser.epilog = EPILOG
        parser.add_argument("--screenshot", metavar="FILE.png", type=Path, help="save a picture of the window, and end")
        parser.add_argument("--version", action="version", version=f"policyview {__version__}")
    elif command == "extract":
        parser.description = "Writes the facts of each document as policyview/extract/1 JSON."
        parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="the file; standard output without it")
        parser.add_argument("--text", metavar="DIR", type=Path, help="also write each text as DIR/SHA256.txt")
    elif command == "diff":
        parser.description = "Tells what changed from the first file to the second: two versions of one policy."
        parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=".html or .json; a summary without it")
    elif command == "pack":
        parser.description = "Writes the audit pack and prints its digest, which is to be sent another way."
        parser.add_argument("-o", "--output", metavar="FILE.zip", type=Path, required=True, help="the file to write")
        parser.add_argument("--as-of", metavar="DATE", type=_date, help="versions in force on DATE; today without it")
    elif command == "verify":
        parser.description = "Checks an audit pack; the exit code is 0 only if all that can be checked holds, else 1."
        parser.add_argument("--digest", metavar="D", type=_digest, help="the pack's digest, as its sender told it")
    else:
        parser.description = "Writes the comparison; the file's ending chooses .html, .xlsx, .csv or .json."
        parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the file to write")
        parser.add_argument("--as-of", metavar="DATE", type=_date, help="versions in force on DATE; today without it")
        parser.add_argument("--ours", metavar="PAYER", help="the payer whose column stands first")
    return parser


def parsed(command: str | None, words: Sequence[str]) -> argparse.Namespace:
    """The arguments; all that follows a ``--`` are paths."""
    words = list(words)
    cut = words.index("--") if "--" in words else len(words)
    parser = _parser(command)
    arguments = parser.parse_intermixed_args(words[:cut])
    arguments.paths = [*arguments.paths, *map(Path, words[cut + 1 :])]
    if any("\0" in str(path) for path in arguments.paths):
        parser.error("a path cannot hold a NUL character")
    if "" in words:  # Path("") would be the current folder
        parser.error("an argument is empty; the current folder is written .")
    if command is not None and not arguments.paths:
        parser.error("name at least one file or folder")
    return arguments


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The preferences; the user's lexicon is the one named, else the one among the settings, if there is one."""
    folder = users_lexicon() if arguments.lexicon is None else arguments.lexicon.absolute()
    if arguments.lexicon is not None and not folder.is_dir():
        raise UseError(f"There is no folder {one_line(str(arguments.lexicon))} to take a lexicon from.")
    return Settings(
        lexicon_folder=folder if folder.is_dir() else None,
        max_file_bytes=arguments.max_file_mb or Settings.max_file_bytes,
        second_reading=arguments.second_reading,
    )

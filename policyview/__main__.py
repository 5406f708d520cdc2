"""The command line: the window, or a command without one.

Every worker process imports this module (as ``__mp_main__``), so its top stays light, and only what opens
the window imports Qt. Exit codes: 0 done, 1 some documents could not be read, 2 wrong use, 3 an error of
policyview's own, 130 stopped by Ctrl-C, 141 the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import argparse
    import datetime
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from policyview.collection import Collection
    from policyview.export.comparison import Comparison, Maker
    from policyview.model import Matrix, Progress
    from policyview.read.copies import Copies
    from policyview.settings import Settings
    from policyview.succession import Step

T = TypeVar("T")

DONE, SOME_UNREADABLE, WRONG_USE, OUR_ERROR, STOPPED, NO_READER = 0, 1, 2, 3, 130, 141
COMPARISON_STEM = "policyview-comparison"
MOST_MB = 100_000
DISPLAY_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

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

# --------------------------------------------------------------------------- Ctrl-C


class _CtrlC:
    """Ctrl-C raises KeyboardInterrupt at once, and is remembered, for not every place lets that through.

    What calls back into Python (the import of a compiled module, a finalizer) may swallow it, and the command would
    go on as if nothing had been asked of it. So the waiting loop and whatever is about to write ask again.
    """

    def __init__(self) -> None:
        self._came = False

    def watch(self) -> None:
        """From now on; but where Ctrl-C is ignored (a job in the background) it stays so."""
        import signal
        import threading

        self._came = False
        is_ours_to_take = threading.current_thread() is threading.main_thread()
        if is_ours_to_take and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._note)

    def _note(self, *_: object) -> None:
        self._came = True
        raise KeyboardInterrupt

    def heed(self) -> None:
        """KeyboardInterrupt where one was asked for since, however it was lost."""
        if self._came:
            raise KeyboardInterrupt

    def leave(self) -> None:
        import signal

        if signal.getsignal(signal.SIGINT) == self._note:
            signal.signal(signal.SIGINT, signal.default_int_handler)


ctrl_c = _CtrlC()

# --------------------------------------------------------------------------- arguments


def _date(text: str) -> datetime.date:
    import argparse
    import datetime

    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-21") from error


def _digest(text: str) -> str:
    import argparse
    import re

    digest = text.strip().lower()
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise argparse.ArgumentTypeError(f"{text!r} is not a digest; it has 64 of the characters 0-9 and a-f")
    return digest


def _megabytes(text: str) -> int:
    import argparse

    if not (text.isascii() and text.isdigit() and 0 < int(text[:10]) <= MOST_MB):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of megabytes from 1 to {MOST_MB}")
    return int(text) << 20


def _parser(command: str | None) -> argparse.ArgumentParser:
    import argparse
    from pathlib import Path

    from policyview import __version__
    from policyview.settings import Settings, users_lexicon

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


def _parsed(command: str | None, words: Sequence[str]) -> argparse.Namespace:
    """The arguments; all that follows a ``--`` are paths."""
    from pathlib import Path

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


def _settings(arguments: argparse.Namespace) -> Settings:
    """The preferences; the user's lexicon is the one named, else the one among the settings, if there is one."""
    from policyview.errors import UseError
    from policyview.export.legible import one_line
    from policyview.settings import Settings, users_lexicon

    folder = users_lexicon() if arguments.lexicon is None else arguments.lexicon.absolute()
    if arguments.lexicon is not None and not folder.is_dir():
        raise UseError(f"There is no folder {one_line(str(arguments.lexicon))} to take a lexicon from.")
    return Settings(
        lexicon_folder=folder if folder.is_dir() else None,
        max_file_bytes=arguments.max_file_mb or Settings.max_file_bytes,
        second_reading=arguments.second_reading,
    )


# --------------------------------------------------------------------------- reading and comparing


def _drained(steps: Generator[Progress, None, T]) -> T:
    """Runs long work to its end with a progress line; the work is closed whatever happens."""
    from contextlib import closing

    from policyview.export.terminal import ProgressLine

    with closing(steps), ProgressLine() as line:
        while True:
            ctrl_c.heed()
            try:
                line.show(next(steps))
            except StopIteration as end:
                result: T = end.value
                return result


def _read(
    paths: Sequence[Path], settings: Settings, with_units: bool = False, copies: Copies | None = None
) -> Collection:
    """Reads the paths and says what could not be read."""
    from policyview import pipeline
    from policyview.export.pack import opening
    from policyview.export.terminal import say_what_became

    collection = _drained(opening.read(paths, settings, copies, with_units))
    say_what_became(collection)
    return pipeline.amended(collection)


def _prepare(target: Path, settings: Settings) -> None:
    """While the workers read, loads what comes after: half a second that would else be waited for."""
    from contextlib import suppress

    from policyview import align, lexicon  # noqa: F401
    from policyview.errors import UseError
    from policyview.export import delivery

    delivery.prepare(target)
    _maker(settings)  # the sum of the program is taken once
    with suppress(UseError):  # the reading says it
        lexicon.load(settings.lexicon_folder)


def _compared(
    paths: Sequence[Path], settings: Settings, target: Path, as_of: datetime.date | None = None, ours: str | None = None
) -> Comparison:
    import datetime
    import threading

    from policyview import inputs, pipeline, succession
    from policyview.export.comparison import Comparison, ours_first
    from policyview.export.delivery import tells_changes
    from policyview.export.editions import not_shown
    from policyview.export.terminal import say_each
    from policyview.read.copies import Copies

    day = as_of or datetime.date.today()
    threading.Thread(target=_prepare, args=(target, settings), daemon=True).start()
    with Copies() as copies:
        copies.supply = inputs.supply(paths)
        collection = _read(paths, settings, copies=copies)
        ours = _payer(collection, ours)
        matrices: tuple[Matrix, ...] = _drained(pipeline.compare(collection, settings, day, ours))
        say_each(not_shown(matrices, day))
        steps: tuple[Step, ...] = ()
        if tells_changes(target):
            steps = _drained(succession.steps(collection, matrices, settings, copies))
            say_each(step.reason for step in steps if step.reason)
    return Comparison(collection, ours_first(matrices, ours), day, ours, steps, _maker(settings))


def _maker(settings: Settings) -> Maker:
    """Whoever runs the program, today."""
    import datetime

    from policyview import store
    from policyview.export.comparison import Maker
    from policyview.export.pack import form

    return Maker(store.user() or "unknown", datetime.date.today(), form.program(settings)["edition"])


def _payer(collection: Collection, ours: str | None) -> str | None:
    """The payer that ``ours`` names, in the documents' own spelling; UseError where there is none."""
    from policyview.errors import UseError

    if ours is None:
        return None
    payers = sorted({reading.facts.policy.payer or "" for reading in collection.readings} - {""})
    named = [payer for payer in payers if payer.casefold() == ours.strip().casefold()]
    if not named:
        raise UseError(f"No document is of the payer “{ours}”; the payers are: {', '.join(payers) or 'none'}.")
    return named[0]


def _exit_code(collection: Collection) -> int:
    return DONE if collection.readings and not collection.failures else SOME_UNREADABLE


# --------------------------------------------------------------------------- commands


def _extract(arguments: argparse.Namespace) -> int:
    from policyview.export.jsonfile import extract_json
    from policyview.export.legible import encodable
    from policyview.export.whole import check_writable, make_folder, write_whole

    settings = _settings(arguments)
    output: Path | None = arguments.output if str(arguments.output) not in {"None", "-"} else None
    if output is not None:
        _check_not_a_source(output, arguments.paths)
        check_writable(output)
    if arguments.text is not None:
        make_folder(arguments.text)
    collection = _read(arguments.paths, settings)
    ctrl_c.heed()
    if arguments.text is not None:
        for reading in collection.readings:
            name = f"{reading.document.sha256}.txt"
            write_whole(arguments.text / name, encodable(reading.document.text).encode())
    extract = extract_json(collection)
    ctrl_c.heed()
    if output is not None:
        write_whole(output, extract.encode())
    elif sys.stdout is not None:
        sys.stdout.write(extract)
    return _exit_code(collection)


def _compare(arguments: argparse.Namespace) -> int:
    from policyview.export.delivery import check_ending, deliver
    from policyview.export.whole import check_writable

    settings = _settings(arguments)
    check_ending(arguments.output)
    _check_not_a_source(arguments.output, arguments.paths)
    check_writable(arguments.output)
    comparison = _compared(arguments.paths, settings, arguments.output, arguments.as_of, arguments.ours)
    deliver(comparison, arguments.output, ctrl_c.heed)
    return _exit_code(comparison.collection)


def _diff(arguments: argparse.Namespace) -> int:
    from policyview import pipeline
    from policyview.errors import UseError
    from policyview.export.delivery import check_diff_ending, diff_content
    from policyview.export.pack.opening import is_pack
    from policyview.export.terminal import say_each
    from policyview.export.versions import VersionReport
    from policyview.export.versions_text import diff_text
    from policyview.export.whole import check_writable, write_whole

    settings = _settings(arguments)
    paths = arguments.paths
    if len(paths) != 2 or any(path.is_dir() or pipeline.is_workspace(path) or is_pack(path) for path in paths):
        raise UseError("Name two documents, the older version first.")
    output: Path | None = arguments.output
    if output is not None:
        check_diff_ending(output)
        _check_not_a_source(output, arguments.paths)
        check_writable(output)
    collection = _read(arguments.paths, settings, with_units=True)
    if collection.failures:
        return SOME_UNREADABLE
    old, new = collection.readings[0], collection.readings[-1]
    report = VersionReport(old, new, _drained(pipeline.compare_versions(old, new, settings)))
    if output is not None:
        say_each(report.diff.kinship)
    content = diff_text(report) if output is None else diff_content(report, output)
    ctrl_c.heed()
    if output is not None:
        write_whole(output, content.encode())
    elif sys.stdout is not None:
        sys.stdout.write(content)
    return DONE


def _pack(arguments: argparse.Namespace) -> int:
    import datetime
    from dataclasses import replace

    from policyview import pipeline
    from policyview.errors import UseError
    from policyview.export.comparison import Comparison
    from policyview.export.legible import one_line
    from policyview.export.pack import form, make
    from policyview.export.pack.opening import is_pack
    from policyview.export.terminal import say_what_became
    from policyview.export.whole import check_writable
    from policyview.read.copies import Copies

    settings = form.patient(_settings(arguments))
    output: Path = arguments.output
    if output.suffix.lower() != ".zip":
        raise UseError(f"A pack is a .zip file, and {one_line(str(output))} does not end so.")
    if pack := next(filter(is_pack, arguments.paths), None):
        raise UseError(f"{one_line(str(pack))} is a pack already. Make a pack of documents or of a workspace.")
    _check_not_a_source(output, arguments.paths)
    check_writable(output)
    day = arguments.as_of or datetime.date.today()
    with Copies() as copies:
        collection = _drained(pipeline.read(arguments.paths, settings, copies))
        say_what_became(collection)
        reviews = make.reviews_in(arguments.paths, collection, copies)
        collection = pipeline.amended(replace(collection, reviews=reviews))
        matrices = _drained(pipeline.compare(collection, settings, day))
        ctrl_c.heed()
        digest = make.write(Comparison(collection, matrices, day), copies, settings, output, ctrl_c.heed)
    if sys.stdout is not None:
        print(digest)
    return _exit_code(collection)


def _verify(arguments: argparse.Namespace) -> int:
    from policyview.errors import UseError
    from policyview.export.legible import one_line
    from policyview.export.pack.verify import verify

    settings = _settings(arguments)
    if len(arguments.paths) != 1 or not arguments.paths[0].is_file():
        raise UseError("Name one file: the pack that is to be verified.")
    verdict = _drained(verify(arguments.paths[0], settings, arguments.digest))
    ctrl_c.heed()
    name = one_line(str(arguments.paths[0]))
    if sys.stdout is not None:
        for fault in verdict.faults:
            print(f"Does not hold: {one_line(fault)}")
        for note in verdict.notes:
            print(f"Note: {one_line(note)}")
        print(f"{name}: all that could be checked holds." if verdict.holds else f"{name}: not all of it holds.")
    return DONE if verdict.holds else SOME_UNREADABLE


def _check_not_a_source(output: Path, paths: Sequence[Path]) -> None:
    """A document that is to be read is never written over, whether it is named or found in a folder."""
    from policyview import pipeline
    from policyview.errors import UseError
    from policyview.export.legible import one_line

    if output.is_file() and any(os.path.samefile(output, path) for path in pipeline.expand(paths)[0] if path.exists()):
        raise UseError(f"{one_line(str(output))} is one of the documents; choose another file for the output.")


COMMANDS = {"extract": _extract, "compare": _compare, "diff": _diff, "pack": _pack, "verify": _verify}

# --------------------------------------------------------------------------- the window


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


def _window(arguments: argparse.Namespace) -> int:
    from policyview.errors import UseError

    settings = _settings(arguments)
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


def _screenshot(paths: Sequence[Path], target: Path, settings: Settings) -> int:
    from policyview.errors import UseError
    from policyview.export.whole import check_writable

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
    from pathlib import Path

    from policyview.export.delivery import deliver
    from policyview.export.legible import one_line
    from policyview.export.terminal import say
    from policyview.export.whole import free_name

    say(f"{reason}, so the comparison is written to a file instead of a window.")
    target = free_name(Path.cwd(), COMPARISON_STEM, ".html")
    comparison = _compared(paths, settings, target)
    deliver(comparison, target, ctrl_c.heed)
    if sys.stdout is not None:
        print(one_line(str(target)))
    return _exit_code(comparison.collection)


# --------------------------------------------------------------------------- the way in


def _run(words: Sequence[str]) -> int:
    """The command that the words name; an argument that cannot be is a sentence and exit code 2."""
    command = words[0] if words and words[0] in COMMANDS else None
    try:
        arguments = _parsed(command, words[1:] if command else words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else WRONG_USE
    return COMMANDS[command](arguments) if command else _window(arguments)


def _silence_standard_output() -> None:
    """What Python would still flush at its end goes nowhere."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _with_sentences(words: Sequence[str]) -> int:
    """Runs the command; whatever goes wrong ends as one sentence, never as a traceback."""
    from policyview.errors import PolicyviewError
    from policyview.export.terminal import say

    try:
        ctrl_c.watch()
        code = _run(words)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        say("Stopped before the end.")
        return STOPPED
    except BrokenPipeError:
        _silence_standard_output()
        return NO_READER
    except PolicyviewError as error:
        say(str(error))
        return WRONG_USE
    except OSError as error:
        _silence_standard_output()
        say(f"{error.filename or 'The output'} cannot be written or read: {error.strerror or error}.")
        return WRONG_USE
    except Exception as error:
        if os.environ.get("POLICYVIEW_TRACEBACK"):
            raise
        say(f"policyview made an error of its own ({type(error).__name__}: {error}). Please report what you did.")
        return OUR_ERROR
    finally:
        ctrl_c.leave()


def main(argv: Sequence[str] | None = None) -> int:
    """Runs policyview with the words of the command line and gives the exit code."""
    import io

    if isinstance(sys.stdout, io.TextIOWrapper):  # also on a cp1252 terminal; JSON has one kind of line end
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    return _with_sentences(sys.argv[1:] if argv is None else list(argv))


if __name__ == "__main__":
    sys.exit(main())

"""The way in: the window, or a command without one; whatever goes wrong ends as a sentence.

Every worker process imports this module (as ``__mp_main__``), so its top stays light: what a command needs is imported
once it is known which one is meant.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

from policyview.command.codes import NO_READER, OUR_ERROR, STOPPED, WRONG_USE

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("extract", "compare", "diff", "pack", "verify")


def _run(words: Sequence[str]) -> int:
    """The command that the words name; an argument that cannot be is a sentence and exit code 2."""
    from policyview.command.arguments import parsed

    command = words[0] if words and words[0] in COMMANDS else None
    try:
        arguments = parsed(command, words[1:] if command else words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else WRONG_USE
    act = importlib.import_module(f"policyview.command.{command or 'window'}")
    code: int = act.run(arguments)
    return code


def _silence_standard_output() -> None:
    """What Python would still flush at its end goes nowhere."""
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _with_sentences(words: Sequence[str]) -> int:
    """Runs the command; whatever goes wrong ends as one sentence, never as a traceback."""
    from policyview.command.ctrl_c import ctrl_c
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

"""The reading worker's own side: reads the documents it is told, a page a message, then their facts.

Messages to it: ``Order``, or None to end. Messages from it, each a plain tuple, small, so that unpickling one
never holds the window's interpreter for long:

    ("front", media_type, pages, outline, info, page_labels, losses)
    ("piece", page, text, losses)                    the next stretch of text; also the heartbeat
    ("finishing",)                                   all text is read, the facts are being looked for
    ("facts", field, chunk)                          some values of one field of Facts
    ("second", page, losses)                         a page was read a second time and compared
    ("lost", losses)                                 of the document as a whole
    ("done",)
    ("refused", sentence)                            the file is to blame
    ("broken", what)                                 a library failed where the reader was; read again without it
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from policyview.errors import FileError, PolicyviewError
from policyview.model import Document, Facts, Loss
from policyview.read import guards
from policyview.read.piece import Front, Piece
from policyview.read.process import EXIT_MEMORY, READY

_TEXT_ONLY = "; only its text is shown."
_MOST_DOUBTFUL = 40  # pages of a document that are read twice unasked: about two seconds
_CHUNK = 16  # values of a field of Facts in a message

Finish = Callable[[Document], Facts]


@dataclass(frozen=True)
class Order:
    """A document to read. ``skip`` names pages not to touch, ``last`` the page after which to stop.

    ``compare_all`` reads every page of a PDF a second time, not only the doubtful ones.
    """

    path: str
    name: str
    sha256: str
    skip: frozenset[int] = frozenset()
    last: int | None = None
    finish: Finish | None = None
    facts_deadline_s: float = 60.0
    compare_all: bool = False


def main(pipe: Connection, limits: guards.Limits) -> None:
    """The process's whole life."""
    guards.set_limits(limits)
    import policyview.read.assembly
    import policyview.read.pdf  # noqa: F401 loaded before the hook, and before the first deadline runs

    guards.refuse_side_effects()
    pipe.send(READY)
    try:
        while (order := pipe.recv()) is not None:
            _serve(pipe, order, limits.deadline_s)
    except (EOFError, OSError):
        return  # the parent is gone
    except MemoryError:
        os._exit(EXIT_MEMORY)


def _serve(pipe: Connection, order: Order, deadline_s: float) -> None:
    for message in _told(_messages(order, deadline_s)):
        pipe.send(message)  # its OSError goes up: the parent is gone


def _told(messages: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The messages; where reading ended early the last one says why."""
    try:
        yield from messages
    except FileError as error:
        yield ("refused", str(error))
    except MemoryError:
        raise
    except Exception as error:  # whatever a library raises on a bad file, an OSError too
        yield ("broken", f"{type(error).__name__}: {error}"[:300])


def _messages(order: Order, deadline_s: float) -> Iterator[tuple[Any, ...]]:
    from policyview.read import assembly, formats

    under_way = assembly.Assembly(order.name, order.sha256)
    guards.allow_cpu(deadline_s)
    for part in formats.read_parts(Path(order.path), order.name, order.skip):
        under_way.add(part)
        yield _as_message(part)
        if isinstance(part, Piece) and part.page is not None and part.page == order.last:
            break
        guards.allow_cpu(deadline_s)
    document = under_way.document()
    if order.finish is not None and assembly.has_text(document):
        yield ("finishing",)
        guards.allow_cpu(order.facts_deadline_s)
        yield from _facts(order.finish, document)
    if document.media_type == formats.PDF:
        yield from _second_reading(order, document, under_way.doubtful_pages, deadline_s)
    yield ("done",)


def _second_reading(
    order: Order, document: Document, doubtful: Sequence[int], deadline_s: float
) -> Iterator[tuple[Any, ...]]:
    pages = range(1, len(document.pages) + 1) if order.compare_all else doubtful[:_MOST_DOUBTFUL]
    readable = [page for page in pages if page not in order.skip]
    if not readable:
        return
    from policyview.read import second

    yield ("second", None, ())  # from here on a death costs the comparison alone
    guards.allow_cpu(deadline_s)
    for page, losses in second.losses(Path(order.path), document, readable):
        yield ("second", page, _plain(losses))
        guards.allow_cpu(deadline_s)


def _plain(losses: Sequence[Loss]) -> tuple[tuple[int | None, str], ...]:
    return tuple((loss.page, loss.reason) for loss in losses)


def _as_message(part: Front | Piece) -> tuple[Any, ...]:
    losses = _plain(part.losses)
    if isinstance(part, Piece):
        return ("piece", part.page, part.text, losses)
    outline = tuple(astuple(entry) for entry in part.outline)
    return ("front", part.media_type, part.pages, outline, part.info, part.page_labels, losses)


def _facts(finish: Finish, document: Document) -> Iterator[tuple[Any, ...]]:
    try:
        facts = finish(document)
    except MemoryError:
        yield _lost(f"Its sections and facts need more memory than a worker may use{_TEXT_ONLY}")
        return
    except FileError:
        raise
    except PolicyviewError as error:  # the user's lexicon was changed since it was looked at
        yield _lost(f"Its sections and facts could not be found: {error}")
        return
    except Exception as error:  # ours to mend; the text is read all the same
        what = f"Its sections and facts could not be found ({_place(error)}): a mistake in policyview"
        yield _lost(what + _TEXT_ONLY)
        return
    for field in fields(facts):
        value = getattr(facts, field.name)
        if not isinstance(value, tuple):
            yield ("facts", field.name, value)
            continue
        for start in range(0, len(value), _CHUNK):
            yield ("facts", field.name, value[start:start + _CHUNK])


def _lost(reason: str) -> tuple[Any, ...]:
    return ("lost", ((None, reason),))


def _place(error: BaseException) -> str:
    """The kind of error and the line of our code it came from."""
    trace = sys.exc_info()[2] if error.__traceback__ is None else error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}: {error}"[:300]

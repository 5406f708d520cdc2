"""Reads files through worker processes, side by side, and survives whatever a file does to its worker."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policyview.errors import FileError
from policyview.model import Facts, Failure, Loss, OutlineEntry, Reading
from policyview.read import worker
from policyview.read.assembly import Assembly, require_text
from policyview.read.copies import Copies, Copy
from policyview.read.piece import Front, Piece
from policyview.read.process import Stopped, Target, WorkerDied, WorkerProcess
from policyview.settings import Settings

FRONT = 0
"""Stands in a skip set for what is read before the first page: information, outline, labels."""


Recall = Callable[[str, str], Reading | None]
"""What was read of these bytes (told by their sum) under such a name before, if that still holds; any thread asks."""


@dataclass(frozen=True)
class PageRead:
    """A page (or a stretch of an unpaged text) of a file has come in."""

    index: int
    page: int | None


@dataclass(frozen=True)
class Ended:
    """A file has come to its end. ``index`` is its place among the given files."""

    index: int
    outcome: Reading | Failure


class Crew:
    """Some threads, each with a worker process of its own, that read files from one queue.

    ``events`` gives ``PageRead`` and, once a file, ``Ended``. Close it at any time: within a tenth of a second
    the workers are ended.
    """

    def __init__(self, files: Sequence[tuple[Path, str]], settings: Settings, copies: Copies,
                 finish: worker.Finish | None, target: Target = worker.main, recall: Recall | None = None) -> None:
        self.events: queue.SimpleQueue[PageRead | Ended] = queue.SimpleQueue()
        self._recall = recall
        self._stopping = threading.Event()
        self._waiting: queue.SimpleQueue[tuple[int, Path, str]] = queue.SimpleQueue()
        for index, (path, name) in enumerate(files):
            self._waiting.put((index, path, name))
        count = max(1, min(settings.workers, len(files)))
        self._processes = [WorkerProcess(target, settings, self._stopping) for _ in range(count)]
        self._threads = [
            threading.Thread(target=self._work, args=(process, settings, copies, finish), daemon=True)
            for process in self._processes
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ends the workers and waits for their threads."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _work(self, process: WorkerProcess, settings: Settings, copies: Copies, finish: worker.Finish | None) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    index, path, name = self._waiting.get_nowait()
                except queue.Empty:
                    return
                outcome = self._outcome(index, path, name, process, settings, copies, finish)
                self.events.put(Ended(index, outcome))
        except Stopped:
            return
        finally:
            process.kill()

    def _outcome(self, index: int, path: Path, name: str, process: WorkerProcess, settings: Settings,
                 copies: Copies, finish: worker.Finish | None) -> Reading | Failure:
        try:
            copy = copies.add(path, name, settings.max_file_bytes)
            known = self._recall(copy.sha256, name) if self._recall else None
            if known is not None:
                return known
            attempts = _Attempts(copy, name, process, settings, finish)
            return attempts.reading(lambda page: self.events.put(PageRead(index, page)))
        except FileError as error:
            return Failure(name, str(error))
        except Stopped:
            raise
        except Exception as error:  # one file never ends the run
            process.kill()
            return Failure(name, f"{name} could not be read ({type(error).__name__}: {error}). "
                                 "This is a mistake in policyview; please report it.")


class _Attempts:
    """Reads one file: again and again without the pages that killed a worker, up to ``max_deaths`` times."""

    def __init__(self, copy: Copy, name: str, process: WorkerProcess, settings: Settings,
                 finish: worker.Finish | None) -> None:
        self._copy = copy
        self._name = name
        self._process = process
        self._settings = settings
        self._finish = finish
        self._skip: frozenset[int] = frozenset()
        self._last: int | None = None
        self._losses: list[Loss] = []
        self._pages: int | None = None

    def reading(self, report: Any) -> Reading:
        """What could be read. FileError where that is nothing."""
        for deaths in range(1, self._settings.max_deaths + 2):
            attempt = _Attempt(self._name, self._copy.sha256)
            try:
                self._process.send(self._order())
                attempt.run(self._process, self._settings, report)
            except (WorkerDied, _Broken) as ended:
                self._pages = attempt.pages
                if attempt.is_comparing:
                    return attempt.reading([*self._losses, _without_comparison(attempt, ended)], is_cut=True)
                if attempt.is_finishing or attempt.has_all_pages:
                    return attempt.reading([*self._losses, self._without_facts(ended)], is_cut=True)
                self._learn(attempt, str(ended), deaths)
                continue
            return attempt.reading(self._losses, is_cut=bool(self._losses))
        raise FileError(f"{self._name} could not be read: reading it failed again and again. "
                        "Open it in a viewer and save it anew, then add that copy.")

    def _order(self) -> worker.Order:
        return worker.Order(str(self._copy.path), self._name, self._copy.sha256, self._skip, self._last, self._finish,
                            self._settings.facts_deadline_s, self._settings.second_reading)

    def _without_facts(self, ended: Exception) -> Loss:
        return Loss(None, f"Its sections and facts were given up: looking for them {ended}. Only its text is shown.")

    def _learn(self, attempt: _Attempt, why: str, deaths: int) -> None:
        """What the next attempt must leave out."""
        at = attempt.at
        if attempt.is_unpaged or (at == FRONT and FRONT in self._skip):
            raise FileError(f"{self._name} could not be opened: reading it {why}. "
                            "Open it in a viewer and save it anew, then add that copy.")
        self._skip |= {at}
        if at == FRONT:
            self._losses.append(Loss(None, f"Its document information and outline were given up: reading them {why}."))
            return
        self._losses.append(Loss(at, f"Page {at} was given up: reading it {why}. Look at the page itself."))
        if deaths >= self._settings.max_deaths:
            if at == 1:
                raise FileError(f"{self._name} could not be read: reading it {why}. "
                                "Open it in a viewer and save it anew, then add that copy.")
            self._last = at
            if attempt.pages and at < attempt.pages:
                self._losses.append(Loss(at + 1, f"Pages {at + 1} to {attempt.pages} were not read: "
                                                 f"{deaths} pages before them had failed."))


def _without_comparison(attempt: _Attempt, ended: Exception) -> Loss:
    behind = f"behind page {attempt.compared}" if attempt.compared else "at its beginning"
    return Loss(None, f"The second reading, by another PDF library, was given up {behind}: it {ended}. Compare the "
                      "pages from there on with what was read.")


class _Broken(Exception):
    """A library raised where the worker was; the worker itself lives on."""


class _Attempt:
    """One pass over a file: what has come in so far, and where the worker is."""

    def __init__(self, name: str, sha256: str) -> None:
        self._assembly = Assembly(name, sha256)
        self._facts: dict[str, Any] = {}
        self._losses: list[Loss] = []
        self.at = FRONT
        self.pages: int | None = None
        self.is_unpaged = False
        self.is_finishing = False
        self.is_comparing = False
        self.compared = 0  # the last page that was read a second time

    @property
    def has_all_pages(self) -> bool:
        return self.pages is not None and self.at > self.pages

    def run(self, process: WorkerProcess, settings: Settings, report: Any) -> None:
        """Takes messages until the worker is done."""
        while True:
            is_looking_for_facts = self.is_finishing and not self.is_comparing
            message = process.receive(settings.facts_deadline_s if is_looking_for_facts else settings.page_deadline_s)
            match message:
                case ("piece", page, text, losses):
                    self._assembly.add(Piece(page, text, (), _losses(losses)))
                    self.at = (page or 0) + 1
                    report(page)
                case ("front", media_type, pages, outline, info, labels, losses):
                    entries = tuple(OutlineEntry(*entry) for entry in outline)
                    self._assembly.add(Front(media_type, pages, entries, info, labels, _losses(losses)))
                    self.at, self.pages, self.is_unpaged = 1, pages, pages is None
                case ("facts", field, tuple() as chunk):
                    self._facts[field] = self._facts.get(field, ()) + chunk
                case ("facts", field, value):
                    self._facts[field] = value
                case ("finishing",):
                    self.is_finishing = True
                case ("refused", sentence):
                    raise FileError(sentence)
                case ("broken", what):
                    raise _Broken(f"failed ({what})")
                case ("second", page, losses):
                    self.is_comparing, self.compared = True, page or 0
                    self._losses.extend(_losses(losses))
                case ("lost", losses):
                    self._losses.extend(_losses(losses))
                case ("done",):
                    return

    def reading(self, losses: Sequence[Loss], is_cut: bool) -> Reading:
        """What came in, with what was lost."""
        document = require_text(self._assembly.document([*self._losses, *losses]))
        return Reading(document, replace(Facts(), **self._facts), is_cut)


def _losses(plain: Sequence[tuple[int | None, str]]) -> tuple[Loss, ...]:
    return tuple(Loss(page, reason) for page, reason in plain)

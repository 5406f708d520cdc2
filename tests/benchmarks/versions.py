"""Run by hand: how long comparing two long versions takes beside reading them, in one run.

``python tests/benchmarks/versions.py`` makes two versions of an invented policy of about 50 pages (criteria added,
removed, moved and changed, all re-lettered by it, codes, background, references), reads both as ``policyview diff``
does, once with one worker and once with as many as it takes by itself, and compares them. Median of three runs.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

from policyview import pipeline
from policyview.model import Reading
from policyview.settings import Settings
from tests.sample_makers.layout import Flow, build, heading, item, paragraph, table
from tests.sample_makers.layout import title as titled
from tests.sample_makers.payers import HARBORLINE, harborline

RUNS = 3
TITLE, NUMBER = "Pulsed Mist Therapy", "HH-MED-0999"
USES, CODES, PARAGRAPHS, REFERENCES = 130, 220, 90, 160  # what makes 50 pages
CHANGED = 12  # one use in so many is changed
_SYLLABLES = ("bal", "cor", "dun", "fer", "gal", "hem", "jor", "kel", "lun", "mar", "nol", "pre", "sil", "tor", "ven")


class _Text:
    """Sentences of invented words, the same at each run."""

    def __init__(self) -> None:
        self._random = random.Random(7)
        self._words = ["".join(self._random.sample(_SYLLABLES, 3)) for _ in range(900)]

    def words(self, count: int) -> str:
        return " ".join(self._random.choices(self._words, k=count))

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


def _uses(text: _Text) -> list[list[str]]:
    """Each a use and its criteria."""
    return [
        [f"{TITLE} is considered medically necessary for {text.words(3)} when all of the following are met:",
         f"The person is {text.number(12, 60)} years of age or older; and",
         f"{text.words(9).capitalize()} has lasted for at least {text.number(2, 26)} weeks; and",
         f"A trial of {text.number(2, 4)} {text.words(2)} agents has failed, unless {text.words(5)}; and",
         f"It is ordered by a specialist in {text.words(4)}."]
        for _ in range(USES)
    ]  # fmt: skip


def _revised(uses: list[list[str]]) -> list[list[str]]:
    """As a payer revises: a number, a new criterion, one that goes, a use that moves, a use that comes."""
    new = [list(use) for use in uses]
    for at in range(0, len(new), CHANGED):
        new[at][2] = new[at][2].replace("at least", "more than")
        new[at + 1].insert(2, "A scan within the last 3 months confirms it; and")
        del new[at + 2][3]
        new[at + 3][1] = "The person is 65 years of age or older; and"
    new.insert(7, new.pop(90))
    new.insert(30, [f"{TITLE} is considered medically necessary for windburn of the ears.", "It is winter."])
    return new


def _story(uses: list[list[str]], date: str, entries: list[str]) -> Flow:
    text, look = _Text(), HARBORLINE
    flow: Flow = [titled(look, TITLE), paragraph(look, f"Policy Number: {NUMBER}"),
                  paragraph(look, f"Effective Date: {date}"), heading(look, "Policy")]  # fmt: skip
    for number, (lead, *criteria) in enumerate(uses, 1):
        flow.append(item(look, f"{number}.", lead))
        flow += [item(look, f"{chr(97 + at)}.", words, depth=1) for at, words in enumerate(criteria)]
    flow += [paragraph(look, f"All other uses of {TITLE.lower()} are considered investigational."),
             heading(look, "Background"), *(paragraph(look, f"{text.words(90)}.") for _ in range(PARAGRAPHS)),
             heading(look, "Coding", keep=False)]  # fmt: skip
    codes = [[f"K{number:02}.{number % 10}", text.words(6)] for number in range(CODES)]
    flow.append(table(look, [["Code", "Description"], *codes], (0.2, 0.8)))
    flow += [heading(look, "Revision History", keep=False), table(look, [["Date", "Change"], *map(str.split, entries)],
                                                                  (0.3, 0.7))]  # fmt: skip
    flow += [heading(look, "References", keep=False)]
    flow += [item(look, f"{number}.", f"{text.words(14)}. 20{number % 20:02};{number}:1-9.")
             for number in range(1, REFERENCES)]  # fmt: skip
    return flow


def _written(folder: Path) -> tuple[Path, Path]:
    draw = harborline(HARBORLINE, "Medical Coverage Policy", TITLE, NUMBER)
    uses = _uses(_Text())
    paths = folder / "old.pdf", folder / "new.pdf"
    for path, rules, date, entries in (
        (paths[0], uses, "2025-01-01", ["2025-01-01 New"]),
        (paths[1], _revised(uses), "2026-01-01", ["2026-01-01 Revised", "2025-01-01 New"]),
    ):
        story = partial(_story, rules, date, entries)
        path.write_bytes(build(HARBORLINE, story, draw, title=TITLE, author="Harborline Health"))
    return paths


def _read(paths: tuple[Path, Path], settings: Settings) -> tuple[float, list[Reading]]:
    begun = time.perf_counter()
    collection = pipeline.run(pipeline.read(paths, settings, with_units=True))
    return time.perf_counter() - begun, list(collection.readings)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(Path(folder))
        times: list[tuple[float, float, float]] = []
        for _ in range(RUNS):
            alone, _readings = _read(paths, Settings(workers=1))
            side_by_side, (old, new) = _read(paths, Settings())
            begun = time.perf_counter()
            diff = pipeline.run(pipeline.compare_versions(old, new, Settings()))
            times.append((alone, side_by_side, time.perf_counter() - begun))
    alone, side_by_side, compared = (statistics.median(each) for each in zip(*times, strict=True))
    pages = " and ".join(str(len(reading.document.pages)) for reading in (old, new))
    print(f"{pages} pages, {len(old.facts.units)} and {len(new.facts.units)} units, {len(diff.changes)} changes")
    print(f"median of {RUNS}: reading {alone:.2f} s with one worker, {side_by_side:.2f} s with {Settings().workers}; "
          f"comparing {compared:.2f} s")


if __name__ == "__main__":
    main()

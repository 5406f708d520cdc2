"""Run by hand: broken documents through the real workers, for as long as there is time.

``nice python -m tests.benchmarks.fuzzing --minutes 60 --keep FOLDER`` damages the bytes of the PDFs, Word and web
pages of sample_docs, reads each copy as the window does, compares and exports what came of it, and keeps in FOLDER
every file on which a worker crashed, hung beyond its deadline, raised where only a mistake of ours raises, or
delivered nothing as "ok". What is found becomes a file of tests/data with a test. ``--seed`` repeats a run.
"""

from __future__ import annotations

import argparse
import datetime
import io
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path

import docx

from policyview import pipeline
from policyview.collection import Collection
from policyview.errors import FileError
from policyview.export import delivery, jsonfile
from policyview.export.comparison import Comparison
from policyview.model import Failure, Reading
from policyview.read.copies import Copies
from policyview.read.pages import PageWorker
from policyview.read.supervisor import Crew, Ended
from policyview.resources import sample_docs
from policyview.settings import Settings

SETTINGS = Settings(workers=1, page_deadline_s=5.0, facts_deadline_s=20.0)
BATCH = 24  # documents in a comparison
FOUND = re.compile(r"crashed|took longer|computed for too long|more memory|ended the reading|mistake in policyview")
PDF_WORDS = (
    b"<<", b">>", b"[", b"]", b"(", b")", b"endobj", b"endstream", b"stream\n", b"/Kids", b"/Parent 3 0 R",
    b"/Count -1", b"/Length 0", b"/Filter/FlateDecode", b"99999999999", b"-1", b"1e400", b"null", b"/Contents",
    b"trailer", b"xref", b"/MediaBox[0 0 0 0]",
    b"/Rotate 45", b"/Encoding", b"/ToUnicode", b"0 R", b"BT", b"ET", b"Tj", b"Do", b"q " * 99,
)  # fmt: skip
MARKUP_WORDS = (
    b"<", b">", b"</", b"&", b"&#0;", b"&#xD800;", b"<table>", b"</td>", b"<tr colspan=99999>", b"<ul><li>" * 40,
    b"<!--", b"]]>", b"\0", b"\xff\xfe", b"\xe2\x80\xae", b"<w:tbl>", b"<w:p/>", b"w:val=\"99999999999\"", b"<script>",
)  # fmt: skip


# --------------------------------------------------------------------------- damage


def _flipped(data: bytearray, chance: random.Random, words: Sequence[bytes]) -> None:
    for _ in range(chance.choice((1, 3, 20, 200))):
        data[chance.randrange(len(data))] = chance.randrange(256)


def _worded(data: bytearray, chance: random.Random, words: Sequence[bytes]) -> None:
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(data))
        data[at:at + chance.choice((0, 0, 4))] = chance.choice(words)


def _cut(data: bytearray, chance: random.Random, words: Sequence[bytes]) -> None:
    at = chance.randrange(len(data))
    del data[at:at + chance.choice((1, 10, 500, len(data)))]


def _doubled(data: bytearray, chance: random.Random, words: Sequence[bytes]) -> None:
    start, to = chance.randrange(len(data)), chance.randrange(len(data))
    data[to:to] = data[start:start + chance.choice((8, 200, 5_000))] * chance.choice((1, 2, 50))


def _renumbered(data: bytearray, chance: random.Random, words: Sequence[bytes]) -> None:
    numbers = list(re.finditer(rb"\d+", bytes(data)))
    for match in sorted(chance.sample(numbers, min(len(numbers), chance.choice((1, 4)))), key=lambda m: -m.start()):
        data[match.start():match.end()] = chance.choice((b"0", b"-1", b"7", b"65536", b"2147483648", b"0.0000001"))


DAMAGES: tuple[Callable[[bytearray, random.Random, Sequence[bytes]], None], ...] = (
    _flipped, _worded, _cut, _doubled, _renumbered,
)


def damaged(content: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    """A copy with one to three damages."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3))):
        if data:
            chance.choice(DAMAGES)(data, chance, words)
    return bytes(data)


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    """A Word file, one of its parts damaged and packed again: else the archive's sums refuse nearly all."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        hit = chance.choice([name for name in source.namelist() if name.endswith((".xml", ".rels"))])
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, damaged(part, chance, MARKUP_WORDS) if name in {hit, "word/document.xml"} else part)
    return made.getvalue()


def unpacked(content: bytes) -> bytes:
    """A PDF with its streams uncompressed, so that damage reaches what they say."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, StreamObject

    writer = PdfWriter(clone_from=io.BytesIO(content))
    for number, stream in enumerate(writer._objects):
        if isinstance(stream, StreamObject) and stream.get("/Subtype") != "/Image":
            plain = DecodedStreamObject()
            plain.update({key: value for key, value in stream.items() if key not in {"/Filter", "/DecodeParms"}})
            plain.set_data(stream.get_data())
            writer._objects[number] = plain
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def word_file(text: str) -> bytes:
    """The lines of a text as a Word document with headings, a list and a table."""
    document = docx.Document()
    for line in text.splitlines():
        if line.startswith("#"):
            document.add_heading(line.strip("# "), min(9, len(line) - len(line.lstrip("#"))))
        else:
            document.add_paragraph(line, "List Bullet" if line.startswith(("-", "*")) else None)
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "Code", "99999"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def seeds() -> list[tuple[str, bytes]]:
    """What is damaged: (ending, content)."""
    found = [(path.suffix, path.read_bytes()) for path in sorted(sample_docs().iterdir()) if path.is_file()]
    pdfs = [(ending, unpacked(content)) for ending, content in found if ending == ".pdf"]
    words = [(".docx", word_file(content.decode())) for ending, content in found if ending == ".md"]
    return [*found, *pdfs, *words]


def cases(seed: int) -> Iterator[tuple[str, bytes]]:
    """Damaged documents without end: (name, content)."""
    sources, number = seeds(), 0
    while True:
        chance = random.Random(f"{seed}/{number}")
        ending, content = chance.choice(sources)
        if ending == ".docx" and chance.random() < 0.8:
            made = damaged_inside(content, chance)
        else:
            made = damaged(content, chance, PDF_WORDS if ending == ".pdf" else MARKUP_WORDS)
        yield f"{seed}-{number}{ending}", made
        number += 1


# --------------------------------------------------------------------------- reading


def outcomes(files: Sequence[Path], finish: Callable[..., object]) -> Iterator[tuple[Path, Reading | Failure | None]]:
    """What became of each file; None for one that did not end within all its deadlines."""
    patience = SETTINGS.page_deadline_s * 60 + SETTINGS.facts_deadline_s
    with Copies() as copies, closing(Crew([(f, f.name) for f in files], SETTINGS, copies, finish)) as crew:  # type: ignore[arg-type]
        left, since = set(range(len(files))), time.monotonic()
        while left:
            try:
                event = crew.events.get(timeout=patience)
            except Exception:
                yield files[min(left)], None
                return
            if isinstance(event, Ended):
                left.discard(event.index)
                if time.monotonic() - since > patience:
                    yield files[event.index], None
                since = time.monotonic()
                yield files[event.index], event.outcome


def wrong_with(outcome: Reading | Failure | None) -> str:
    """What is wrong with an outcome; empty where it is as it should be."""
    if outcome is None:
        return "no end within its deadlines"
    said = [outcome.reason] if isinstance(outcome, Failure) else [loss.reason for loss in outcome.losses]
    odd = next((reason for reason in said if FOUND.search(reason)), "")
    if odd or isinstance(outcome, Failure):
        return odd
    document = outcome.document
    if not document.text.strip():
        return "empty ok"
    for indication in outcome.facts.indications:
        anchor = indication.anchor
        if document.text[anchor.start:anchor.end] != anchor.quote:
            return f"an anchor does not stand on its words: {anchor.quote!r}"
    return ""


def wrong_with_pages(path: Path, reading: Reading, pages: PageWorker) -> str:
    """What goes wrong in drawing the first pages and lighting the words on them."""
    for number, (start, end) in enumerate(pairwise((*reading.document.pages[:3], len(reading.document.text))), 1):
        try:
            image = pages.render(path, number, 300)
            boxes = pages.boxes(path, number, [(0, end - start)])
        except FileError as error:
            if FOUND.search(str(error)):
                return str(error)
            continue
        if len(image.pixels) < image.height * image.stride or not all(0 <= edge <= 1 for box in boxes for edge in box):
            return f"page {number} is drawn wrong"
    return ""


def wrong_with_all(readings: Sequence[Reading]) -> str:
    """What goes wrong in comparing and exporting these."""
    today = datetime.date(2026, 11, 22)
    try:
        matrices = pipeline.aligned(None, today, None, readings)
        collection = Collection(tuple(readings))
        jsonfile.extract_json(collection).encode()
        for make in delivery.FORMATS.values():
            make(Comparison(collection, matrices, today))
    except Exception:
        return traceback.format_exc()
    return ""


def culprits(readings: Sequence[Reading]) -> Sequence[Reading]:
    """As few of the readings as still go wrong together."""
    kept = list(readings)
    for reading in readings:
        fewer = [other for other in kept if other is not reading]
        if wrong_with_all(fewer):
            kept = fewer
    return kept


# --------------------------------------------------------------------------- the run


def main(seed: int, minutes: float, keep: Path) -> int:
    keep.mkdir(parents=True, exist_ok=True)
    end, counts, source = time.monotonic() + 60 * minutes, Counter[str](), cases(seed)
    while time.monotonic() < end:
        with PageWorker(SETTINGS) as pages, tempfile.TemporaryDirectory(prefix="policyview-fuzz-") as made:
            files = _written(Path(made), source)
            readings = list(_tried(files, keep, counts, pages))
            if said := wrong_with_all(readings):
                counts["comparisons that break"] += 1
                worst = [Path(made, reading.file) for reading in culprits(readings)]
                _keep(worst, keep, said)
        print(f"{sum(counts[kind] for kind in ('read', 'refused'))} files:", dict(counts), flush=True)
    return int(any(kind not in {"read", "refused"} for kind in counts))


def _written(folder: Path, source: Iterator[tuple[str, bytes]]) -> list[Path]:
    files = []
    for _ in range(BATCH):
        name, content = next(source)
        files.append(folder / name)
        files[-1].write_bytes(content)
    return files


def _tried(files: Sequence[Path], keep: Path, counts: Counter[str], pages: PageWorker) -> Iterator[Reading]:
    for file, outcome in outcomes(files, partial(pipeline.facts_of, lexicon_folder=None)):
        counts["read" if isinstance(outcome, Reading) else "refused"] += 1
        said = wrong_with(outcome)
        if not said and isinstance(outcome, Reading) and outcome.document.pages:
            said = wrong_with_pages(file, outcome, pages)
        if said:
            counts["found"] += 1
            _keep([file], keep, said)
        if isinstance(outcome, Reading):
            yield outcome


def _keep(files: Sequence[Path], keep: Path, said: str) -> None:
    for file in files:
        shutil.copy(file, keep / file.name)
    names = ", ".join(file.name for file in files)
    with (keep / "found.txt").open("a", encoding="utf-8", errors="backslashreplace") as found:
        found.write(f"{names}: {said}\n")
    print(f"FOUND {names}: {said[-600:]}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, required=True)
    chosen = parser.parse_args()
    sys.exit(main(chosen.seed, chosen.minutes, chosen.keep))

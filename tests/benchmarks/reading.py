"""Run by hand: how long a comparison takes, as a multiple of bare reading.

``python tests/benchmarks/reading.py FOLDER`` times ``policyview compare FOLDER -o x.html`` against one process that
takes the text of the same PDFs with pypdfium2 and does nothing else. Both start a fresh Python; the median of three
runs each, taken in turns, so that a busy machine slows both.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
BARE = """
import sys, pypdfium2
for path in sys.argv[1:]:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
"""


def seconds(command: list[str]) -> float:
    """Wall time of a command; exit 1 (some documents could not be read) counts as done."""
    begun = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    taken = time.perf_counter() - begun
    if done.returncode not in {0, 1}:
        raise SystemExit(done.stderr)
    return taken


def main(folder: Path) -> None:
    pdfs = sorted(str(path) for path in folder.rglob("*.pdf"))
    if not pdfs:
        raise SystemExit(f"There is no PDF in {folder}")
    with tempfile.TemporaryDirectory() as made:
        compare = [sys.executable, "-m", "policyview", "compare", str(folder), "-o", str(Path(made) / "x.html")]
        bare = [sys.executable, "-c", BARE, *pdfs]
        pairs = [(seconds(bare), seconds(compare)) for _ in range(RUNS)]
    read, compared = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = f"{compared / read:.1f} times"
    print(f"{len(pdfs)} PDFs, median of {RUNS}: bare text {read:.2f} s, compare {compared:.2f} s, {ratio}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))

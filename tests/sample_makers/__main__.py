"""``python -m tests.sample_makers [FOLDER]`` writes the PDFs, into sample_docs where no folder is named."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.sample_makers.shelf import SHELF

ROOT = Path(__file__).resolve().parents[2]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SHELF.items():
        (folder / name).write_bytes(make())
        print(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "sample_docs")

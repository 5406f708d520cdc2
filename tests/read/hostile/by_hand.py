"""Run by hand: ``python -m pytest tests/read/hostile/by_hand.py`` (three minutes on a quiet machine, 300 MB of files).

The big and slow inputs, and each problem file alone: how it ends, within how many seconds from the start of a fresh
Python to its end, and that no worker ever held more than its limit of memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policyview.settings import Settings
from tests.read.hostile import folder, kit
from tests.read.hostile.folder import Outcome

USUAL_S = 6.0  # half a second of it is Python's start; more on a busy machine
LONGER_S = {"pages_50k.pdf": 120.0, "trailing_50mb.pdf": 15.0, "flate_bomb_text_60mb.pdf": 15.0}
ALONE = (*folder.BIG_INPUTS, *folder.ORDINARY)


@pytest.mark.parametrize("each", ALONE, ids=lambda each: ascii(each.name)[2:40])
def test_alone(each: kit.Hostile, tmp_path: Path) -> None:
    root = folder.make(tmp_path / "hostile", [each])
    started = time.monotonic()
    command = [sys.executable, "-m", "policyview", "extract", str(root), "-o", str(tmp_path / "a.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    took = time.monotonic() - started
    assert "Traceback" not in done.stderr
    assert _outcome(json.loads((tmp_path / "a.json").read_text("utf-8"))).how == each.ends.how, done.stderr
    assert took < LONGER_S.get(each.name.decode("utf-8", "replace"), USUAL_S)
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert peak_kb * 1024 <= Settings.worker_memory_bytes


def _outcome(told: dict[str, list[dict[str, list[str]]]]) -> Outcome:
    if told["documents"]:
        return Outcome("read with loss" if told["documents"][0]["losses"] else "read")
    return Outcome("refused" if told["failures"] else "skipped")


def test_the_big_ones_end_as_they_ought_to(tmp_path: Path) -> None:
    root = folder.make(tmp_path / "hostile", folder.BIG_INPUTS)
    ended = folder.outcomes(folder.read([root], Settings(workers=2)), root)
    assert {name: ends.how for name, ends in folder.expected(folder.BIG_INPUTS).items()
            if not ended[name].meets(ends)} == {}

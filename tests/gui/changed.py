"""Two versions of an invented policy, compared by the real parts: one change of each weight, one of each answer of
the history, one of the noises."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from policyview import lexicon, versions
from policyview.gui.change_faces import ChangeBoard, change_board
from policyview.model import Reading
from policyview.versions import Alongside, Diff
from tests.versions.made import POLICY, reading_of

MORE = """\
Loggers who <b>work</b> outdoors are seen twice a year.

"""
OLD = POLICY.replace("## Coding", f"{MORE}## Coding")
NEW = (
    OLD.replace("January 1, 2024", "January 1, 2025")
    .replace("at least 2 warming agents", "at least 3 warming agents")
    .replace("4. Snow shoes must be fitted by a shoemaker; and\n", "")
    .replace("5. ONE of", "4. ONE of")
    .replace("20 mm or more\n", "20 mm or more\n    d. Numb heels at night\n")
    .replace("seen twice a year", "seen three times a year")
    .replace("| 01/2022 | New policy |", "| 01/2022 | New policy |\n| 01/2025 | Added numb heels at night. |\n"
             "| 02/2025 | Annual review. No changes to policy statements. |")
)  # fmt: skip


@cache
def compared() -> tuple[Reading, Reading, Diff, tuple[Alongside, ...]]:
    """Both readings, the diff, and which places stand beside each other."""
    with TemporaryDirectory() as folder:
        old, new = reading_of(Path(folder), OLD, "old.md"), reading_of(Path(folder), NEW, "new.md")
    diff = versions.compare(old, new, lexicon.load())
    return old, new, diff, versions.alongside(old.facts.units, new.facts.units)


@cache
def made_changes() -> ChangeBoard:
    """The board of the two."""
    *_, board = change_board(*compared())
    assert board is not None
    return board

"""Nothing vanishes: what two versions do not share stands in the changes or in the ledger of what was suppressed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from policyview import lexicon, versions
from policyview.model import Reading
from policyview.versions import Diff
from tests.versions.made import POLICY, diff_of, reading_of

WORDS = lexicon.load()
FRESH = (
    "The logger keeps a diary of thaws.", "- Snow blindness of 3 days", "## Repairs", "7. A whistle, unless deaf; or",
    "Page 3 of 4", "| E9955 | Thaw lamp, each |", "Updated: May 2, 2025", "12", "(2)", "and",
)  # fmt: skip


def edited(text: str, dice: random.Random) -> str:
    """A text with some lines left out, put in, moved, indented or worded otherwise."""
    lines = text.split("\n")
    for _ in range(dice.randint(1, 7)):
        at, to = (dice.randrange(len(lines)) for _ in "ab")
        match dice.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, dice.choice(FRESH))
            case 2:
                lines.insert(to, lines.pop(at))
            case 3:
                lines[at] = dice.choice(("", "    ", "      - ", "## ", "b. ", "a thaw ")) + lines[at].strip()
            case 4:
                lines[at] = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), lines[at])
            case _:
                lines[at] = " ".join(word for word in lines[at].split(" ") if not word or dice.random() > 0.2)
    return "\n".join(lines)


def told(reading: Reading, diff: Diff, *, is_new: bool) -> set[str]:
    """What of a version is printed in a change or in a line of the ledger."""
    sides = [change.after if is_new else change.before for change in diff.changes]
    places = [(a.start, a.end) for side in sides if side for a in (side.anchor, *side.anchor.continues)]
    ledger = "\n".join(each.after if is_new else each.before for each in diff.suppressed)
    return {
        unit.printed for unit in reading.facts.units
        if unit.printed in ledger or any(start <= unit.spans[0][0] < end for start, end in places)
    }


@pytest.mark.parametrize("seed", range(30))
def test_what_is_told_nowhere_is_the_same_in_both_versions(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    old, new = reading_of(tmp_path, POLICY, "old.md"), reading_of(tmp_path, edited(POLICY, dice), "new.md")
    for one, other in ((old, new), (new, old)):
        diff = versions.compare(one, other, WORDS)
        seen = told(one, diff, is_new=False) | told(other, diff, is_new=True)
        left = [[unit.printed for unit in each.facts.units if unit.printed not in seen] for each in (one, other)]
        assert left[0] == left[1]


def test_a_paragraph_that_went_elsewhere_is_a_move_and_says_so_when_it_was_edited_too(tmp_path: Path) -> None:
    background = "Frost foot affects about 3 in 1000 adults who work outdoors (1). It may heal without treatment.\n"
    told = []
    for words in (background, background.replace("adults", "loggers")):
        moved = POLICY.replace(background, "").replace("## References", f"{words}\n## References")
        told.append([(c.action, c.why[-1], c.significance) for c in diff_of(tmp_path, POLICY, moved).changes])
    assert told[0] == [("moved", "it stands elsewhere, as it was", "editorial")]
    assert told[1][0][:2] == ("modified", "it stands elsewhere as well")

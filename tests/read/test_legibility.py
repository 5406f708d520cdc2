"""Whether a page's text is language."""

from __future__ import annotations

import pytest

from policyview.read.legibility import is_language

PROSE = "Wing trimming is covered for members whose left wing is bent by more than 20 degrees. " * 8
CODES = "W1234 J0001 Q9999 L12.34 M45.67 X0.1 2.5 mg 10 mL; " * 12


@pytest.mark.parametrize("text", [
    PROSE, CODES, "Wing", "", "Flügel müssen über 20° gebogen sein. " * 20, "• " * 200, "• 3\n",
])
def test_language(text: str) -> None:
    assert is_language(text)


@pytest.mark.parametrize("text", [
    "\ue001\ue002\ue003 " * 60,
    "\x01\x02\x03\x04 " * 60,
    "".join(chr((ord(c) - 97 + 1) % 26 + 97) if c.islower() else c for c in PROSE),
    "\x19\x12",  # glyph numbers, however few
    "�" * 50 + PROSE[:80],
])
def test_no_language(text: str) -> None:
    assert not is_language(text)

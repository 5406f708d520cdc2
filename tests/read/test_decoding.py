"""Bytes to text, with what was lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyview.errors import FileError
from policyview.read.decoding import decode

WORDS = "Wings ≥ 5 mm are “covered” — § 4.\n" * 20


@pytest.mark.parametrize(("encoding", "name"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le"),
    ("utf-16-be", "utf-16-be"),
])
def test_unicode_encodings(encoding: str, name: str) -> None:
    assert decode(WORDS.encode(encoding), "a.txt") == (WORDS, name, ())


def test_what_windows_writes() -> None:
    words = "Wings of “5 µg” – § 4.2 – café® are not covered.\n" * 9
    assert decode(words.encode("cp1252"), "a.txt") == (words, "windows-1252", ())


def test_damage_is_counted() -> None:
    content = WORDS.encode("utf-8") + b"Tails \xff\xfe not.\n"
    text, encoding, (loss,) = decode(content, "a.txt")
    assert text.startswith(WORDS)
    assert text.endswith("Tails \ufffd\ufffd not.\n")
    assert encoding == "utf-8"
    assert loss.reason.startswith("2 places")


def test_nuls_and_half_surrogates_are_replaced() -> None:
    text, _, (loss,) = decode(b"Wings\x00are covered; beyond the NUL too.", "a.txt")
    assert text == "Wings\ufffdare covered; beyond the NUL too."
    assert loss.reason.startswith("1 characters")
    assert decode("Wing \ud800 tail".encode("utf-16-le", "surrogatepass"), "a.txt")[0] == "Wing \ufffd tail"


def test_packed_bytes_are_refused() -> None:
    with pytest.raises(FileError, match=r"^a\.txt is not text"):
        decode(bytes(range(256)) * 40, "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_give_storable_text_or_a_sentence(content: bytes) -> None:
    try:
        text, _, _ = decode(content, "a.txt")
    except FileError as error:
        said = str(error)
    else:
        said = "a.txt is not text"
        text.encode("utf-8")
        assert "\x00" not in text
    assert said.startswith("a.txt is not text")

"""Text made fit for print, without losing more than it must."""

from __future__ import annotations

import pytest

from policyview.export.legible import base_name, encodable, file_name, on_one_line, one_line, printable


def test_half_pairs_become_one_character_each() -> None:
    assert encodable("a\ud800b\udfffc") == "a\ufffdb\ufffdc"
    assert encodable("a😀") == "a😀"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain ≥ ® •", "plain ≥ ® •"),
        ("a\x00b\x07\x7f", "a␀b␇␡"),
        ("one\rtwo\u2028three\r\nfour", "one\ntwo\nthree\nfour"),
        ("turn\u202eed\u202c", "turn‹RLO›ed‹PDF›"),
        ("not\u200bcovered, cov\xadered", "not‹ZWSP›covered, cov‹SHY›ered"),
        ("\ufeffhid\U000e0041den", "‹BOM›hid‹U+E0041›den"),
        ("\U0001f468\u200d\u2695\ufe0f a\u200db", "\U0001f468\u200d\u2695\ufe0f a‹ZWJ›b"),
        ("neces\ufffesary\uffff", "neces-sary\ufffd"),
        ("\uf0b7 first", "• first"),
    ],
)
def test_printable(given: str, shown: str) -> None:
    assert printable(given) == shown


def test_on_one_line_folds_white_space() -> None:
    assert on_one_line(" a\n\tb\x0bc ") == "a b c"


def test_terminal_sequences_are_spelled_out() -> None:
    assert one_line("\x1b[31mred\r\n.pdf") == "\\x1b[31mred\\r\\n.pdf"
    assert one_line("\udce9") == "\\xe9"
    assert one_line("a\u200bb\u202ec\u2028d") == "a\\u200bb\\u202ec\\u2028d"
    assert one_line("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"


def test_the_last_part_of_a_path_keeps_its_odd_bytes() -> None:
    assert base_name("shelf/wing\udcff\n\u202efdp.pdf") == "wing\\xff␊‹RLO›fdp.pdf"
    assert base_name("shelf/bad\\xff.pdf") == "bad\\xff.pdf"


def test_surrogate_that_no_file_name_holds() -> None:
    assert file_name("\ud800.pdf") == "\\ud800.pdf"

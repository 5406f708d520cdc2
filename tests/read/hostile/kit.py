"""What the hostile inputs are made of: PDFs and archives written by hand, and how a file ought to end."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

MIB = 1 << 20
POLICY = (b"Medical Policy 0001: Wing Trimming", b"Coverage is NOT provided for investigational use.",
          b"Prior authorization is required. CPT 99999.")
SHOWN = "Coverage is NOT provided for investigational use."

@dataclass(frozen=True)
class Ends:
    """How a file must end: one of its reasons holds each of ``says``, and what was read of it holds ``text``."""

    how: Literal["read", "read with loss", "refused", "skipped", "nothing"]
    says: tuple[str, ...] = ()
    text: str = ""


def read(text: str = SHOWN) -> Ends:
    return Ends("read", text=text)


def lost(*says: str, text: str = SHOWN) -> Ends:
    return Ends("read with loss", says, text)


def refused(*says: str) -> Ends:
    return Ends("refused", says)


SKIPPED = Ends("skipped")
NOTHING = Ends("nothing")  # no file of its own


@dataclass(frozen=True)
class Hostile:
    """An input: ``name`` in the folder as bytes, since not every name is text."""

    name: bytes
    put: Callable[[Path], None]
    ends: Ends


def file(name: bytes, content: Callable[[], bytes], ends: Ends) -> Hostile:
    """An ordinary file."""
    def put(path: Path) -> None:
        path.write_bytes(content())

    return Hostile(name, put, ends)


def files(entries: Mapping[str, tuple[Callable[[], bytes], Ends]]) -> list[Hostile]:
    """Ordinary files, by name."""
    return [file(name.encode(), content, ends) for name, (content, ends) in entries.items()]


# --------------------------------------------------------------------------- PDFs

Objects: TypeAlias = dict[int, bytes]
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def pdf(objects: Objects, trailer: bytes = b"") -> bytes:
    """A well-formed file of numbered objects, the first of which is its catalog."""
    content, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    top = max(objects) + 1
    rows = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(1, top)]
    head = b"xref\n0 %d\n0000000000 65535 f \n" % top
    end = b"trailer\n<</Size %d /Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (top, trailer, len(content))
    return b"".join((content, head, *rows, end))


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def words(lines: Sequence[bytes]) -> bytes:
    """The content of a page that prints these lines."""
    return b"BT /F1 12 Tf 72 720 Td " + b" ".join(b"(%s) Tj 0 -16 Td" % line for line in lines) + b" ET"


def one_page(
    content: bytes, page: bytes = b"", catalog: bytes = b"", more: Objects | None = None, resources: bytes = b"",
    trailer: bytes = b"", packing: bytes = b"",
) -> bytes:
    """A PDF of one page; the other arguments are entries that join those of its objects."""
    font = b"/Resources<</Font<</F1 4 0 R>>%s>>" % resources
    return pdf({
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R%s%s>>" % (font, page),
        4: FONT, 5: stream(content, packing), **(more or {}),
    }, trailer)


def policy(page: bytes = b"", catalog: bytes = b"", more: Objects | None = None, trailer: bytes = b"",
           behind: bytes = b"", resources: bytes = b"") -> bytes:
    """A PDF of one page that states a policy, with what makes it odd; ``behind`` follows its words."""
    return one_page(words(POLICY) + behind, page, catalog, more, resources, trailer)


def long_pdf(pages: int) -> bytes:
    objects: Objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 4: FONT}
    for index in range(pages):
        number = 10 + 2 * index
        objects[number] = (b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
                           b"/Resources<</Font<</F1 4 0 R>>>>>>" % (number + 1))
        objects[number + 1] = stream(words(page_lines(index, pages)))
    kids = b" ".join(b"%d 0 R" % (10 + 2 * index) for index in range(pages))
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)
    return pdf(objects)


def page_lines(index: int, pages: int) -> list[bytes]:
    return [b"Page %d of %d" % (index + 1, pages), b"Criterion %d: step therapy required." % index]


# --------------------------------------------------------------------------- packed


def inflating(unit: bytes, times: int) -> bytes:
    """What unpacks to ``unit`` so many times, made without packing it all: a fully flushed block repeats."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * times + b"\x03\x00" + struct.pack(">I", _checksum(unit, times))


def _checksum(unit: bytes, times: int) -> int:
    """Adler-32 of a repetition, so that no gigabyte is walked."""
    one, modulus = zlib.adler32(unit), 65521
    low, high = (one & 0xFFFF) - 1, one >> 16
    first, second = 1, 0
    for _ in range(times):
        second = (second + len(unit) * (first - 1) + high) % modulus
        first = (first + low) % modulus
    return second << 16 | first


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            member = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return target.getvalue()

"""Small real files for the tests of reading, and worker mains in which a page goes wrong."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from policyview.model import Document, Facts, Policy
from policyview.read.guards import Limits

PAGE = (612.0, 792.0)
Words = tuple[float, float, str]
"""x, y from the top, text."""


def make_pdf(
    path: Path, pages: Sequence[Sequence[Words]], size: float = 11, change: Callable[[Canvas], None] | None = None
) -> Path:
    """A PDF of such words; ``change`` may do more on the first page."""
    canvas = Canvas(str(path), pagesize=PAGE)
    for number, words in enumerate(pages):
        canvas.setFont("Helvetica", size)
        for x, y, text in words:
            canvas.drawString(x, PAGE[1] - y, text)
        if change is not None and number == 0:
            change(canvas)
        canvas.showPage()
    canvas.save()
    return path


def prose(number: int, lines: int = 3) -> list[Words]:
    """A page of invented sentences."""
    return [(72, 90 + 14 * k, f"Page {number} says that wing trimming is covered, line {k + 1}.") for k in range(lines)]


def make_raw_pdf(path: Path, objects: Sequence[bytes], root: int = 1) -> Path:
    """A PDF of these objects, numbered from 1; for what no library writes."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    path.write_bytes(content)
    return path


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def make_tagged_pdf(path: Path) -> Path:
    """Two lines of one size; the first is tagged as a second-level heading, by way of a role map."""
    text = (b"/Chapter <</MCID 0>> BDC BT /F 11 Tf 72 700 Td (Wing criteria) Tj ET EMC "
            b"/P <</MCID 1>> BDC BT /F 11 Tf 72 680 Td (Wings are covered.) Tj ET EMC")
    return make_raw_pdf(path, [
        b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/StructParents 0/Resources 11 0 R>>",
        stream(text),
        FONT,
        b"<</Type/StructTreeRoot/K 7 0 R/ParentTree 10 0 R/RoleMap<</Chapter/H2>>>>",
        b"<</Type/StructElem/S/Document/P 6 0 R/K[8 0 R 9 0 R]>>",
        b"<</Type/StructElem/S/Chapter/P 7 0 R/Pg 3 0 R/K 0>>",
        b"<</Type/StructElem/S/P/P 7 0 R/Pg 3 0 R/K 1>>",
        b"<</Nums[0[8 0 R 9 0 R]]>>",
        b"<</Font<</F 5 0 R>>>>",
    ])


# --------------------------------------------------------------------------- finish callables


def few_facts(document: Document) -> Facts:
    """Facts that say what the worker had: the number of lines in it."""
    return Facts(policy=Policy(title=f"{len(document.lines)} lines"), boilerplate=tuple((str(k), k) for k in range(40)))


def hanging_facts(document: Document) -> Facts:
    time.sleep(60)
    return Facts()


def hungry_facts(document: Document) -> Facts:
    bytearray(1 << 31)
    return Facts()


def broken_facts(document: Document) -> Facts:
    raise ZeroDivisionError("an invented mistake")


# --------------------------------------------------------------------------- worker mains


def _main_with(on_page: Callable[[int], None], pipe: Connection, limits: Limits) -> None:
    from policyview.read import pdf, worker

    read_page = pdf._Pages.piece

    def piece(pages: Any, number: int) -> Any:
        on_page(number)
        return read_page(pages, number)

    pdf._Pages.piece = piece  # type: ignore[assignment, method-assign]
    worker.main(pipe, limits)


def hang_on_2(pipe: Connection, limits: Limits) -> None:
    _main_with(lambda number: time.sleep(60) if number == 2 else None, pipe, limits)


def crash_on_even(pipe: Connection, limits: Limits) -> None:
    def on_page(number: int) -> None:
        if number % 2 == 0:
            ctypes.string_at(0)

    _main_with(on_page, pipe, limits)


def raise_on_3(pipe: Connection, limits: Limits) -> None:
    def on_page(number: int) -> None:
        if number == 3:
            raise ArithmeticError("an invented mistake")

    _main_with(on_page, pipe, limits)


def hungry_on_5(pipe: Connection, limits: Limits) -> None:
    def on_page(number: int) -> None:
        if number == 5:
            bytearray(1 << 31)

    _main_with(on_page, pipe, limits)


def _main_with_second(on_page: Callable[[int], None], pipe: Connection, limits: Limits) -> None:
    from policyview.read import second, worker

    compare = second._losses

    def losses(reader: Any, number: int, first: str) -> Any:
        on_page(number)
        return compare(reader, number, first)

    second._losses = losses
    worker.main(pipe, limits)


def hang_second_on_2(pipe: Connection, limits: Limits) -> None:
    _main_with_second(lambda number: time.sleep(60) if number == 2 else None, pipe, limits)


def raise_second_on_2(pipe: Connection, limits: Limits) -> None:
    """pypdf fails while it extracts page 2."""
    import pypdf

    extract = pypdf.PageObject.extract_text

    def text(page: pypdf.PageObject, *args: Any, **more: Any) -> str:
        if page.page_number == 1:
            raise ArithmeticError("an invented mistake")
        return extract(page, *args, **more)

    pypdf.PageObject.extract_text = text  # type: ignore[method-assign, assignment]
    from policyview.read import worker

    worker.main(pipe, limits)


def use_up_files(pipe: Connection, limits: Limits) -> None:
    """Opens file after file on the first page; one that could open hundreds does not read it."""
    def on_page(number: int) -> None:
        try:
            held = [open(os.devnull, "rb") for _ in range(200)]  # noqa: SIM115
        except OSError:
            return
        raise AssertionError(f"{len(held)} files are open")

    _main_with(on_page, pipe, limits)


def slow(pipe: Connection, limits: Limits) -> None:
    _main_with(lambda number: time.sleep(0.7), pipe, limits)


def _write() -> None:
    Path("/tmp/policyview-must-not-be").write_text("wings")


def write_a_file(pipe: Connection, limits: Limits) -> None:
    """Tries on each page what the guards refuse; a page that could is not read."""
    def on_page(number: int) -> None:
        for attempt in (lambda: os.mkdir("/tmp/policyview-must-not-be"), lambda: os.system("true"), os.fork, _write):
            try:
                attempt()
            except PermissionError:
                continue
            raise AssertionError("The guard let something through")

    _main_with(on_page, pipe, limits)

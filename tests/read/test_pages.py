"""The source pane's worker: images and boxes agree on every page geometry, and a bad page costs only itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyview import read
from policyview.errors import FileError
from policyview.read.page_server import MOST_PIXELS, image_size
from policyview.read.pages import Box, PageImage, PageWorker
from policyview.settings import Settings
from tests.read.made import FONT, make_pdf, make_raw_pdf, prose, stream

pytestmark = pytest.mark.cold


@pytest.fixture
def pages() -> Iterator[PageWorker]:
    with PageWorker(Settings(page_deadline_s=2)) as worker:
        yield worker


def ink(image: PageImage) -> Box:
    """The fractions of the image between which it is not white."""
    dark = [
        (x, y) for y in range(image.height) for x in range(image.width)
        if image.pixels[y * image.stride + 3 * x] < 200
    ]
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return (min(xs) / image.width, min(ys) / image.height, (max(xs) + 1) / image.width, (max(ys) + 1) / image.height)


GEOMETRIES = [
    b"/MediaBox[0 0 612 792]", b"/MediaBox[0 0 612 792]/Rotate 90", b"/MediaBox[0 0 612 792]/Rotate 180",
    b"/MediaBox[0 0 612 792]/Rotate 270", b"/MediaBox[-100 -50 512 742]",
    b"/MediaBox[0 0 612 792]/CropBox[20 300 500 780]",
    b"/MediaBox[0 0 612 792]/CropBox[20 300 500 780]/Rotate 90", b"/MediaBox[0 0 612 792]/UserUnit 2",
]


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_boxes_lie_on_the_ink(pages: PageWorker, tmp_path: Path, geometry: bytes) -> None:
    path = make_raw_pdf(tmp_path / "a.pdf", [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>" % geometry,
        stream(b"BT /F 20 Tf 100 600 Td (Hhgx) Tj ET"), FONT,
    ])
    image = pages.render(path, 1, 400)
    (box,) = pages.boxes(path, 1, [(0, 4)])
    assert box == pytest.approx(ink(image), abs=0.012)


def test_boxes_by_canonical_offsets(pages: PageWorker, tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1), prose(2)])
    document = read.document(path)
    line = next(line for line in document.lines if line.page == 2 and "line 2" in document.text[line.start:line.end])
    (box,) = pages.boxes(path, 2, [(line.start - document.pages[1], line.end - document.pages[1])])
    assert (box[0] * 612, box[2] * 612) == pytest.approx((line.x, line.right), abs=1.5)
    assert box[1] * 792 < line.y <= box[3] * 792 + 0.5


def test_each_word_has_its_box(pages: PageWorker, tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "p.pdf", [prose(1)])
    document = read.document(path, "p.pdf")
    line = document.lines[0]
    middle = document.text.index(" ", line.start)
    spans = [(line.start, middle), (middle, middle + 1), (middle + 1, line.end), (9_000, 9_010)]
    first, _, second, nowhere = pages.words(path, 1, spans)
    assert first[0] < first[2] <= second[0] < second[2]
    assert abs(first[3] - second[3]) < 0.01
    assert nowhere == (0.0, 0.0, 0.0, 0.0)
    (whole,) = pages.boxes(path, 1, [(line.start, line.end)])
    assert (first[0], second[2]) == pytest.approx((whole[0], whole[2]), abs=0.01)


def test_a_span_over_two_lines_has_two_boxes(pages: PageWorker, tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1)])
    document = read.document(path)
    first, second, _ = document.lines
    assert len(pages.boxes(path, 1, [(first.start + 5, second.start + 20)])) == 2
    assert pages.boxes(path, 1, [(9_000, 9_010), (5, 5), (-4, 0)]) == ()


def test_an_image_has_the_size_asked_for_and_white_paper(pages: PageWorker, tmp_path: Path) -> None:
    image = pages.render(make_pdf(tmp_path / "a.pdf", [prose(1)]), 1, 306)
    assert (image.width, image.height) == (306, 396)
    assert len(image.pixels) == image.stride * image.height
    assert image.pixels[:3] == b"\xff\xff\xff"


def test_sizes_are_capped() -> None:
    for wide, high in ((612, 792), (1e9, 1e9), (1, 1e6), (1e6, 1), (0, 0), (float("nan"), 3)):
        width, height = image_size(wide, high, 100_000)
        assert 1 <= width * height <= MOST_PIXELS
        assert max(width, height) <= 12_000


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there(pages: PageWorker, tmp_path: Path, number: int) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1), prose(2)])
    with pytest.raises(FileError, match="has no page"):
        pages.render(path, number, 100)


def test_a_page_that_never_ends_costs_its_deadline_alone(pages: PageWorker, tmp_path: Path) -> None:
    """Forms in forms, each drawn ten times: 10^12 texts."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    levels = [stream(b"/X Do " * 10, form % (7 + k)) for k in range(12)]
    bad = make_raw_pdf(tmp_path / "bad.pdf", [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        stream(b"/X Do"), FONT, *levels, stream(b"BT /F 9 Tf 1 1 Td (W) Tj ET", form % 5),
    ])
    good = make_pdf(tmp_path / "good.pdf", [prose(1)])
    with pytest.raises(FileError, match=r"Page 1 cannot be shown: drawing it (took longer|needed more memory)"):
        pages.render(bad, 1, 100)
    assert pages.render(good, 1, 100).width == 100


def test_a_page_tells_its_size_and_its_lines(pages: PageWorker, tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1), []])
    lines = read.document(path).lines
    told = pages.text(path, 1)
    assert (told.width_pt, told.height_pt) == (612, 792)
    assert [(box[0] * 612, box[2] * 612) for box in told.lines] == [
        pytest.approx((line.x, line.right), abs=1.5) for line in lines
    ]
    assert pages.text(path, 2).lines == ()


def test_closing_answers_whoever_waits(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [prose(1)])
    worker, found = PageWorker(Settings()), list[str]()
    worker.render(path, 1, 100)

    def ask_on() -> None:
        try:
            while True:
                worker.render(path, 1, 2_000)
        except FileError as error:
            found.append(str(error))

    thread = threading.Thread(target=ask_on)
    thread.start()
    time.sleep(0.05)
    started = time.monotonic()
    worker.close()
    thread.join()
    assert time.monotonic() - started < 1
    assert "closed" in found[0]

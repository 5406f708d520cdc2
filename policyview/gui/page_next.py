"""What it takes to show a target that may come next: asked for while nothing else is to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyview.gui.page_boxes import box_keys
from policyview.gui.page_images import BoxKey, PageImages, PageKey, ShapeKey, Wish
from policyview.gui.page_layout import PageLayout
from policyview.gui.page_shape import PageShape
from policyview.gui.page_zoom import PageZoom, Zoom
from policyview.gui.standing import Target


@dataclass(frozen=True)
class Pane:
    """A pane as wide as ``room`` (pixels), what its pages' width follows, and its device pixels a pixel."""

    room: int
    choice: Zoom
    scale: float

    def width(self, shape: PageShape, keys: list[BoxKey], page: int, images: PageImages) -> float:
        """How wide a page is drawn here as the first of its document; 0 where only its image will tell."""
        if shape.text is None:
            return 0.0
        layout, zoom = PageLayout(1), PageZoom()
        layout.text, zoom.choice = shape.text, self.choice
        lit = [box for key in keys if key.page == page for box in images.boxes(key) or ()]
        zoom.take_points(shape.points)
        zoom.take_letters(shape.letters(lit), layout.fitting(self.room), self.room)
        return zoom.width(layout.fitting(self.room))


def wishes_of(target: Target, pane: Pane, known: float, images: PageImages) -> Iterator[Wish]:
    """Its words, what its page is like, and the page as soon as it is known how wide it is drawn: ``known`` pixels
    where its document was shown before, else 0."""
    document, page = target.reading.document, target.page or 1
    keys = [key for anchor in (*target.words, *target.basis) for key in box_keys(document, anchor)]
    like = ShapeKey(document.sha256, page)
    yield from keys
    yield like
    shape = images.shape(like)
    width = known or (pane.width(shape, keys, page, images) if shape is not None else 0.0)
    if width:
        yield PageKey(document.sha256, page, round(width * pane.scale))

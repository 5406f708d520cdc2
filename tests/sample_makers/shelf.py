"""Which file of sample_docs is made by which function. The text files there are their own source."""

from __future__ import annotations

from collections.abc import Callable

from tests.sample_makers import harborline

SHELF: dict[str, Callable[[], bytes]] = {
    "harborline-photopheresis-2025.pdf": lambda: harborline.photopheresis(harborline.EDITION_2025),
    "harborline-photopheresis-2026.pdf": lambda: harborline.photopheresis(harborline.EDITION_2026),
    "harborline-veragepant.pdf": harborline.veragepant,
}

"""The second reading: pypdf's text of a page beside PDFium's. Where the two disagree, one of them is wrong.

On 674 pages of 46 real policies the two never differed by a single letter or digit, so a difference means something.
pypdf needs 14 times as long, so that without being asked only doubtful pages are read twice: those whose text may not
be what they show, and all of a file that is not in order.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdf

from policyview.model import Document, Loss
from policyview.read.pdf_front import brief, warnings_kept

_LEAST_SHARE = 0.02  # of the letters and digits of a page
_LEAST_CHARS = 4


def losses(path: Path, document: Document, pages: Sequence[int]) -> Iterator[tuple[int, tuple[Loss, ...]]]:
    """Each of the ``pages``, and that its two readings disagree where they do."""
    with warnings_kept():
        try:
            reader = pypdf.PdfReader(io.BytesIO(path.read_bytes().rstrip(b"\x00 \r\n\t")))
            if reader.is_encrypted:
                reader.decrypt("")
        except Exception:  # the front has said that pypdf cannot open it
            return
        for number in pages:
            yield number, _losses(reader, number, _page_text(document, number))


def _page_text(document: Document, number: int) -> str:
    end = document.pages[number] if number < len(document.pages) else len(document.text)
    return document.text[document.pages[number - 1]:end]


def _losses(reader: pypdf.PdfReader, number: int, first: str) -> tuple[Loss, ...]:
    try:
        second = reader.pages[number - 1].extract_text()
    except MemoryError:
        raise
    except Exception as error:  # whatever pypdf raises on a bad page
        if not first.strip():
            return ()  # neither can read it, which is told already
        return (Loss(number, f"Page {number} could be read by one of two PDF libraries only ({brief(error)}): "
                             "compare the page itself."),)
    share = difference(first, second)
    if not share:
        return ()
    return (Loss(number, f"Page {number} is read differently by two PDF libraries ({share:.0%} of the letters and "
                         "digits differ): compare the page itself."),)


def difference(first: str, second: str) -> float:
    """The share of letters and digits that one reading has and the other has not, whatever their order; 0 if few."""
    one, other = _signs(first), _signs(second)
    differing = max((one - other).total(), (other - one).total())
    share = differing / max(1, one.total(), other.total())
    return share if differing >= _LEAST_CHARS and share >= _LEAST_SHARE else 0.0


def _signs(text: str) -> Counter[str]:
    return Counter(char for char in text.casefold() if char.isalnum())

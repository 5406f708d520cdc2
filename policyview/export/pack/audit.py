"""Whether the reviews of a pack hang together, each naming the line before it by its sum."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from policyview.export.legible import encodable
from policyview.export.pack import form
from policyview.model import Anchor
from policyview.review import FIRST, CellSubject, DocumentSubject, Review, read_line

_NO_LINE = "audit.jsonl, line {}: It is not written as a review is."
_NO_LINK = "audit.jsonl, line {}: It does not name the line before it; a review was removed, added, moved or changed."
_NO_WORDS = "audit.jsonl, line {}: Its words do not stand in the text of the document that it names: look at it again."


@dataclass(frozen=True)
class Note:
    """Something that does not speak against the pack but that an auditor should know."""

    text: str


def audit_faults(
    content: bytes, folder: Path, names: frozenset[str]
) -> Generator[str | Note, None, tuple[Review, ...]]:
    """A sentence for each review that does not hold, a note where words have moved; returns those that can be read."""
    lines, before, reviews = content.split(b"\n"), FIRST, list[Review]()
    if lines.pop():
        yield "audit.jsonl: Its last line has no end; something is missing."
    for number, line in enumerate(lines, 1):
        try:
            review = read_line(line)
        except ValueError:
            yield _NO_LINE.format(number)
        else:
            if review.previous != before:
                yield _NO_LINK.format(number)
            if not _has_its_words(review, folder, names):
                yield Note(_NO_WORDS.format(number))
            reviews.append(review)
        before = hashlib.sha256(line).hexdigest()
    return tuple(reviews)


def _has_its_words(review: Review, folder: Path, names: frozenset[str]) -> bool:
    subject = review.subject
    if isinstance(subject, CellSubject):
        return _stands(subject.anchor, subject.sha256, folder, names)
    if isinstance(subject, DocumentSubject):
        return True
    return _stands(subject.before, subject.old, folder, names) and _stands(subject.after, subject.new, folder, names)


def _stands(anchor: Anchor | None, sha256: str, folder: Path, names: frozenset[str]) -> bool:
    """Whether the words stand in the text of their document, if that is in the pack; where exactly is but a hint."""
    if anchor is None or not form.is_sum(sha256) or (name := form.text_name(sha256)) not in names:
        return True
    return _blind(encodable(anchor.quote)) in _words_of(folder / name)


@lru_cache(maxsize=2)
def _words_of(path: Path) -> str:
    return _blind(path.read_bytes().decode("utf-8", "replace"))


def _blind(text: str) -> str:
    return "".join(text.split())

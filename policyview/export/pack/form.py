"""What a pack is made of: the names in it, its manifest, and how large it may be."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from policyview import __version__, edition
from policyview.model import Overrides
from policyview.read import engines, formats
from policyview.settings import Settings

SCHEMA = "policyview/pack/1"
MANIFEST, AUDIT, EXTRACT, MATRIX, REPORT, ANNOTATIONS = (
    "MANIFEST.json", "audit.jsonl", "extract.json", "matrix.json", "report.html", "annotations.jsonld"
)  # fmt: skip
SINGLE = frozenset((AUDIT, EXTRACT, MATRIX, REPORT, ANNOTATIONS))
"""Each pack holds each of these once, beside the manifest."""

MOST_FILES = 20_000
MOST_MANIFEST_BYTES = 4 << 20  # 20,000 files take 3.5 MB
MOST_BYTES = 256 << 20  # of each of the others but the sources, which have the limit that any document has
MOST_TOTAL_BYTES = 4 << 30  # of all that is in it
MOST_RATIO = 200  # unpacked to packed, of a file of more than a megabyte; real extracts have 20 to 50
RATIO_FROM_BYTES = 1 << 20
MOST_TIMES, SPARE_BYTES = 100, 256 << 20  # so many times its own size a pack may unpack to, and so much beside that
SMALL_BYTES = 4096  # a file that may shrink as much as it likes: 20,000 of them are far below what is spare
LEAST_S, S_A_MB = 600.0, 120.0  # for checking a pack, and for each megabyte of it; on an idle machine a tenth of that
LEFT_BYTES = 64 << 20  # of the disk, for everybody else
PAGE_S, FACTS_S = 60.0, 300.0  # ten seconds a page were too few for one of 49 documents at a load of 20 on 2 cores

_ENDINGS = {formats.PDF: "pdf", formats.DOCX: "docx", formats.HTML: "html", formats.MARKDOWN: "md",
            formats.PLAIN: "txt"}  # fmt: skip
_SOURCE = re.compile(rf"sources/([0-9a-f]{{64}})\.(?:{'|'.join(_ENDINGS.values())})")
_TEXT = re.compile(r"text/[0-9a-f]{64}\.txt")
_SUM = re.compile(r"[0-9a-f]{64}")


def is_sum(text: object) -> bool:
    """Whether it is a SHA-256 as it is written here: 64 small hexadecimal digits."""
    return isinstance(text, str) and bool(_SUM.fullmatch(text))


def source_name(sha256: str, media_type: str) -> str:
    """Where the bytes of a document stand. KeyError for a type that no document has."""
    return f"sources/{sha256}.{_ENDINGS[media_type]}"


def text_name(sha256: str) -> str:
    """Where its canonical text stands."""
    return f"text/{sha256}.txt"


def is_name(name: str) -> bool:
    """Whether a file of a pack may be called so."""
    return name == MANIFEST or name in SINGLE or bool(_SOURCE.fullmatch(name) or _TEXT.fullmatch(name))


def sum_in_name(name: str) -> str | None:
    """The sum that a source is called by; None for any other file."""
    source = _SOURCE.fullmatch(name)
    return source[1] if source else None


def most_bytes(name: str, settings: Settings) -> int:
    """How large a file of that name may be."""
    if name == MANIFEST:
        return MOST_MANIFEST_BYTES
    return settings.max_file_bytes if sum_in_name(name) else MOST_BYTES


def most_unpacked(packed_bytes: int) -> int:
    """How many bytes a pack of that size may unpack to. What ``make`` writes is below that: what would shrink more
    than a hundredfold, it does not pack."""
    return min(MOST_TOTAL_BYTES, MOST_TIMES * packed_bytes + SPARE_BYTES)


def most_seconds(packed_bytes: int) -> float:
    """How long a pack of that size may take to be checked."""
    return LEAST_S + S_A_MB * packed_bytes / (1 << 20)


def patient(settings: Settings) -> Settings:
    """How a pack's documents are read: with both libraries, and with time enough on a busy machine.

    What was given up for want of time comes out otherwise another time, and the pack would not hold.
    """
    return replace(settings, second_reading=True, page_deadline_s=max(settings.page_deadline_s, PAGE_S),
                   facts_deadline_s=max(settings.facts_deadline_s, FACTS_S))  # fmt: skip


def program(settings: Settings) -> dict[str, str]:
    """What reads and writes here; ``edition`` is the sum of the code, the lexicon and all libraries that matter."""
    both = edition.edition(settings) + edition.writing()
    return {"policyview": __version__, **engines.versions(), "edition": hashlib.sha256(both.encode()).hexdigest()}


@dataclass(frozen=True)
class Sum:
    """The SHA-256 of a file and how many bytes it has."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """``files`` are all files of the pack but the manifest itself; its own sum is the pack's digest."""

    program: Mapping[str, str]
    as_of: datetime.date
    overrides: Overrides
    files: Mapping[str, Sum]

    def content(self) -> bytes:
        """As it stands in the pack: ASCII, a file a line."""
        told = {
            "schema": SCHEMA,
            "program": dict(self.program),
            "second_reading": True,
            "as_of": self.as_of.isoformat(),
            "overrides": {each.name: sorted(getattr(self.overrides, each.name)) for each in fields(Overrides)},
            "files": {},
        }
        lines = [f"{json.dumps(name)}: {json.dumps({'sha256': each.sha256, 'bytes': each.size})}"
                 for name, each in sorted(self.files.items())]  # fmt: skip
        head = json.dumps(told, indent=0).removesuffix("{}\n}")
        return (head + "{\n" + ",\n".join(lines) + "\n}\n}\n").encode("ascii")


def read_manifest(content: bytes) -> Manifest:
    """The manifest. ValueError where the bytes are not exactly those that ``Manifest.content`` writes."""
    try:
        told = json.loads(content)
        manifest = Manifest(
            {str(name): str(version) for name, version in told["program"].items()},
            datetime.date.fromisoformat(told["as_of"]),
            Overrides(**{name: frozenset(map(_pair, pairs)) for name, pairs in told["overrides"].items()}),
            {name: Sum(each["sha256"], each["bytes"]) for name, each in told["files"].items()},
        )
        is_exact = manifest.content() == content and all(
            is_name(name) and is_sum(each.sha256) and type(each.size) is int for name, each in manifest.files.items()
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError("This is no manifest of a pack.") from error
    if not is_exact:
        raise ValueError("This is not written as the manifest of a pack is.")
    return manifest


def _pair(told: list[str]) -> tuple[str, str]:
    one, other = told
    return str(one), str(other)

"""Which program reads and compares: a sum that changes whenever the same bytes might come out otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from policyview import resources
from policyview.settings import Settings

_READERS = ("model", "read", "segment", "extract", "align", "versions", "lexicon", "wording")  # packages
_LIBRARIES = ("pypdf", "pypdfium2", "rapidfuzz", "selectolax", "python-docx", "charset-normalizer", "fonttools")


def edition(settings: Settings, with_units: bool = False) -> str:
    """The sum of all that a reading depends on besides the bytes and the name's ending: code, lexicon, libraries and
    those settings that choose what is read."""
    digest = hashlib.sha256(_program())
    for path, content in _contents(settings.lexicon_folder, "*.toml") if settings.lexicon_folder else ():
        digest.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    digest.update(f"{settings.second_reading} {with_units}".encode())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def writing() -> str:
    """The sum of all that a file depends on besides what was read and compared: what writes it, words and colours."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path, content in (*_contents(package / "export", "*.py"), *_looks()):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    digest.update(f"jinja2 {_version('jinja2')}".encode())
    return digest.hexdigest()


def _looks() -> Iterator[tuple[str, bytes]]:
    for folder in ("report", "icons"):
        yield from _contents(resources.resource(folder), "*.*")
    for names in (("vocabulary.toml",), ("style", "theme.toml")):
        yield "/".join(names), resources.resource(*names).read_bytes()


@lru_cache(maxsize=1)
def _program() -> bytes:
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path, content in (*_code(package), *_contents(resources.resource("lexicon"), "*.toml")):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}\0".encode())
    return digest.digest()


def _code(package: Path) -> Iterator[tuple[str, bytes]]:
    for name in _READERS:
        yield from _contents(package / name, "*.py")
    for path in sorted(package.glob("*.py")):
        yield path.name, path.read_bytes()


def _contents(folder: Path, pattern: str) -> Iterable[tuple[str, bytes]]:
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob(pattern))]


def _version(library: str) -> str:
    from importlib import metadata  # every worker imports this module, and none asks

    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""

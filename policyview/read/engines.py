"""Which PDF libraries are installed, told without loading them."""

from __future__ import annotations

import json
from contextlib import suppress
from importlib import metadata, util
from pathlib import Path


def versions() -> dict[str, str]:
    """The versions of PDFium itself, of the library that brings it and of pypdf; "unknown" where one is not told."""
    return {"pdfium": _pdfium(), "pypdfium2": _installed("pypdfium2"), "pypdf": _installed("pypdf")}


def _installed(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "unknown"


def _pdfium() -> str:
    """As ``pypdfium2_raw`` notes it beside the library that it brings."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        spec = util.find_spec("pypdfium2_raw")
        if spec is not None and spec.origin is not None:
            told = json.loads(Path(spec.origin).with_name("version.json").read_text(encoding="utf-8"))
            return ".".join(str(told[part]) for part in ("major", "minor", "build", "patch"))
    return "unknown"

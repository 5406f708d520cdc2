"""Finds the files that policyview ships, in a checkout, an editable install or an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    installed = _PACKAGE / f"_{name}"  # a wheel: hatchling's force-include put it here
    return installed if installed.is_dir() else _PACKAGE.parent / name


def resource(*parts: str) -> Path:
    """The path of a file or folder of ``resources/``."""
    return _shipped("resources").joinpath(*parts)


def sample_docs() -> Path:
    """The folder of invented policies."""
    return _shipped("sample_docs")

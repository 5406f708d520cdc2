"""A workspace that holds two documents and two reviews; each test gets a copy of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policyview.store import Workspace
from tests.store import made


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    path = folder / "original.policyview"
    with Workspace.make(path) as workspace:
        made.fill(workspace, folder)
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path / "vests.policyview"))

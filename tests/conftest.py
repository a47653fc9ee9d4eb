"""What tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from factbook.checks import check_project
from factbook.dataset import Dataset
from factbook.tables import read_tables
from tests.miniature import copy_of_mini

# A busy machine lays a page out late; what is wrong stays wrong as long as one waits.
expect.set_options(timeout=30_000)


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A small project that a test may change."""
    return copy_of_mini(tmp_path / "mini")


@pytest.fixture(scope="session")
def mini_dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The dataset of the small project; nobody may change it."""
    return Dataset(read_tables(copy_of_mini(tmp_path_factory.mktemp("dataset") / "mini")))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that the tests of a module spoil, each mending it again."""
    return copy_of_mini(tmp_path_factory.mktemp("spoiled") / "mini")


@pytest.fixture
def findings(mini: Path) -> Callable[[], list[str]]:
    """Return the findings of the small project as lines, as they are when it is called."""
    return lambda: [str(finding) for finding in check_project(mini).findings]

"""What several tests of the engine start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty catalogue with one root and one model."""
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.catalog.close()

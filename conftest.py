"""What every test may ask for, unit tests included."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of recorded market data, which a public clone does not have."""
    given = os.environ.get("ETH_SHARED_DATA")
    folder = Path(given) if given else Path(__file__).parent.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no recorded market data here: set ETH_SHARED_DATA to its folder")
    return folder

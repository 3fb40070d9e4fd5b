"""What every test may ask for, unit tests included."""

import gc
import os
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

# `HYPOTHESIS_PROFILE=thorough` looks longer; the quick look is for every run.
settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=1_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Drawing one logged traceback in colours, with every local value, takes seconds.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)


def pytest_collection() -> None:
    """What collection makes stays to the end: looking for garbage in it is time lost."""
    gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


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

"""A platform that runs somewhere, at `PLATFORM_URL`; it is only looked at."""

import os
from collections.abc import Iterator

import httpx
import pytest

PATIENCE_SECONDS = 30.0


@pytest.fixture(scope="session")
def address() -> str:
    found = os.environ.get("PLATFORM_URL", "").rstrip("/")
    if not found:
        raise pytest.UsageError("PLATFORM_URL names no platform; run .ci/smoke https://…")
    return found


@pytest.fixture(scope="session")
def platform(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=PATIENCE_SECONDS) as client:
        yield client

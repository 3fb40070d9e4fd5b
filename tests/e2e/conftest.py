"""One stack for all end-to-end tests, on recorded data where there are any, and a real browser."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from eth_cli.temporary_servers import temporary_folder
from recorded_candles import RECORDINGS
from running_stack import RunningStack, eth, free_stack_port, running_stack, wait_for
from trading_core.timeframe import DAY_MS

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REBUILT_DAYS = 120
PATIENCE_MS = 15_000
"""A page shares two cores with a whole stack, and with whoever else works here."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def recordings(shared_data: Path) -> list[Path]:
    return [shared_data / f"ETHUSDT-{name}.parquet" for name in RECORDINGS]


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest) -> Iterator[RunningStack]:
    """The crash of August 2024 at 60×, or a simulated market where there are no recordings.

    A minute after the start the day closes, and with it every timeframe.
    """
    try:
        kind, options = "replay", _replay(request.getfixturevalue("recordings"))
    except pytest.skip.Exception:
        kind, options = "simulated", ["--start", "2026-03-01T23:00Z", "--seed", "7"]
    options += ["--speed", "60"]
    with (
        temporary_folder() as folder,
        running_stack(folder, free_stack_port(), kind, options) as stack,
    ):
        yield stack


def _replay(recordings: list[Path]) -> list[str]:
    files = (option for path in recordings for option in ("--recording", str(path)))
    return ["--start", "2024-08-04T23:00Z", *files]


@pytest.fixture
def replay(recordings: list[Path], stack: RunningStack) -> RunningStack:  # noqa: ARG001 - skips without them
    return stack


@pytest.fixture(scope="session")
def history(stack: RunningStack) -> RunningStack:
    """The stack with what the last days of hours would have been decided like, and its outcomes."""
    closed_ms = wait_for(lambda: _complete_hours(stack), seconds=180, what="the history of 1h")
    since = datetime.fromtimestamp((closed_ms - REBUILT_DAYS * DAY_MS) / 1000, UTC)
    series = ("--symbol", "ETH/USDT", "--timeframe", "1h")
    eth("rebuild", *series, "--since", since.isoformat(), "--data-dir", str(stack.data_dir))
    return stack


def _complete_hours(stack: RunningStack) -> int:
    """When the newest closed hour opened, once all that the exchange has is stored; else 0."""
    series = stack.data("/api/status")["series"]
    hours = next(one["candles"] for one in series if one["timeframe"] == "1h")
    newest_ms: int = hours["lastClosedMs"]
    return newest_ms if hours["history"]["done"] else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a rebuild stores is not what other tests compare with: those that need one come last."""
    items.sort(key=lambda item: "history" in getattr(item, "fixturenames", ()))


def browser_path() -> str:
    """The browser that `./eth test` found or installed."""
    given = os.environ.get("CHROME_PATH")
    found = given or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("no Chromium here: `./eth test` installs one")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(QUIET))
        yield browser
        browser.close()

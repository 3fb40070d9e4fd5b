"""One stack for all end-to-end tests, on recorded data where there are any, and a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from eth_cli.temporary_servers import temporary_folder
from recorded_candles import RECORDINGS
from running_stack import RunningStack, free_stack_port, running_stack

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


def browser_path() -> str:
    """The browser that `./eth test` found or installed."""
    given = os.environ.get("CHROME_PATH")
    found = given or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium here: `./eth test` installs one")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(QUIET))
        yield browser
        browser.close()

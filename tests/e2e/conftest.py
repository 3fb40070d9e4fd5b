"""One stack for all end-to-end tests, on recorded data where there are any, and a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from running_stack import RunningStack, free_stack_port, running_stack

RECORDINGS = ("1m-2024-07", "5m-2024", "15m-2023-2024", "1h-2017-2024")
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
def replay(
    recordings: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningStack]:
    """The crash of August 2024 at 60×, from half past nine in the evening before."""
    options = ["--start", "2024-08-04T21:30Z", "--speed", "60"]
    for recording in recordings:
        options += ["--recording", str(recording)]
    folder = tmp_path_factory.mktemp("replay")
    with running_stack(folder, free_stack_port(), "replay", options) as stack:
        yield stack


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    folder = tmp_path_factory.mktemp("simulated")
    with running_stack(folder, free_stack_port(), "simulated", ["--speed", "60"]) as stack:
        yield stack


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

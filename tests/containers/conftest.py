"""Images built, a stack of them started once, and nothing left of it at the end."""

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Page, sync_playwright

from container_stack import (
    START_SECONDS,
    ContainerStack,
    build_images,
    written_settings,
)
from container_tools import ContainerTools, container_tools, missing_tool
from eth_cli.free_port import is_free

BASES = (
    "docker.io/library/python:3.11-slim",
    "docker.io/library/node:20-bookworm-slim",
    "docker.io/library/nginx:1.29-bookworm",
    "docker.io/library/postgres:15-bookworm",
    "docker.io/library/redis:7-bookworm",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContainerTools]:
    if reason := missing_tool():
        cannot_run(reason)
    with container_tools(tmp_path_factory.mktemp("engine")) as tools:
        missing = [image for image in BASES if not tools.has_image(image)]
        if missing:
            cannot_run(f"not here, and not to be had: {', '.join(missing)}")
        yield tools


def cannot_run(reason: str) -> NoReturn:
    """Where CI runs this, it has to: a green job that tried nothing would be a lie."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def stopped_stack(
    tools: ContainerTools,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> ContainerStack:
    """Of a replay, or of a simulated market where there are no recordings."""
    recordings: Path | None = None
    with suppress(pytest.skip.Exception):
        recordings = request.getfixturevalue("shared_data")
    port = next(port for port in range(13900, 14900) if is_free(port))
    settings = written_settings(tmp_path_factory.mktemp("stack"), port, recordings)
    return ContainerStack(tools, settings)


@pytest.fixture(scope="session")
def images(stopped_stack: ContainerStack, told: list[str]) -> Sequence[str]:
    began = time.monotonic()
    built = build_images(stopped_stack)
    told.append(f"{len(built)} images built in {time.monotonic() - began:.0f} s")
    return built


@pytest.fixture(scope="session")
def stack(
    stopped_stack: ContainerStack, images: Sequence[str], told: list[str]
) -> Iterator[ContainerStack]:
    assert images
    up = ("up", "--detach", "--no-build", "--wait", f"--wait-timeout={START_SECONDS - 10}")
    began = time.monotonic()
    try:
        stopped_stack.compose(*up)
        told.append(f"up and healthy in {time.monotonic() - began:.0f} s")
        yield stopped_stack
    finally:
        stopped_stack.compose("down", "--volumes", "--timeout=10", check=False)


@pytest.fixture(scope="session")
def told(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Lines for whoever looks at the run: sizes and times, which decide nothing."""
    lines: list[str] = []
    yield lines
    reporter = request.config.pluginmanager.getplugin("terminalreporter")
    for line in ("", *lines):
        reporter.write_line(line)


@pytest.fixture
def page(stack: ContainerStack) -> Iterator[Page]:
    given = os.environ.get("CHROME_PATH")
    browser_path = given or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        cannot_run("no Chromium here: `./eth test containers` installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(QUIET))
        yield browser.new_page(base_url=stack.url, viewport={"width": 1440, "height": 900})
        browser.close()

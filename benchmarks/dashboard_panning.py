"""Frames a second while the dashboard's chart is dragged by the mouse, for `dashboard.py`."""

import itertools
import time
from collections.abc import Callable

import numpy as np
from playwright.sync_api import Page

BARS_PANNED = 5_000
SECONDS_OF_A_PAN = 6
STEP_PX, REACH_PX = 10, 400
SETTLE_MS = 3_000


def frames_of_panning(page: Page) -> dict[str, str]:
    """By what was panned; the page shows the workspace."""
    x, y = _middle(page)
    page.mouse.move(x, y)
    _load_older(page)
    bars = f"panning, {_bars(page):,} bars loaded"
    frames = {bars: _frames(page, lambda: _drag(page, x, y))}
    for _ in range(40):
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(20)
    page.wait_for_timeout(SETTLE_MS)
    frames["the same, zoomed out as far as it goes"] = _frames(page, lambda: _drag(page, x, y))
    page.mouse.move(0, 0)
    frames["the page at rest"] = _frames(page, lambda: page.wait_for_timeout(SETTLE_MS))
    return frames


def _middle(page: Page) -> tuple[float, float]:
    box = page.get_by_test_id("chart").bounding_box()
    if box is None:
        raise SystemExit("There is no chart on the page.")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 4


def _bars(page: Page) -> int:
    return int(page.get_by_test_id("chart").get_attribute("data-bars") or 0)


def _load_older(page: Page) -> None:
    """Scroll back until enough bars are there, or no more come."""
    give_up = time.monotonic() + 60
    while _bars(page) < BARS_PANNED and time.monotonic() < give_up:
        page.mouse.wheel(-3_000, 0)
        page.wait_for_timeout(50)
    page.wait_for_timeout(SETTLE_MS)


def _drag(page: Page, x: float, y: float) -> None:
    """To and fro; every step waits until the browser took it."""
    end = time.monotonic() + SECONDS_OF_A_PAN
    way = itertools.cycle([*range(0, REACH_PX, STEP_PX), *range(REACH_PX, 0, -STEP_PX)])
    page.mouse.down()
    while time.monotonic() < end:
        page.mouse.move(x + next(way), y)
    page.mouse.up()


def _frames(page: Page, work: Callable[[], None]) -> str:
    """How many frames a second the page draws during some work, and its slow ones."""
    page.evaluate("window.probe.countFrames()")
    work()
    gaps_ms = np.diff(page.evaluate("window.probe.takeFrames()"))
    fps = 1000 / gaps_ms.mean()
    return f"{fps:.0f} fps, p95 {np.percentile(gaps_ms, 95):.0f} ms a frame"

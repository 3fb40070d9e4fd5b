"""The dashboard in a real browser, beside the budgets of its design.

Start a replay at 60× first (the README's, with its rebuilt history) and leave the machine alone.
The browser draws in software where it finds no graphics card, so frames cost more than on a desk.

Tick to paint: from the socket's frame with a price until a frame with that price was painted, at
the chart (which follows every frame) and in the header (held back to four changes a second).
A price that a newer one overtook before it was drawn is not counted. The end is an upper bound: the
change is seen, one frame is waited for, and a message behind it tells that it was painted.
"""

import argparse
import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import Browser, CDPSession, Page, Response, sync_playwright

from dashboard_panning import frames_of_panning
from eth_cli.browser import browser as browser_program

PROBE = Path(__file__).with_name("dashboard_probe.js")
WORKSPACE = "/?s=ETH-USDT&tf=1m"
ROUTES = (WORKSPACE, "/?s=ETH-USDT&tf=1h", "/signals", "/performance", "/status", "/settings")
SCREEN = {"width": 1440, "height": 900}
SWITCHES = 10
SETTLE_MS = 3_000
TICK_SECONDS = 30
HEAP_SAMPLES = 10
NGINX_LEVEL = 6
KB, MIB = 1000, 2**20
SCRIPT = re.compile(r'(?:src|href)="([^"]+\.js)"')


@dataclass(frozen=True, slots=True)
class Row:
    measured: str
    figure: str
    budget: str = ""

    def __str__(self) -> str:
        return f"{self.measured:48}{self.figure:>34}{self.budget:>16}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", nargs="?", default="http://localhost:3000")
    parser.add_argument("--minutes", type=float, default=2, help="how long the heap is watched")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program())
        print(Row("measured", "figure", "budget"), flush=True)
        for row in _measure(browser, options.url, options.minutes):
            print(row, flush=True)
        browser.close()


def _measure(browser: Browser, url: str, minutes: float) -> Iterator[Row]:
    with _page(browser, url) as page:
        yield from _scripts(page)
        yield from _ticks(page)
        yield _switches(page)
    with _page(browser, url) as page:
        _open(page, WORKSPACE)
        for panned, frames in frames_of_panning(page).items():
            yield Row(panned, frames, "≥ 55 fps" if "panning" in panned else "")
    yield from _layout_shifts(browser, url)
    with _page(browser, url, probe=None) as page:
        yield from _heap(page, minutes)


@contextmanager
def _page(browser: Browser, url: str, probe: Path | None = PROBE) -> Iterator[Page]:
    context = browser.new_context(base_url=url, viewport=SCREEN)  # type: ignore[arg-type] # as TypedDict
    if probe:
        context.add_init_script(path=probe)
    yield context.new_page()
    context.close()


def _open(page: Page, path: str) -> None:
    page.goto(path)
    if path.startswith("/?"):
        page.wait_for_selector("[data-testid=chart][data-bars]:not([data-bars='0'])")
    page.wait_for_timeout(SETTLE_MS)


def _scripts(page: Page) -> Iterator[Row]:
    """What `/` needs for its first picture, and all that a first visit loads until it rests.

    Each file compressed as Nginx does it; what the first picture does without comes after it.
    """
    loaded: dict[str, int] = {}

    def keep(response: Response) -> None:
        if "javascript" in response.headers.get("content-type", "") and response.ok:
            loaded[response.url] = len(gzip.compress(response.body(), NGINX_LEVEL))

    page.on("response", keep)
    _open(page, WORKSPACE)
    page.wait_for_timeout(SETTLE_MS)
    page.remove_listener("response", keep)
    # The page itself is asked, because scripts name what they load in it later.
    named = SCRIPT.findall(page.request.get(WORKSPACE).text())
    first = sum(size for url, size in loaded.items() if urlsplit(url).path in named)
    yield Row(f"scripts that the page names, {len(named)}", _kilobytes(first), "≤ 200 kB")
    yield Row(f"all that a visit to / loads, {len(loaded)}", _kilobytes(sum(loaded.values())))


def _kilobytes(size: int) -> str:
    return f"{size / KB:.1f} kB gz"


def _ticks(page: Page) -> Iterator[Row]:
    page.wait_for_timeout(TICK_SECONDS * 1000)
    for place, budget in (("chart", "p95 ≤ 150 ms"), ("header", "")):
        delays = page.evaluate("place => window.probe.ticks[place]", place)
        figure = _percentiles(delays) if delays else "no price came"
        yield Row(f"tick to paint, {place}, {len(delays)} prices", figure, budget)


def _percentiles(times_ms: list[float]) -> str:
    p50, p95 = np.percentile(times_ms, [50, 95])
    return f"p50 {p50:.0f} ms, p95 {p95:.0f} ms"


def _switches(page: Page) -> Row:
    """Between two timeframes that both were drawn before."""
    switch = "timeframe => window.probe.switchTo(timeframe)"
    for timeframe in ("15m", "1h"):
        page.evaluate(switch, timeframe)
        page.wait_for_timeout(SETTLE_MS)
    taken = []
    for number in range(SWITCHES):
        taken.append(page.evaluate(switch, ("15m", "1h")[number % 2]))
        page.wait_for_timeout(500)
    return Row(f"timeframe switch from cache, {SWITCHES}", _percentiles(taken), "≤ 300 ms")


def _layout_shifts(browser: Browser, url: str) -> Iterator[Row]:
    """Every shift of a visit that follows no input, added up, on the page where it is worst."""
    with _page(browser, url) as page:
        shifts = {path: _shift_of(page, path) for path in ROUTES}
    worst = max(shifts, key=lambda path: shifts[path])
    yield Row("layout shift, workspace", f"{shifts[WORKSPACE]:.3f}", "≤ 0.02")
    yield Row("layout shift, worst page", f"{shifts[worst]:.3f} ({worst})", "≤ 0.02")


def _shift_of(page: Page, path: str) -> float:
    _open(page, path)
    shift: float = page.evaluate("window.probe.shift")
    return shift


def _heap(page: Page, minutes: float) -> Iterator[Row]:
    """What is alive after collecting garbage, from a warm page on; nothing of ours is in it."""
    _open(page, WORKSPACE)
    devtools = page.context.new_cdp_session(page)
    page.wait_for_timeout(10 * SETTLE_MS)
    first = _heap_mib(devtools)
    yield Row("live JS heap, warm", f"{first:.1f} MiB")
    for sample in range(1, HEAP_SAMPLES + 1):
        page.wait_for_timeout(minutes * 60_000 / HEAP_SAMPLES)
        heap = _heap_mib(devtools)
        after = f"live JS heap after {minutes * sample / HEAP_SAMPLES:.1f} min"
        yield Row(after, f"{heap:.1f} MiB, {heap - first:+.1f}", "no growth")


def _heap_mib(devtools: CDPSession) -> float:
    devtools.send("HeapProfiler.collectGarbage")
    heap: float = devtools.send("Runtime.getHeapUsage")["usedSize"]
    return heap / MIB


if __name__ == "__main__":
    main()

"""The page in a real browser: what a trader sees, does, and sees after a fault."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from running_stack import RunningStack, wait_for
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.e2e

DESKTOP, MOBILE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
SOME = re.compile(r"^[1-9]\d*$")
SCREENSHOTS = Path(__file__).parents[2] / "test-results"


@pytest.fixture
def page(browser: Browser, stack: RunningStack) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, base_url=stack.url)
    yield _opened(context, "/?s=ETH-USDT&tf=1m")
    context.close()


def _opened(context: BrowserContext, path: str) -> Page:
    page = context.new_page()
    page.goto(path)
    expect(page.get_by_test_id("chart")).to_have_attribute("data-bars", SOME, timeout=30_000)
    return page


def _number(page: Page, name: str) -> float:
    text = page.get_by_test_id("chart").get_attribute(f"data-{name}")
    return float(text) if text else 0.0


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("viewport", [DESKTOP, MOBILE], ids=["desktop", "mobile"])
def test_the_page_draws_candles_without_an_error(
    browser: Browser, stack: RunningStack, viewport: ViewportSize, scheme: str
) -> None:
    context = browser.new_context(viewport=viewport, base_url=stack.url, color_scheme=scheme)  # type: ignore[arg-type] # a literal, told by parametrize
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page = _opened(context, "/?s=ETH-USDT&tf=15m")
    expect(page.get_by_test_id("feed-state")).to_contain_text(_name_of_source(stack))
    expect(page.get_by_test_id("feed-state")).to_have_attribute("data-state", "live")
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{viewport['width']}-{scheme}.png")
    assert errors == []
    context.close()


def _name_of_source(stack: RunningStack) -> str:
    source: str = stack.data("/api/market/price")["source"]
    return source.removeprefix(f"{stack.kind}:")


def test_the_price_moves(page: Page) -> None:
    price = page.get_by_test_id("price")
    first = price.inner_text()
    expect(price).not_to_have_text(first, timeout=15_000)


def test_a_closed_bar_is_followed_by_the_next(page: Page) -> None:
    last = _number(page, "last-bar")
    wait_for(lambda: _later(page, last + 2 * 60_000), seconds=20, what="two more bars")


def _later(page: Page, open_ms: float) -> bool:
    page.wait_for_timeout(200)
    return _number(page, "last-bar") >= open_ms


def test_the_timeframe_switches_by_click_and_by_key(page: Page) -> None:
    chart = page.get_by_test_id("chart")
    for timeframe in reversed(Timeframe):
        page.get_by_test_id(f"timeframe-{timeframe.value}").click()
        expect(chart).to_have_attribute("data-timeframe", timeframe.value)
        expect(chart).to_have_attribute("data-bars", SOME)
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(chart).to_have_attribute("data-timeframe", "5m")
    assert "tf=5m" in page.url


def test_scrolling_back_loads_history(page: Page) -> None:
    first, bars = _number(page, "first-bar"), _number(page, "bars")
    box = page.get_by_test_id("chart").bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    for _ in range(25):
        page.mouse.wheel(-1500, 0)
        page.wait_for_timeout(40)
    wait_for(lambda: _earlier(page, first, bars), seconds=15, what="older bars")


def _earlier(page: Page, first: float, bars: float) -> bool:
    page.wait_for_timeout(200)
    return _number(page, "first-bar") < first and _number(page, "bars") > bars


def test_the_theme_is_kept_over_a_reload(page: Page) -> None:
    html = page.locator("html")
    before = html.get_attribute("data-theme")
    page.get_by_test_id("theme-toggle").click()
    after = html.get_attribute("data-theme")
    assert before != after
    page.reload()
    expect(html).to_have_attribute("data-theme", after or "")


def test_a_dead_exchange_shows_as_stale_and_heals_without_a_reload(
    page: Page, stack: RunningStack
) -> None:
    state = page.get_by_test_id("feed-state")
    expect(state).to_have_attribute("data-state", "live", timeout=20_000)
    page.evaluate("window.sameDocument = true")
    stack.freeze("simulator")
    expect(state).to_have_attribute("data-state", "stale", timeout=50_000)
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "stale.png")
    stack.kill("simulator")
    expect(state).to_have_attribute("data-state", "live", timeout=40_000)
    wait_for(lambda: _whole(page, stack), seconds=40, what="a chart without a hole")
    assert page.evaluate("window.sameDocument")


def _whole(page: Page, stack: RunningStack) -> bool:
    """Every minute from the first bar drawn to the last is drawn."""
    page.wait_for_timeout(500)
    first, last, bars = (_number(page, name) for name in ("first-bar", "last-bar", "bars"))
    closed = stack.data("/api/market/candles", timeframe="1m", limit=1)["closedUntil"]
    return bars == (last - first) / 60_000 + 1 and last >= closed - 120_000

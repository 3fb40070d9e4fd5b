"""The page in a real browser: what a trader sees, does, and sees after a fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser_look import DESKTOP
from running_stack import RunningStack, wait_for
from trading_core.timeframe import Timeframe
from workspace_page import SOME, chart_of, drawn, is_unbroken, opened_workspace

pytestmark = pytest.mark.e2e

SCREENSHOTS = Path(__file__).parents[2] / "test-results"
MANY_BARS = 5_000


@pytest.fixture(scope="module")
def context(browser: Browser, stack: RunningStack) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESKTOP, base_url=stack.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = opened_workspace(context)
    yield page
    page.close()


def test_the_feed_is_live_and_wears_its_name(page: Page, stack: RunningStack) -> None:
    source: str = stack.data("/api/market/price")["source"]
    expect(page.get_by_test_id("feed-state")).to_have_attribute("data-state", "live")
    expect(page.get_by_test_id("feed-state")).to_contain_text(source.removeprefix(f"{stack.kind}:"))


def test_the_price_moves_and_a_closed_bar_is_followed_by_the_next(page: Page) -> None:
    price = page.get_by_test_id("price")
    first = price.inner_text()
    expect(price).not_to_have_text(first, timeout=15_000)
    last = drawn(page, "last-bar")
    wait_for(lambda: _later(page, last + 2 * 60_000), seconds=20, what="two more bars")


def _later(page: Page, open_ms: float) -> bool:
    page.wait_for_timeout(200)
    return drawn(page, "last-bar") >= open_ms


def test_the_timeframe_switches_by_click_and_by_key(page: Page) -> None:
    chart = chart_of(page)
    for timeframe in reversed(Timeframe):
        page.get_by_test_id(f"timeframe-{timeframe.value}").click()
        expect(chart).to_have_attribute("data-timeframe", timeframe.value)
        expect(chart).to_have_attribute("data-bars", SOME)
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(chart).to_have_attribute("data-timeframe", "5m")
    assert "tf=5m" in page.url


def test_scrolling_back_loads_history_for_5000_bars(page: Page) -> None:
    first = drawn(page, "first-bar")
    box = chart_of(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    wait_for(lambda: _scrolled_to_many_bars(page), seconds=90, what=f"{MANY_BARS} bars")
    assert is_unbroken(page, Timeframe.M1)
    assert drawn(page, "from") < first


def _scrolled_to_many_bars(page: Page) -> bool:
    page.mouse.wheel(-1500, 0)
    page.wait_for_timeout(40)
    return drawn(page, "bars") >= MANY_BARS


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
    """Every minute from the first bar drawn to the newest is drawn."""
    page.wait_for_timeout(500)
    closed_ms = stack.data("/api/market/candles", timeframe="1m", limit=1)["closedUntil"]
    return is_unbroken(page, Timeframe.M1) and drawn(page, "last-bar") >= closed_ms - 120_000

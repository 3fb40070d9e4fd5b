"""The network is cut, the gateway killed, the tab frozen: the page says so, and misses nothing."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from browser_look import DESKTOP
from live_page import MINUTE_MS, SOME, LivePage, opened, stored_rows
from running_stack import RunningStack, wait_for

pytestmark = pytest.mark.e2e

CUT_BARS = 60
"""A minute at 60×, and an hour of the market's."""


@pytest.fixture
def live(browser: Browser, stack: RunningStack) -> Iterator[LivePage]:
    yield from _opened_in(browser, stack)


@pytest.fixture
def sleeper(browser: Browser, stack: RunningStack) -> Iterator[LivePage]:
    yield from _opened_in(browser, stack)


def _opened_in(browser: Browser, stack: RunningStack) -> Iterator[LivePage]:
    context = browser.new_context(viewport=DESKTOP, base_url=stack.url)
    yield opened(context.new_page())
    context.close()


def test_a_page_cut_off_for_a_minute_and_a_tab_asleep_for_an_hour_come_back_whole(
    live: LivePage, sleeper: LivePage, stack: RunningStack
) -> None:
    wait_for_numbers(live)
    fell_asleep = sleeper.number("last-bar")
    tab = sleeper.page.context.new_cdp_session(sleeper.page)
    tab.send("Page.setWebLifecycleState", {"state": "frozen"})
    live.page.context.set_offline(True)
    expect(live.state).to_have_attribute("data-state", "reconnecting")
    wait_for_bars(stack, CUT_BARS, while_waiting=lambda: live.page.wait_for_timeout(200))
    expect(live.state).to_have_attribute("data-state", "reconnecting")
    live.page.context.set_offline(False)
    tab.send("Page.setWebLifecycleState", {"state": "active"})
    expect_healed(live, stack)
    assert live.frames.requests("resume"), "the page did not go on where it was"
    expect_healed(sleeper, stack)
    assert sleeper.number("last-bar") >= fell_asleep + CUT_BARS * MINUTE_MS


def test_a_killed_gateway_is_shown_and_then_healed(live: LivePage, stack: RunningStack) -> None:
    wait_for_numbers(live)
    stack.kill("gateway")
    expect(live.state).to_have_attribute("data-state", "reconnecting")
    expect_healed(live, stack)
    assert live.frames.requests("resume"), "the page did not go on where it was"


def test_a_timeframe_chosen_without_a_network_comes_with_it(live: LivePage) -> None:
    live.page.context.set_offline(True)
    expect(live.state).to_have_attribute("data-state", "reconnecting")
    live.page.get_by_test_id("timeframe-5m").click()
    expect(live.page.get_by_role("button", name="Retry").first).to_be_visible()
    live.page.context.set_offline(False)
    expect(live.chart).to_have_attribute("data-timeframe", "5m", timeout=20_000)
    expect(live.chart).to_have_attribute("data-bars", SOME)
    assert live.page.evaluate("window.sameDocument")


def wait_for_numbers(live: LivePage) -> None:
    """Until the page stands somewhere in the log of its room."""

    def has_heard() -> bool:
        live.page.wait_for_timeout(200)
        return bool(live.frames.numbers)

    wait_for(has_heard, seconds=20, what="an event of the room")


def wait_for_bars(
    stack: RunningStack, count: int, while_waiting: Callable[[], None] = lambda: None
) -> None:
    """Until the market has closed so many more bars."""

    def closed_until() -> int:
        while_waiting()
        until: int = stack.data("/api/market/candles", timeframe="1m", limit=1)["closedUntil"]
        return until

    goal = closed_until() + count * MINUTE_MS
    wait_for(lambda: closed_until() >= goal, seconds=3 * count, what=f"{count} more bars")


def expect_healed(live: LivePage, stack: RunningStack) -> None:
    """Live again, in the same document, with every bar, and each as it is stored."""
    expect(live.state).to_have_attribute("data-state", "live", timeout=40_000)
    wait_for(lambda: live.draws_every_minute(stack), seconds=40, what="a chart without a hole")
    assert live.frames.holes == []
    assert live.page.evaluate("window.sameDocument")
    rows = live.rows()
    stored = stored_rows(stack, count=3 * len(rows))
    start = stored.index(rows[0])
    assert len(rows) > CUT_BARS
    assert stored[start : start + len(rows)] == rows

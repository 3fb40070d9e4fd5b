"""The dashboard without a mouse: everything is reached, walked, chosen and changed by key."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser_look import DESKTOP
from running_stack import RunningStack
from workspace_page import (
    card_of,
    chart_of,
    evidence_in,
    opened_workspace,
    run_command,
    shown_signal,
)

pytestmark = pytest.mark.e2e

MOST_STOPS = 250
BAR = re.compile(r"open [\d,.]+, high [\d,.]+, low [\d,.]+, close [\d,.]+")
FOCUSED = "e => e === document.activeElement"
LEAVE_MARKS = """() => {
    [...document.querySelectorAll('a[href], button, input, select, [tabindex]')]
        .filter(e => e.tabIndex >= 0 && !e.disabled && !e.closest('[inert]'))
        .filter(e => e.checkVisibility())
        .forEach(e => e.toggleAttribute('data-unvisited', true));
}"""
"""On what takes the focus: of a group that the arrows walk, its one stop."""
VISIT = """() => {
    const e = document.activeElement;
    e.removeAttribute('data-unvisited');
    const box = e.getBoundingClientRect();
    const isInSight = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    const isMarked = [getComputedStyle(e), getComputedStyle(e, '::after')].some(
        s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) ||
             (s.content !== 'none' && s.borderStyle.includes('solid')));
    const told = e => e.outerHTML.slice(0, 200);
    const left = [...document.querySelectorAll('[data-unvisited]')].map(told);
    return { left, fault: isInSight && isMarked ? '' : told(e) };
}"""
"""Takes the mark off what has the focus; says what still has one, and whether the focus is seen."""


@pytest.fixture(scope="module")
def context(browser: Browser, history: RunningStack) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESKTOP, base_url=history.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """The workspace on rebuilt hours, with no mouse that could have touched it."""
    page = opened_workspace(context, "/?s=ETH-USDT&tf=1h")
    yield page
    page.close()


def _tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if target.evaluate(FOCUSED):
            return
    raise AssertionError(f"{MOST_STOPS} × {key} never came to {target}")


def _live_region(page: Page) -> Locator:
    return page.locator("[aria-live=polite].sr-only")


def _signals(page: Page) -> Locator:
    return page.get_by_role("grid", name="Signals").locator("tbody").get_by_role("row")


def test_tab_reaches_everything_in_the_workspace_and_shows_where_it_is(page: Page) -> None:
    expect(card_of(page).get_by_role("table", name="Evidence")).to_be_visible()
    expect(_signals(page).first).to_be_attached()
    page.evaluate(LEAVE_MARKS)
    stops = [_next_stop(page)]
    while stops[-1]["left"] and len(stops) < MOST_STOPS:
        stops.append(_next_stop(page))
    assert stops[-1]["left"] == []
    assert [stop["fault"] for stop in stops if stop["fault"]] == []


def _next_stop(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    stop: dict[str, Any] = page.evaluate(VISIT)  # Any: a list and a text
    return stop


def test_the_first_stop_of_a_page_skips_to_the_content(page: Page) -> None:
    for path in ("/?s=ETH-USDT&tf=1h", "/performance", "/settings"):
        page.goto(path)
        expect(page.get_by_role("main")).to_be_attached()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_chart_is_walked_bar_by_bar_and_each_is_announced(page: Page) -> None:
    _tab_to(page, chart_of(page))
    said = []
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
        expect(_live_region(page)).to_have_text(BAR)
        said.append(_live_region(page).inner_text())
    assert len(set(said[:4])) == 4
    page.keyboard.press("Escape")
    expect(chart_of(page)).to_be_focused()


def test_the_lists_below_the_chart_are_walked_by_arrows(page: Page) -> None:
    rows = _signals(page)
    expect(rows.nth(3)).to_be_attached()
    _tab_to(page, rows.locator("xpath=self::*[@tabindex='0']"))
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    expect(chart_of(page)).to_have_attribute("data-risk", shown_signal(page))

    _tab_to(page, page.get_by_role("tab", name="Signals"), "Shift+Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Patterns")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="Patterns")).to_be_visible()


def test_from_a_signal_to_its_page_and_back_and_to_the_settings(page: Page) -> None:
    expect(_signals(page).first).to_be_attached()
    first = _selected_by(page, "j")
    second = _selected_by(page, "j")
    assert first != second
    assert _selected_by(page, "k") == first
    page.keyboard.press("w")
    expect(card_of(page).get_by_role("heading", name="Why")).to_be_focused()
    shown = evidence_in(card_of(page))

    _tab_to(page, card_of(page).get_by_role("link", name="Open", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Evidence")).to_be_visible()
    assert first in page.url
    assert evidence_in(page) == shown

    _tab_to(page, page.get_by_role("link", name="Show on the chart"))
    page.keyboard.press("Enter")
    expect(chart_of(page)).to_have_attribute("data-timeframe", "1h")
    expect(chart_of(page)).to_have_attribute("data-risk", first)

    run_command(page, "Settings")
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    _tab_to(page, page.get_by_role("button", name="Dark", exact=True))
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def _selected_by(page: Page, key: str) -> str:
    """The signal that a key selects: it is said, it is on the card and its lines are drawn."""
    page.keyboard.press(key)
    expect(_live_region(page)).to_have_text(re.compile("^(BUY|SELL) of .*score"))
    expect(chart_of(page)).to_have_attribute("data-risk", shown_signal(page))
    return shown_signal(page)

"""What a trader does with the dashboard beside looking at the price, in a real browser."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browser_look import DESKTOP
from running_stack import RunningStack, wait_for
from workspace_page import (
    card_of,
    chart_of,
    drawn,
    evidence_in,
    opened_workspace,
    run_command,
    shown_signal,
    signal_of,
)

pytestmark = pytest.mark.e2e

HOURS = "/?s=ETH-USDT&tf=1h"


@pytest.fixture
def context(browser: Browser, stack: RunningStack) -> Iterator[BrowserContext]:
    """A browser that was never here, of somebody in a zone of their own."""
    context = browser.new_context(
        viewport=DESKTOP, base_url=stack.url, timezone_id="Asia/Kolkata", accept_downloads=True
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return opened_workspace(context)


@pytest.fixture
def hours(history: RunningStack, context: BrowserContext) -> Page:  # noqa: ARG001 - has it rebuilt
    """The workspace on a timeframe with signals of both sides, some months of them."""
    return opened_workspace(context, HOURS)


def test_a_decision_arrives_live_and_its_why_adds_up_to_its_score(
    page: Page, stack: RunningStack
) -> None:
    seen = {shown_signal(page)}
    wait_for(
        lambda: _is_next_and_live(page, stack, seen),
        seconds=60,
        what="the next decision on the card that was not late",
    )
    shown = evidence_in(card_of(page))
    assert shown.adds_up, shown


def _is_next_and_live(page: Page, stack: RunningStack, seen: set[str]) -> bool:
    """The first minutes of a stack come as history: what is decided of them is late."""
    page.wait_for_timeout(100)
    newest = shown_signal(page)
    if newest in seen:
        return False
    seen.add(newest)
    return bool(stack.data(f"/api/signals/{newest}")["origin"] == "live")


def test_a_buy_or_sell_that_arrives_live_has_its_lines_drawn(page: Page) -> None:
    wait_for(lambda: _are_lines_of_the_newest(page), seconds=240, what="a BUY or SELL, drawn")


def _are_lines_of_the_newest(page: Page) -> bool:
    page.wait_for_timeout(50)
    drawn_id = chart_of(page).get_attribute("data-risk")
    return bool(drawn_id) and drawn_id == shown_signal(page)


def test_a_selected_signal_is_on_the_card_and_on_the_chart(
    hours: Page, history: RunningStack
) -> None:
    row = _signals(hours).nth(2)
    row.click()
    expect(row).to_have_attribute("aria-selected", "true")
    expect(chart_of(hours)).to_have_attribute("data-risk", shown_signal(hours))
    stored = history.data(f"/api/signals/{shown_signal(hours)}")
    expect(card_of(hours)).to_contain_text(stored["signalType"])
    shown = evidence_in(card_of(hours))
    assert shown.adds_up, shown
    assert shown.score == pytest.approx(stored["score"], abs=0.000_51)
    assert drawn(hours, "signals") >= 3


def _signals(page: Page) -> Locator:
    """The rows of BUY and SELL below the chart, newest first."""
    return page.get_by_role("grid", name="Signals").locator("tbody").get_by_role("row")


def test_a_permalink_opens_the_frozen_signal_in_another_browser(
    hours: Page, browser: Browser, history: RunningStack
) -> None:
    _signals(hours).first.click()
    shown = evidence_in(card_of(hours))
    address = card_of(hours).get_by_role("link", name="Open", exact=True).get_attribute("href")
    assert address
    elsewhere = browser.new_context(viewport=DESKTOP, base_url=history.url)
    page = elsewhere.new_page()
    page.goto(f"/signals/{signal_of(address)}")
    expect(page.get_by_role("table", name="Evidence")).to_be_visible()
    assert evidence_in(page) == shown
    page.get_by_role("button", name="Decide it again").click()
    expect(page.get_by_role("main").get_by_text("Equal, bit for bit")).to_be_visible()
    elsewhere.close()


def test_an_indicator_is_switched_in_its_menu_and_stays_switched(page: Page) -> None:
    chart = chart_of(page)
    expect(chart).to_have_attribute("data-indicators", re.compile("rsi"))
    page.keyboard.press("/")
    menu = page.get_by_role("dialog", name="Indicators")
    menu.get_by_role("switch", name="RSI 14").click()
    menu.get_by_role("switch", name="Bollinger 20, 2").click()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    _is_without_rsi(chart)
    assert re.search(r"[?&]i=[a-z0-9,]*bollinger", page.url)
    page.reload()
    _is_without_rsi(chart)
    page.goto("/?s=ETH-USDT&tf=5m")
    _is_without_rsi(chart)


def _is_without_rsi(chart: Locator) -> None:
    expect(chart).to_have_attribute("data-indicators", re.compile(r"^(?!.*rsi).*bollinger"))


def test_a_shared_view_opens_on_its_stretch_of_time(hours: Page) -> None:
    stretch = re.compile(r"[?&]from=\d+&to=\d+")
    chart = chart_of(hours)
    newest = drawn(hours, "to")
    from_ms, to_ms = (int(newest - days * 86_400_000) for days in (40, 36))
    hours.goto(f"{HOURS}&from={from_ms}&to={to_ms}")
    expect(chart).to_have_attribute("data-from", re.compile(r"\d"))
    wait_for(lambda: _shows(hours, from_ms, to_ms), seconds=15, what="the stretch of the URL")
    assert stretch.search(hours.url)


def _shows(page: Page, from_ms: int, to_ms: int) -> bool:
    """Whether these moments are the chart's edges, to a few bars."""
    page.wait_for_timeout(100)
    away = max(abs(drawn(page, "from") - from_ms), abs(drawn(page, "to") - to_ms))
    return away <= 3 * 3_600_000


def test_the_column_of_a_timeframe_leads_to_it(page: Page) -> None:
    confluence = page.get_by_role("table", name="What each family of evidence says")
    confluence.get_by_role("button", name=re.compile("^4h:")).click()
    expect(chart_of(page)).to_have_attribute("data-timeframe", "4h")


def test_settings_count_at_once_and_survive_a_reload(page: Page) -> None:
    page.goto("/settings")
    for name in ("Light", "Colour-blind safe", "Local"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("switch", name="Single-key shortcuts").click()
    _is_set(page)
    page.reload()
    _is_set(page)
    page.goto("/")
    expect(page.get_by_text(re.compile(r"bar closes \d\d:\d\d GMT\+5:30"))).to_be_visible()


def _is_set(page: Page) -> None:
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "light")
    expect(html).to_have_attribute("data-palette", "colour-blind")
    for name in ("Light", "Colour-blind safe", "Local"):
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")
    switch = page.get_by_role("switch", name="Single-key shortcuts")
    expect(switch).to_have_attribute("aria-checked", "false")


def test_back_and_forward_walk_through_what_was_looked_at(page: Page) -> None:
    chart = chart_of(page)
    for name in ("15m · 15 minutes", "1h · 1 hour"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("link", name="Performance").first.click()
    expect(page.get_by_role("heading", name="Performance", level=1)).to_be_visible()
    for timeframe in ("1h", "15m", "1m"):
        page.go_back()
        expect(chart).to_have_attribute("data-timeframe", timeframe)
    page.go_forward()
    expect(chart).to_have_attribute("data-timeframe", "15m")


def test_the_palette_finds_a_command_and_runs_it(page: Page) -> None:
    run_command(page, "4 hours")
    expect(chart_of(page)).to_have_attribute("data-timeframe", "4h")
    run_command(page, "Settings")
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def test_the_sheet_of_keys_tells_them_and_goes_away(page: Page) -> None:
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    for name in ("Next signal in the list", "Indicators", "Walk the bars"):
        expect(sheet.get_by_text(name, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_single_keys_that_are_switched_off_do_nothing(page: Page) -> None:
    run_command(page, "Switch single-key shortcuts off")
    page.keyboard.press("?")
    page.keyboard.press("/")
    page.keyboard.type("60")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_visible()
    assert page.get_by_role("dialog").count() == 1
    expect(chart_of(page)).to_have_attribute("data-timeframe", "1m")


def test_the_history_is_downloaded_as_it_is_shown(hours: Page) -> None:
    hours.goto("/signals?s=ETH-USDT&tf=1h&side=BUY")
    rows = hours.get_by_role("table", name="Decisions on ETH/USDT").get_by_role("row")
    expect(rows.nth(1)).to_be_visible()
    with hours.expect_download() as download:
        hours.get_by_role("button", name="Download CSV").click()
    lines = list(csv.DictReader(download.value.path().read_text().splitlines()))
    assert len(lines) == rows.count() - 1
    assert {line["side"] for line in lines} == {"BUY"}
    times = [datetime.fromisoformat(line["time"]) for line in lines]
    assert times == sorted(times, reverse=True)

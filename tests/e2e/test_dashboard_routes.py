"""Every route, on a desktop and a phone, dark, light and colour-blind: whole, and open to all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe_page import bring_axe, violations
from browser_look import DESKTOP, LOOKS, SCHEMES, Look, Scheme, prefer
from heard_faults import HeardFaults
from newer_server import bring_newer_server
from running_stack import RunningStack

pytestmark = pytest.mark.e2e

SCREENSHOTS = Path(__file__).parents[2] / "test-results"
SKELETON = ".pulse"
UNKNOWN_ID = "00000000-0000-0000-0000-000000000000"
NO_SIGNAL = "There is no such signal"
OF_THE_HISTORY = "s=ETH-USDT&tf=1h"
EVENTS_MS = 1_500
"""In which the socket brings several events of each kind."""


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    path: str
    """`{id}` is that of a stored BUY or SELL."""
    content: Callable[[Page], Locator]
    """What is there once the page has said what it is for."""
    is_missing: bool = False
    """Whether the browser tells its developer of a 404, as it does of every one."""

    def __str__(self) -> str:
        return self.name


def _drawn_chart(page: Page) -> Locator:
    return page.locator("[data-testid=chart][data-bars]:not([data-bars='0'])")


def _table(name: str) -> Callable[[Page], Locator]:
    return lambda page: page.get_by_role("table", name=name).first


def _text(words: str) -> Callable[[Page], Locator]:
    return lambda page: page.get_by_text(words).first


ROUTES = (
    Route("workspace", f"/?{OF_THE_HISTORY}", _drawn_chart),
    Route("signals", f"/signals?{OF_THE_HISTORY}", _table("Decisions on ETH/USDT")),
    Route("signal", "/signals/{id}", _table("Evidence")),
    Route(
        "performance",
        f"/performance?{OF_THE_HISTORY}&origin=historical",
        _table("By timeframe, side"),
    ),
    Route("status", "/status", _table("Each service")),
    Route("settings", "/settings", _text("Colour-blind")),
    Route("unknown-page", "/no/such/page", _text("There is no such page")),
    Route("unknown-signal", f"/signals/{UNKNOWN_ID}", _text(NO_SIGNAL), is_missing=True),
    Route("no-signal-id", "/signals/not-an-id", _text(NO_SIGNAL)),
)


@dataclass(frozen=True, slots=True)
class Visitor:
    look: Look
    page: Page
    faults: HeardFaults
    signal_id: str


@pytest.fixture(scope="module")
def signal_id(history: RunningStack) -> str:
    """Of the newest rebuilt BUY."""
    answer = history.data("/api/signals/history", timeframe="1h", signalType="BUY", limit=1)
    found: str = answer["signals"][0]["id"]
    return found


@pytest.fixture(scope="module", params=LOOKS, ids=str)
def visitor(
    request: pytest.FixtureRequest, browser: Browser, history: RunningStack, signal_id: str
) -> Iterator[Visitor]:
    context = request.param.open_in(browser, history.url)
    bring_axe(context)
    SCREENSHOTS.mkdir(exist_ok=True)
    yield Visitor(request.param, context.new_page(), HeardFaults(context), signal_id)
    context.close()


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_route_is_whole_faultless_and_open_to_all(visitor: Visitor, route: Route) -> None:
    page = visitor.page
    page.goto(route.path.format(id=visitor.signal_id))
    expect(route.content(page)).to_be_visible()
    expect(page.locator(SKELETON).filter(visible=True)).to_have_count(0)
    faults = [fault for scheme in SCHEMES for fault in _faults_in(visitor, scheme, route)]
    heard = visitor.faults.taken()
    faults += [one for one in heard if not (route.is_missing and UNKNOWN_ID in one)]
    assert not faults, "\n".join(faults)


def _faults_in(visitor: Visitor, scheme: Scheme, route: Route) -> list[str]:
    """What is wrong with the page in these colours; its picture is kept to be looked at."""
    prefer(visitor.page, scheme)
    name = f"{route}-{visitor.look}-{scheme}.png"
    visitor.page.screenshot(path=SCREENSHOTS / name, full_page=True)
    found = [*_sideways(visitor.page), *violations(visitor.page)]
    return [f"{scheme}: {one}" for one in found]


def test_words_and_fields_of_a_newer_server_break_no_route(
    browser: Browser, history: RunningStack, signal_id: str
) -> None:
    context = browser.new_context(viewport=DESKTOP, base_url=history.url)
    bring_newer_server(context)
    page, heard = context.new_page(), HeardFaults(context)
    for route in ROUTES:
        page.goto(route.path.format(id=signal_id))
        expect(route.content(page)).to_be_visible()
        page.wait_for_timeout(EVENTS_MS)
        expect(route.content(page)).to_be_visible()
    context.close()
    assert [one for one in heard.taken() if UNKNOWN_ID not in one] == []


def _sideways(page: Page) -> list[str]:
    pixels: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{pixels} pixels wider than the screen"] if pixels > 0 else []

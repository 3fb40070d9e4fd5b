"""Every route, on a desktop and a phone, dark, light and colour-blind: whole, and open to all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe_page import bring_axe, violations
from browser_look import LOOKS, Look
from heard_faults import HeardFaults
from running_stack import RunningStack

pytestmark = pytest.mark.e2e

SCREENSHOTS = Path(__file__).parents[2] / "test-results"
SKELETON = ".pulse"
UNKNOWN_ID = "00000000-0000-0000-0000-000000000000"
NO_SIGNAL = "There is no such signal"
OF_THE_HISTORY = "s=ETH-USDT&tf=1h"


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
    yield Visitor(request.param, context.new_page(), HeardFaults(context), signal_id)
    context.close()


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_route_is_whole_faultless_and_open_to_all(visitor: Visitor, route: Route) -> None:
    page = visitor.page
    page.goto(route.path.format(id=visitor.signal_id))
    expect(route.content(page)).to_be_visible()
    expect(page.locator(SKELETON).filter(visible=True)).to_have_count(0)
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{visitor.look}-{route}.png", full_page=True)
    heard = [one for one in visitor.faults.taken() if not (route.is_missing and UNKNOWN_ID in one)]
    faults = [*_sideways(page), *violations(page), *heard]
    assert not faults, "\n".join(faults)


def _sideways(page: Page) -> list[str]:
    pixels: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{pixels} pixels wider than the screen"] if pixels > 0 else []

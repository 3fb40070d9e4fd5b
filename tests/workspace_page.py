"""The workspace in a browser: what its chart says that it has drawn, and what its card shows."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, expect

from trading_core.timeframe import Timeframe

SOME = re.compile(r"^[1-9]\d*$")
TRUE_MINUS = "\N{MINUS SIGN}"
HALF_A_DIGIT = 0.0005
"""By which a figure with three decimals may be off."""
ROWS = """
    table => [...table.querySelectorAll('tr:has(> th[scope=row])')].map(
        row => [row.cells[0].innerText, row.cells[row.cells.length - 1].innerText])
"""


def opened_workspace(context: BrowserContext, path: str = "/?s=ETH-USDT&tf=1m") -> Page:
    """A page of the context in which the chart has drawn candles."""
    page = context.new_page()
    page.goto(path)
    expect(chart_of(page)).to_have_attribute("data-bars", SOME, timeout=30_000)
    return page


def chart_of(page: Page) -> Locator:
    return page.get_by_test_id("chart")


def drawn(page: Page, name: str) -> float:
    """A figure of what is drawn, 0 where there is none."""
    text = chart_of(page).get_attribute(f"data-{name}")
    return float(text) if text else 0.0


def is_unbroken(page: Page, timeframe: Timeframe) -> bool:
    """Whether a bar is drawn for every one from the first to the last."""
    told: dict[str, str] = chart_of(page).evaluate("chart => ({ ...chart.dataset })")
    first_ms, last_ms, bars = (int(told[name]) for name in ("firstBar", "lastBar", "bars"))
    return bars == (last_ms - first_ms) // timeframe.duration_ms + 1


def card_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Signal", exact=True)


def shown_signal(page: Page) -> str:
    """The id of the signal on the card."""
    link = card_of(page).get_by_role("link", name="Open", exact=True)
    return signal_of(link.get_attribute("href") or "")


def signal_of(address: str) -> str:
    """The id in a permalink."""
    found = re.search(r"/signals/([0-9a-f-]{36})", address)
    assert found, f"{address} is no signal's address"
    return found[1]


def run_command(page: Page, name: str) -> None:
    """From the palette, by typing its name."""
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="What do you want to do?")
    field.press_sequentially(name)
    expect(page.get_by_role("option", selected=True)).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(field).to_have_count(0)


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """Points of each family and the score, with three decimals, as they are on screen."""

    points: dict[str, float]
    score: float

    @property
    def adds_up(self) -> bool:
        most = HALF_A_DIGIT * (len(self.points) + 1)
        return abs(sum(self.points.values()) - self.score) <= most


def evidence_in(place: Page | Locator) -> ShownEvidence:
    """Of the one signal in this place; all of it is read at once."""
    rows = place.get_by_role("table", name="Evidence").evaluate(ROWS)
    *points, (_, score) = [(name, _number(text)) for name, text in rows]
    return ShownEvidence(dict(points), score)


def _number(text: str) -> float:
    return float(text.replace(TRUE_MINUS, "-"))

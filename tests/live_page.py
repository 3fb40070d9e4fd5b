"""The dashboard in a browser, and whether what it draws is what the platform stores."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from running_stack import RunningStack
from socket_frames import SocketFrames

SOME = re.compile(r"^[1-9]\d*$")
MINUTE_MS = 60_000
READ_ROWS = """table => {
  const number = (cell) => Number(cell.textContent.replaceAll(",", ""));
  const figures = (row) => [...row.querySelectorAll("td")].slice(0, 4).map(number);
  return [...table.tBodies[0].rows].map(figures);
}"""

Figures = list[float]


@dataclass(frozen=True, slots=True)
class LivePage:
    """The minutes of ETH/USDT; `frames` is what went over the page's sockets."""

    page: Page
    frames: SocketFrames

    @property
    def state(self) -> Locator:
        return self.page.get_by_test_id("feed-state")

    @property
    def chart(self) -> Locator:
        return self.page.get_by_test_id("chart")

    def number(self, name: str) -> int:
        """A figure of the chart's `data-*`; 0 before it draws."""
        text = self.chart.get_attribute(f"data-{name}")
        return int(float(text)) if text else 0

    def draws_every_minute(self, stack: RunningStack) -> bool:
        """From the first bar drawn to the last, which is the market's newest or the one before."""
        self.page.wait_for_timeout(300)
        first, last, bars = (self.number(name) for name in ("first-bar", "last-bar", "bars"))
        closed = stack.data("/api/market/candles", timeframe="1m", limit=1)["closedUntil"]
        return bars == (last - first) / MINUTE_MS + 1 and last >= closed - 2 * MINUTE_MS

    def rows(self) -> list[Figures]:
        """The closed bars in a table, oldest first: its top row may be the open one."""
        self.page.get_by_test_id("table-toggle").click()
        table = self.page.get_by_role("table", name=re.compile("1 minute a bar"))
        newest_first: list[Figures] = table.evaluate(READ_ROWS)
        return newest_first[:0:-1]


def opened(page: Page) -> LivePage:
    live = LivePage(page, SocketFrames(page, "ETH/USDT_1m"))
    page.goto("/?s=ETH-USDT&tf=1m")
    expect(live.chart).to_have_attribute("data-bars", SOME, timeout=30_000)
    expect(live.state).to_have_attribute("data-state", "live", timeout=20_000)
    page.evaluate("window.sameDocument = true")
    return live


def stored_rows(stack: RunningStack, count: int) -> list[Figures]:
    """The newest closed bars as the platform stores them, oldest first."""
    page = stack.data("/api/market/candles", symbol="ETH/USDT", timeframe="1m", limit=count)
    return [[float(figure) for figure in candle[1:5]] for candle in page["candles"]]

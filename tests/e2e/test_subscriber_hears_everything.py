"""A subscriber hears, of every closed candle, the candle, its indicators and its signal: once."""

import time
from collections import defaultdict
from functools import partial
from typing import Any

import pytest
import socketio

from running_stack import RunningStack, wait_for
from stored_decisions import CLOSED, fetch, stored_signals
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.e2e

Json = Any  # Any: JSON
SEQUENCED = ("candle_update", "indicator_update", "new_signal", "signal_update")


class Listener:
    """One client in every room of ETH/USDT, told all that was said since the log began."""

    def __init__(self, url: str) -> None:
        self.heard: dict[str, list[tuple[str, Json]]] = defaultdict(list)
        self.client = socketio.Client()
        for event in SEQUENCED:
            self.client.on(event, self._hear(event))
        self.client.connect(url, transports=["websocket"])
        for timeframe in Timeframe:
            place = {"symbol": "ETH/USDT", "timeframe": timeframe.value}
            joined = self.client.call("subscribe", place)
            again = {**place, "epoch": joined["epoch"], "seq": 0}
            assert self.client.call("resume", again)["ok"] is True

    def _hear(self, event: str) -> Any:  # noqa: ANN401 - a handler
        def on_event(payload: Json) -> None:
            if "seq" in payload:
                self.heard[payload["timeframe"]].append((event, payload))

        return on_event

    def first_of_each_number(self, timeframe: Timeframe) -> list[tuple[str, Json]]:
        """By number; what was heard by subscribing and by resuming is one event."""
        by_number = {payload["seq"]: (event, payload) for event, payload in self.heard[timeframe]}
        return [by_number[number] for number in sorted(by_number)]


def opens(events: list[tuple[str, Json]], *names: str) -> list[int]:
    """The bars that the events of these names are about, each once for each signal."""
    seen: dict[Json, int] = {}
    for event, payload in events:
        if event in names:
            opened_ms = payload.get("timestamp") or payload["candle"][0]
            seen.setdefault((payload.get("id"), opened_ms), opened_ms)
    return sorted(seen.values())


def closed_bars(stack: RunningStack, timeframe: Timeframe) -> list[int]:
    """Those that were seen as they closed."""
    rows = fetch(stack.database_url, CLOSED, "ETHUSDT", timeframe.value)
    return [row["timestamp"] for row in rows if row["origin"] == "live"]


def decided_bars(stack: RunningStack, timeframe: Timeframe) -> list[int]:
    """Those that were decided in time; what comes late is not pushed as new."""
    rows = stored_signals(stack.database_url, "ETHUSDT", timeframe)
    return [row["timestamp"] for row in rows if row["origin"] == "live"]


def test_a_subscriber_hears_everything_of_every_closed_candle_in_order(
    stack: RunningStack, capsys: pytest.CaptureFixture[str]
) -> None:
    wait_for(
        lambda: fetch(stack.database_url, CLOSED, "ETHUSDT", Timeframe.D1.value),
        seconds=180,
        what="the day's close",
    )
    listener = Listener(stack.url)
    time.sleep(5)
    try:
        for timeframe in Timeframe:
            wait_for(
                partial(_all_heard, stack, listener, timeframe),
                seconds=30,
                what=f"every closed {timeframe} candle heard in full",
            )
            events = listener.first_of_each_number(timeframe)
            assert [p["seq"] for _, p in events] == list(range(1, len(events) + 1))
            with capsys.disabled():
                print(f"\n{timeframe:>3}: {len(events)} events in order", end="")  # noqa: T201 - the figures are the point
    finally:
        listener.client.disconnect()


def _all_heard(stack: RunningStack, listener: Listener, timeframe: Timeframe) -> bool:
    """Whether what the tables have was heard: no bar less, and of those no other."""
    closed, decided = closed_bars(stack, timeframe), decided_bars(stack, timeframe)
    events = listener.first_of_each_number(timeframe)
    candles, indicators = opens(events, "candle_update"), opens(events, "indicator_update")
    signals = opens(events, "new_signal", "signal_update")
    return (
        set(closed) <= set(candles)
        and closed == indicators[: len(closed)]
        and decided == signals[: len(decided)]
    )

"""Outages, revisions and a skewed clock: what the exchange tells of its past stays one story."""

import json
import threading
import time
from collections import defaultdict
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from faulty_exchange import FaultyExchange, faulty_exchange

pytestmark = pytest.mark.integration

TIMEFRAMES = {"1m": 1, "5m": 5, "15m": 15, "30m": 30, "1h": 60, "4h": 240, "1d": 1440}
COARSEST_FIRST = tuple(reversed(TIMEFRAMES))
"""So that every coarser bar's minutes have closed too when they are asked for."""

MINUTE_MS = 60_000
SCRIPT = [
    {"kind": "revised_candles", "at": 0, "for": 10},
    {"kind": "clock_skew", "at": 1, "for": 2, "seconds": 3},
    {"kind": "outage", "at": 8, "for": 6},
    {"kind": "clock_skew", "at": 9, "for": 3, "seconds": -2},
]


class Told:
    """Every version of every candle that the stream closed, in the order of telling."""

    def __init__(self, exchange: FaultyExchange) -> None:
        self.versions: defaultdict[tuple[str, int], list[list[str]]] = defaultdict(list)
        self._exchange = exchange
        self._connected, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        assert self._connected.wait(30)

    def _listen(self) -> None:
        streams = (f"ethusdt@kline_{name}" for name in TIMEFRAMES)
        with self._exchange.stream(*streams) as stream:
            self._connected.set()
            while not self._stopped.is_set():
                with suppress(TimeoutError):
                    self._note(json.loads(stream.recv(0.2))["data"]["k"])

    def _note(self, kline: dict[str, Any]) -> None:  # Any: JSON
        if kline["x"]:
            figures = [kline[name] for name in "ohlcv"]
            self.versions[kline["i"], kline["t"]].append(figures)

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()


def wait_until_over(exchange: FaultyExchange) -> None:
    while any(fault["state"] != "over" for fault in exchange.faults()):
        time.sleep(0.2)
    time.sleep(3)  # the last revision is told two wall seconds after its close


def built_from_minutes(minutes: dict[int, list[str]], open_ms: int, length: int) -> list[Decimal]:
    rows = [
        [Decimal(text) for text in minutes[time_ms]]
        for time_ms in range(open_ms, open_ms + length * MINUTE_MS, MINUTE_MS)
        if time_ms in minutes
    ]
    opens, highs, lows, closes, volumes = zip(*rows, strict=True)
    return [opens[0], max(highs), min(lows), closes[-1], sum(volumes, Decimal(0))]


def test_ledger_rest_and_stream_agree_and_a_killed_exchange_tells_the_same(tmp_path: Path) -> None:
    with faulty_exchange(tmp_path) as exchange:
        told = Told(exchange)
        exchange.arm(*SCRIPT)
        wait_until_over(exchange)
        ledger = {name: exchange.ledger(name) for name in COARSEST_FIRST}
        klines = {name: exchange.klines(name) for name in TIMEFRAMES}
        bites = [fault["bites"] for fault in exchange.faults()]
        told.stop()

        assert all(ledger[name].items() <= klines[name].items() for name in TIMEFRAMES)
        assert all(count > 0 for count in bites)
        gaps = [later - earlier for earlier, later in pairwise(ledger["1m"])]
        assert sorted(set(gaps)) == [MINUTE_MS, (bites[2] + 1) * MINUTE_MS]
        for name in ("5m", "15m"):
            for open_ms, figures in ledger[name].items():
                built = built_from_minutes(ledger["1m"], open_ms, TIMEFRAMES[name])
                assert [Decimal(text) for text in figures] == built

        first_told = min(open_ms for name, open_ms in told.versions if name == "1m")
        closed = {open_ms for open_ms in ledger["1m"] if open_ms >= first_told}
        assert closed <= {open_ms for name, open_ms in told.versions if name == "1m"}
        assert any(
            versions[0] != ledger["1m"].get(open_ms)
            for (name, open_ms), versions in told.versions.items()
            if name == "1m"
        )
        for (name, open_ms), versions in told.versions.items():
            assert all(one != other for one, other in pairwise(versions))
            if name == "1m" and len(versions) > 1 and open_ms in ledger[name]:
                assert versions[-1] == ledger[name][open_ms]

        exchange.kill_and_start_again()
        for name in TIMEFRAMES:
            assert ledger[name].items() <= exchange.ledger(name).items()
        assert [fault["state"] for fault in exchange.faults()] == ["over"] * len(SCRIPT)


def test_an_outage_goes_on_over_a_kill(tmp_path: Path) -> None:
    with faulty_exchange(tmp_path) as exchange:
        exchange.arm(
            {"kind": "outage", "at": 1, "for": 5}, {"kind": "revised_candles", "at": 0, "for": 6}
        )
        time.sleep(2.5)
        exchange.kill_and_start_again()
        wait_until_over(exchange)
        minutes = list(exchange.ledger("1m"))
        outage, revised = exchange.faults()
        assert max(later - earlier for earlier, later in pairwise(minutes)) == 6 * MINUTE_MS
        assert outage["bites"] == 5
        assert revised["bites"] <= 1


def test_a_script_file_is_armed_when_the_clock_runs_and_only_once(tmp_path: Path) -> None:
    script = tmp_path / "hard.json"
    fault = {"kind": "firewall", "at": 0, "for": 600}
    script.write_text(json.dumps({"seed": 1, "faults": [fault]}))
    with faulty_exchange(tmp_path, SIMULATOR_FAULTS=str(script)) as exchange:
        while not exchange.faults():
            time.sleep(0.05)
        armed_at_ms = exchange.json("/control/faults")["armedAtMs"]
        assert exchange.get("/api/v3/ping").status_code == 403
        exchange.kill_and_start_again()
        assert exchange.get("/api/v3/ping").status_code == 403
        assert exchange.json("/control/faults")["armedAtMs"] == armed_at_ms

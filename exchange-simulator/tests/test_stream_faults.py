import asyncio
import json
from collections.abc import Callable
from typing import Any, Protocol

import orjson
import pytest

from exchange_simulator.broadcast import Broadcast
from exchange_simulator.exchange import Exchange
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.frame_kinds import STREAM_KINDS
from exchange_simulator.faults.revised_market import RevisedMarket
from exchange_simulator.faults.revision_notices import RevisionNotices
from exchange_simulator.faults.stream_faults import StreamFaults
from exchange_simulator.seeded_market import SeededMarket
from exchange_simulator.stream_name import kline_stream, mini_ticker_stream
from exchange_simulator.subscriptions import Listener, Subscriptions
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

ETH = Symbol("ETH", "USDT")
NOW_MS = 1_722_816_000_000 + 30 * 3_600_000

pytestmark = pytest.mark.anyio


class Wall(Protocol):
    ms: float


class Stream:
    """An exchange whose stream is listened to, wrapped."""

    def __init__(self, desk: FaultDesk) -> None:
        self.listener, subscriptions = Listener(wrapped=True), Subscriptions()
        klines = [kline_stream(ETH, timeframe) for timeframe in (Timeframe.M1, Timeframe.M5)]
        subscriptions.add(self.listener, [*klines, mini_ticker_stream(ETH)])
        exchange = Exchange(RevisedMarket(SeededMarket(42, (ETH,)), desk.corrections))
        outlet = StreamFaults(subscriptions, desk)
        self.broadcast = Broadcast(exchange, desk.exchange_clock, outlet)
        self.notices = RevisionNotices(exchange, desk, outlet, lambda: self.broadcast.told_until_ms)

    def received(self) -> list[str | bytes]:
        frames = self.listener.frames
        return [frames.get_nowait() for _ in range(frames.qsize())]

    def closes(self) -> list[tuple[str, int]]:
        """Timeframe and minute of the open, of every good closing frame."""
        klines = [json.loads(frame)["data"]["k"] for frame in self.received()]
        return [(k["i"], (k["t"] - NOW_MS) // MINUTE_MS) for k in klines]


Armed = Callable[..., FaultDesk]


async def frames_of_half_an_hour(desk: FaultDesk, wall: Wall) -> list[str | bytes]:
    stream = Stream(desk)
    for wall.ms in range(0, 30_000, 1_000):
        await stream.broadcast.send_due_closes()
        stream.broadcast.send_open_frames(desk.exchange_clock.now_ms())
    return stream.received()


def whole(frame: str | bytes) -> dict[str, Any] | None:  # Any: JSON
    """The event of a frame in which nothing is missing."""
    try:
        event = orjson.loads(frame)["data"]
        complete = event["e"] == "24hrMiniTicker" or len(event["k"]) == 17
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    return dict(event) if complete else None


@pytest.mark.parametrize("kind", sorted(set(STREAM_KINDS) - {"late_candles"}))
async def test_the_same_script_does_the_same_and_nothing_outside_of_its_time(
    armed: Armed, wall: Wall, kind: str
) -> None:
    wall.ms = 0
    plain = await frames_of_half_an_hour(armed(), wall)
    wall.ms = 0
    fault = {"kind": kind, "at": 10, "for": 10}
    desk = armed(fault)
    spoilt = await frames_of_half_an_hour(desk, wall)
    wall.ms = 0
    assert spoilt == await frames_of_half_an_hour(armed(fault), wall)
    third = len(plain) // 3
    assert spoilt[: third - 10] == plain[: third - 10]
    assert spoilt[-third + 10 :] == plain[-third + 10 :]
    assert spoilt != plain
    assert desk.tally(desk.faults[0]).bites > 3


@pytest.mark.parametrize("kind", ["kline_without_k", "truncated_frames", "html_frames"])
async def test_about_half_of_all_frames_are_spoilt(armed: Armed, wall: Wall, kind: str) -> None:
    wall.ms = 0
    desk = armed({"kind": kind, "at": 0, "for": 100})
    frames = await frames_of_half_an_hour(desk, wall)
    good = sum(whole(frame) is not None for frame in frames)
    assert good + desk.tally(desk.faults[0]).bites == len(frames)
    assert 0.3 < good / len(frames) < 0.8


async def test_noise_is_text_that_is_no_event_or_binary(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    frames = await frames_of_half_an_hour(
        armed({"kind": "broken_frames", "at": 0, "for": 100}), wall
    )
    broken = [frame for frame in frames if whole(frame) is None]
    assert {type(frame) for frame in broken} == {str, bytes}
    assert len(set(broken)) > 10


async def test_missing_closes_are_lost_and_nothing_else(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    desk = armed({"kind": "missing_closes", "at": 0, "for": 100, "timeframes": ["1m"]})
    stream = Stream(desk)
    wall.ms = 60_000
    await stream.broadcast.send_due_closes()
    closes = stream.closes()
    minutes = [open_ for timeframe, open_ in closes if timeframe == "1m"]
    assert len(minutes) + desk.tally(desk.faults[0]).bites == 60
    assert 15 < len(minutes) < 45
    assert sum(timeframe == "5m" for timeframe, _ in closes) == 12


async def test_late_closes_come_after_all(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    desk = armed({"kind": "late_candles", "at": 0, "for": 100, "seconds": 0.01})
    stream = Stream(desk)
    wall.ms = 20_000
    await stream.broadcast.send_due_closes()
    at_once = stream.closes()
    await asyncio.sleep(0.1)
    late = stream.closes()
    every = sorted(at_once + late)
    assert late
    assert at_once
    assert len(set(every)) == len(every)
    assert [open_ for timeframe, open_ in every if timeframe == "1m"] == list(range(20))


async def test_no_close_is_repeated_or_lost_when_the_exchanges_clock_jumps(
    armed: Armed, wall: Wall
) -> None:
    wall.ms = 0
    ahead = {"kind": "clock_skew", "at": 5, "for": 10, "seconds": 3}
    behind = {"kind": "clock_skew", "at": 25, "for": 10, "seconds": -3}
    desk = armed(ahead, behind)
    stream = Stream(desk)
    told_at = {}
    for step in range(120):
        wall.ms = step * 500
        await stream.broadcast.send_due_closes()
        told_at[step / 2] = [open_ for timeframe, open_ in stream.closes() if timeframe == "1m"]
    minutes = [open_ for opens in told_at.values() for open_ in opens]
    assert minutes == list(range(59))
    assert told_at[5.0] == [4, 5, 6, 7]
    assert [told_at[second] for second in (14.0, 15.0, 16.0, 17.0, 18.0)] == [
        [16],
        [],
        [],
        [],
        [17],
    ]
    assert [told_at[second] for second in (25.0, 28.0, 35.0)] == [[], [24], [31, 32, 33, 34]]


async def test_an_outage_has_no_closes_and_coarser_bars_close_with_what_exists(
    armed: Armed, wall: Wall
) -> None:
    wall.ms = 0
    stream = Stream(armed({"kind": "outage", "at": 3, "for": 8}))
    wall.ms = 15_000
    await stream.broadcast.send_due_closes()
    closes = stream.closes()
    assert [open_ for timeframe, open_ in closes if timeframe == "1m"] == [0, 1, 2, *range(11, 15)]
    assert [open_ for timeframe, open_ in closes if timeframe == "5m"] == [0, 10]


async def test_half_of_the_revisions_are_announced_by_a_second_close(
    armed: Armed, wall: Wall
) -> None:
    wall.ms = 0
    desk = armed({"kind": "revised_candles", "at": 0, "for": 40})
    stream = Stream(desk)
    for wall.ms in range(0, 50_000, 500):
        await stream.broadcast.send_due_closes()
        stream.notices.send_due()
    told: dict[tuple[str, int], list[str]] = {}
    for frame in stream.received():
        kline = json.loads(frame)["data"]["k"]
        told.setdefault((kline["i"], kline["t"]), []).append(kline["v"])
    minutes = {key: volumes for key, volumes in told.items() if key[0] == "1m"}
    twice = [volumes for volumes in minutes.values() if len(volumes) == 2]
    assert len(minutes) == 49
    assert 3 < len(twice) < 17
    assert all(float(first) < float(second) for first, second in twice)
    assert any(len(volumes) > 1 for key, volumes in told.items() if key[0] == "5m")


async def test_nothing_is_told_otherwise_before_it_was_told(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    stream = Stream(armed({"kind": "revised_candles", "at": 0, "for": 40}))
    wall.ms = 45_000
    stream.notices.send_due()
    assert stream.closes() == []
    await stream.broadcast.send_due_closes()
    stream.notices.send_due()
    minutes = [open_ for timeframe, open_ in stream.closes() if timeframe == "1m"]
    assert minutes[:45] == list(range(45))
    assert 0 < len(minutes[45:]) < 20


async def test_revisions_may_stay_unannounced(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    desk = armed({"kind": "revised_candles", "at": 0, "for": 40, "announce": False})
    stream = Stream(desk)
    for wall.ms in range(0, 50_000, 500):
        await stream.broadcast.send_due_closes()
        stream.notices.send_due()
    minutes = [open_ for timeframe, open_ in stream.closes() if timeframe == "1m"]
    assert minutes == list(range(49))

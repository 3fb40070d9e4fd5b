"""How soon the feed notices that it is dead, and how soon it is whole again.

market-service alone, with the simulated exchange, PostgreSQL and Valkey, ETH/USDT on all seven
timeframes at 60×. Half-open connections and silent streams, one after the other; then the exchange
cannot be reached at all while its market goes on, and the clock is set ahead meanwhile, so that as
many minutes are missing as after hours. At last two market-services ask as much as they can. About
eleven minutes.
"""

import argparse
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from eth_cli.temporary_servers import temporary_folder
from service_kit.clock import ClockState
from trading_core.timeframe import MINUTE_MS

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from market_stack import MarketStack, market_stack, wait_until
from migrate_database import migrate_database

PATIENCE_SECONDS = 120.0
LOOK_SECONDS = 0.05
PING_WEIGHT = 1
OUR_SHARE = 4_800
"""Of the exchange's 6,000 a minute."""


@dataclass(frozen=True, slots=True)
class Outage:
    seconds: float
    minutes_ahead: int = 0
    """By which the clock is set ahead meanwhile."""


OUTAGES = (
    *(Outage(seconds) for seconds in (1, 5, 30, 120)),
    *(Outage(10, minutes) for minutes in (120, 1_000, 10_000)),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="half-open, and silent, so often")
    parser.add_argument("--weight-seconds", type=int, default=130)
    options = parser.parse_args()
    with temporary_folder() as folder, market_stack(migrate_database, folder) as stack:
        wait_until(lambda: not stack.missing(), "all is stored that has closed")
        for kind in ("half_open", "silent_stream"):
            _print_deaths(kind, [_death(stack, kind) for _ in range(options.times)])
        for outage in OUTAGES:
            _print_outage(outage, *_outage(stack, folder / "clock.json", outage))
        _print_weight(options.weight_seconds, _highest_weight(stack, options.weight_seconds))


def _death(stack: MarketStack, kind: str) -> tuple[float, float]:
    """Seconds until it was noticed, and until a frame came again."""
    counted = stack.feed()["faults"].get(kind, {"count": 0})["count"]
    lasting = {} if kind == "half_open" else {"for": 30.0}
    _arm(stack, {"kind": kind, "at": 0.0, **lasting})
    began = time.monotonic()
    noticed = _seconds_until(
        began, lambda: stack.feed()["faults"].get(kind, {"count": 0})["count"] > counted
    )
    frames = stack.feed()["frames"]
    again = _seconds_until(began, lambda: stack.feed()["frames"] > frames)
    _disarm(stack)
    return noticed, again


def _outage(stack: MarketStack, clock_file: Path, outage: Outage) -> tuple[int, float]:
    """How many candles were missing, and the seconds from the exchange's return until none was."""
    lasting = {"at": 0.0, "for": outage.seconds}
    _arm(stack, {"kind": "refuse_sockets", **lasting}, {"kind": "refuse_rest", **lasting})
    returns = time.monotonic() + outage.seconds
    if outage.minutes_ahead:
        state = ClockState.read(clock_file)
        ahead_ms = outage.minutes_ahead * MINUTE_MS
        moved = ClockState(state.event_epoch_ms + ahead_ms, state.wall_epoch_ms, state.speed)
        moved.write(clock_file)
    time.sleep(max(0.0, returns - time.monotonic()))
    missing = set(stack.missing())
    healed = _seconds_until(returns, lambda: not missing.intersection(stack.missing()))
    _disarm(stack)
    return len(missing), healed


def _highest_weight(stack: MarketStack, seconds: float) -> tuple[int, int]:
    """The most that the exchange counted in a minute, and how often we were asked for more.

    Without what our own looks at its count cost.
    """
    stack.follower.start()
    wait_until(lambda: stack.follower.answers("/livez"), "the second one answers")
    ends = time.monotonic() + seconds
    asked: list[int] = []
    threads = [
        threading.Thread(target=_ask_on, args=(url, ends, asked))
        for url in (stack.market.url, stack.follower.url)
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    highest, looks = 0, Counter[int]()
    while time.monotonic() < ends:
        answer = httpx.get(stack.simulator.url + "/api/v3/ping", timeout=10)
        minute = int(time.time() // 60)
        looks[minute] += PING_WEIGHT
        highest = max(highest, int(answer.headers["X-MBX-USED-WEIGHT-1M"]) - looks[minute])
        time.sleep(0.25)
    for thread in threads:
        thread.join()
    stack.follower.stop()
    return highest, len(asked)


def _ask_on(url: str, ends: float, asked: list[int]) -> None:
    with httpx.Client(timeout=30) as client:
        while time.monotonic() < ends:
            with suppress(httpx.TransportError):
                answer = client.post(f"{url}/api/market/fetch?symbol=ETHUSDT&timeframe=1m&limit=2")
                asked.append(answer.status_code)
                time.sleep(1.0 if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else 0.0)


def _arm(stack: MarketStack, *faults: dict[str, Any]) -> None:  # Any: a script is JSON
    script = {"seed": 1, "faults": faults}
    httpx.post(stack.simulator.url + "/control/faults", json=script).raise_for_status()


def _disarm(stack: MarketStack) -> None:
    httpx.delete(stack.simulator.url + "/control/faults").raise_for_status()
    wait_until(lambda: stack.feed()["state"] == "live", "the feed is live again")


def _seconds_until(began: float, holds: Callable[[], bool]) -> float:
    """Infinite where it takes more than two minutes."""
    while time.monotonic() - began < PATIENCE_SECONDS:
        if holds():
            return time.monotonic() - began
        time.sleep(LOOK_SECONDS)
    return float("inf")


def _print_deaths(kind: str, found: Sequence[tuple[float, float]]) -> None:
    noticed, again = np.array(found).T
    print(
        f"{kind}, {len(found)} times: noticed after {np.median(noticed):.1f} s, at worst"
        f" {noticed.max():.1f} s; frames again after {np.median(again):.1f} s, at worst"
        f" {again.max():.1f} s",
        flush=True,
    )


def _print_outage(outage: Outage, missing: int, healed: float) -> None:
    ahead = f" and {outage.minutes_ahead} minutes set ahead" if outage.minutes_ahead else ""
    print(
        f"outage of {outage.seconds:g} s{ahead}: {missing} candles missing,"
        f" healed {healed:.1f} s after the return",
        flush=True,
    )


def _print_weight(seconds: float, found: tuple[int, int]) -> None:
    highest, asked = found
    print(
        f"two processes asked as much as they could for {seconds:g} s ({asked} requests of ours):"
        f" the exchange counted {highest} in a minute at most, {OUR_SHARE} are ours"
    )


if __name__ == "__main__":
    main()

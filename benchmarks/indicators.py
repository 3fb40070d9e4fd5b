"""Every indicator over a million candles, beside the bare TA-Lib calls in the same run.

CPU time, because cores are shared. The bare calls keep their results as ours does, for fresh
pages are half their cost. Where pandas is installed, as in the development environment, every
call of TA-Lib costs some µs more; a service has none.
`.venv/bin/python benchmarks/indicators.py`; needs no running stack.
"""

import argparse
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import talib

from trading_core.candles import Candles
from trading_core.indicators.atr import PERIOD as ATR_PERIOD
from trading_core.indicators.bollinger import DEVIATIONS
from trading_core.indicators.bollinger import PERIOD as BOLLINGER_PERIOD
from trading_core.indicators.ema import PERIODS
from trading_core.indicators.macd import FAST, SIGNAL, SLOW
from trading_core.indicators.rsi import PERIOD as RSI_PERIOD
from trading_core.indicators.series import indicator_series
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.indicators.values import FloatArray
from trading_core.symbol import Symbol
from trading_core.timeframe import DAY_MS, Timeframe

RECENT_BARS = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candles", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5, help="the cheapest of so many counts")
    options = parser.parse_args()
    candles = _random_minutes(options.candles)
    _print_history(candles, options.runs)
    _print_one_candle(candles, 40 * options.runs)


def _print_history(candles: Candles, runs: int) -> None:
    bare = _least_cpu_seconds(lambda: _bare_talib(candles), runs)
    vwap = _least_cpu_seconds(lambda: _bare_vwap(candles), runs)
    ours = _least_cpu_seconds(lambda: indicator_series(candles, 0, candles.first_open_ms), runs)
    scale = 1e9 / len(candles)
    print(f"{f'{len(candles):,} candles':36}{'CPU ns each':>12}{'of TA-Lib':>11}")
    _print_row("TA-Lib's eight calls", bare, scale, bare)
    _print_row("the same and a plain session VWAP", bare + vwap, scale, bare)
    _print_row("every series, block by block", ours, scale, bare)


def _print_one_candle(candles: Candles, runs: int) -> None:
    recent = candles[-RECENT_BARS:]
    again = _least_cpu_seconds(lambda: _bare_talib(recent), runs)
    one = _least_cpu_seconds(lambda: indicator_snapshot(candles, candles.first_open_ms), runs)
    print(f"{'one new candle':36}{'CPU µs':>12}{'of TA-Lib':>11}")
    _print_row(f"TA-Lib's eight calls over {RECENT_BARS}", again, 1e6, again)
    _print_row("every indicator over its window", one, 1e6, again)


def _print_row(name: str, seconds: float, scale: float, floor: float) -> None:
    print(f"{name:36}{seconds * scale:12.1f}{seconds / floor:11.2f}")


def _random_minutes(bars: int) -> Candles:
    """A random walk of 1m candles from a fixed seed."""
    random = np.random.default_rng(1)
    close = 2000 * np.cumprod(1 + random.normal(0, 1e-3, bars))
    opened = np.concatenate(([2000.0], close[:-1]))
    columns = {
        "timestamp": 1_600_000_020_000 + np.arange(bars) * Timeframe.M1.duration_ms,
        "open": opened,
        "high": np.maximum(opened, close) * 1.0005,
        "low": np.minimum(opened, close) * 0.9995,
        "close": close,
        "volume": random.random(bars),
    }
    return Candles.from_columns(Symbol("ETH", "USDT"), Timeframe.M1, columns)


def _bare_talib(candles: Candles) -> list[object]:
    close = candles.close
    return [
        talib.RSI(close, RSI_PERIOD),
        talib.MACD(close, FAST, SLOW, SIGNAL),
        *(talib.EMA(close, period) for period in PERIODS),
        talib.ATR(candles.high, candles.low, close, ATR_PERIOD),
        talib.BBANDS(close, BOLLINGER_PERIOD, DEVIATIONS, DEVIATIONS),
    ]


def _bare_vwap(candles: Candles) -> FloatArray:
    days = candles.open_time_ms // DAY_MS
    edges = [0, *(np.flatnonzero(np.diff(days)) + 1).tolist(), len(candles)]
    value = (candles.high + candles.low + candles.close) / 3 * candles.volume
    vwap = np.empty(len(candles))
    for first, end in pairwise(edges):
        traded = candles.volume[first:end].cumsum()
        vwap[first:end] = value[first:end].cumsum() / traded
    return vwap


def _least_cpu_seconds(work: Callable[[], object], runs: int) -> float:
    def once() -> float:
        started = time.process_time()
        result = work()
        seconds = time.process_time() - started
        del result
        return seconds

    return min(once() for _ in range(runs))


if __name__ == "__main__":
    main()

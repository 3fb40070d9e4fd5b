"""All ten patterns over a year of minutes, beside TA-Lib's nine candle functions.

`.venv/bin/python benchmarks/patterns.py` needs no data: the market is drawn from a fixed seed.
`… --agreement FILE.parquet …` prints, for recordings of that name (`ETHUSDT-1h-2017-2024`), how
often each pattern fires and how TA-Lib's function of the same name compares.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import talib

from trading_core.candles import COLUMNS, Candles
from trading_core.patterns.agreement import TALIB_FUNCTIONS, Agreement, compare_with_talib
from trading_core.patterns.anatomy import LOOKBACK_BARS
from trading_core.patterns.scan import scan, sightings_until
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe

MINUTES_A_YEAR = 525_600
RECENT_BARS = 500


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--agreement", type=Path, nargs="+", metavar="FILE", default=[])
    options = parser.parse_args()
    if options.agreement:
        for path in options.agreement:
            _print_agreement(path)
    else:
        _print_speed(_year_of_minutes(), options.rounds)


def _print_speed(candles: Candles, rounds: int) -> None:
    recent = candles[-RECENT_BARS:]
    contenders: dict[str, Callable[[], object]] = {
        "TA-Lib's nine functions": lambda: _talib(candles),
        "all ten patterns": lambda: scan(candles, 0),
    }
    live: dict[str, Callable[[], object]] = {
        f"TA-Lib over {RECENT_BARS} bars": lambda: _talib(recent),
        "one new candle": lambda: sightings_until(recent, 1),
    }
    print(f"{'':28}{'ns a candle':>12}{'of TA-Lib':>11}")
    _print_rows(_best_seconds(contenders, rounds), 1e9 / len(candles))
    print(f"{'':28}{'µs':>12}{'of TA-Lib':>11}")
    _print_rows(_best_seconds(live, 20 * rounds), 1e6)


def _print_rows(seconds: dict[str, float], unit: float) -> None:
    floor = next(iter(seconds.values()))
    for name, best in seconds.items():
        print(f"{name:28}{best * unit:12.1f}{best / floor:11.2f}")


def _talib(candles: Candles) -> list[object]:
    prices = (candles.open, candles.high, candles.low, candles.close)
    return [getattr(talib, name)(*prices) for name in sorted(set(TALIB_FUNCTIONS.values()))]


def _best_seconds(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """In turns, so that a noisy moment hits all alike."""
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(rounds):
        for name, run in contenders.items():
            started = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - started)
    return best


def _year_of_minutes() -> Candles:
    random = np.random.default_rng(7)
    close = 2000 * np.exp(np.cumsum(random.normal(0, 1e-3, MINUTES_A_YEAR)))
    open_ = np.concatenate(([2000.0], close[:-1]))
    columns = {
        "timestamp": np.arange(MINUTES_A_YEAR) * MINUTE_MS,
        "open": open_,
        "high": np.maximum(open_, close) * (1 + random.exponential(4e-4, MINUTES_A_YEAR)),
        "low": np.minimum(open_, close) * (1 - random.exponential(4e-4, MINUTES_A_YEAR)),
        "close": close,
        "volume": random.lognormal(3, 1, MINUTES_A_YEAR),
    }
    return Candles.from_columns(Symbol("ETH", "USDT"), Timeframe.M1, columns)


def _print_agreement(path: Path) -> None:
    candles = _recording(path)
    print(f"\n{path.stem}: {len(candles):,} bars; sightings a year of {candles.timeframe} bars\n")
    print("| pattern | ours | TA-Lib | both | only ours | only TA-Lib | … out of place |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for agreement in compare_with_talib(candles):
        cells = " | ".join(_cells(agreement, candles.timeframe.duration_ms))
        print(f"| {agreement.pattern_type} | {cells} |")


def _cells(found: Agreement, bar_ms: int) -> Iterator[str]:
    only_theirs = found.theirs - found.both
    for count in (found.ours, found.theirs, found.both, found.only_ours, only_theirs):
        yield f"{found.per_year(count, bar_ms):,.1f}"
    yield f"{found.only_theirs_out_of_place / only_theirs:.0%}" if only_theirs else "–"


def _recording(path: Path) -> Candles:
    try:
        market, timeframe, _ = path.stem.split("-", 2)
        symbol, bars = Symbol.parse(market), Timeframe(timeframe)
        table = pq.read_table(path, columns=list(COLUMNS))
        columns = {name: table[name].to_numpy() for name in COLUMNS}
        candles = Candles.from_columns(symbol, bars, columns)
    except (OSError, KeyError, ValueError) as error:
        raise SystemExit(f"{path} is no recording: {error}") from error
    if len(candles) <= LOOKBACK_BARS:
        raise SystemExit(f"{path} has no more than {LOOKBACK_BARS} candles")
    return candles


if __name__ == "__main__":
    main()

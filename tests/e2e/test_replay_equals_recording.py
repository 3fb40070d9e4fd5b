"""What is served of a replay is what was recorded: prices exactly, volumes to 8 places."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from recorded_candles import PRICES, VOLUME_PLACES, recorded_bars
from running_stack import RunningStack, wait_for
from stored_candles import Comparison, compare_with_ledger
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("timeframe", list(Timeframe))
def test_every_candle_served_is_the_recorded_one(
    replay: RunningStack, recordings: list[Path], timeframe: Timeframe
) -> None:
    expected = recorded_bars(recordings, timeframe)
    served = wait_for(
        lambda: replay.data(
            "/api/market/candles", symbol="ETH/USDT", timeframe=timeframe.value, limit=5000
        ),
        seconds=60,
        what=f"{timeframe} candles",
    )
    rows = pd.DataFrame(
        served["candles"], columns=["bar", *PRICES, "volume"], dtype=object
    ).set_index("bar")
    inside = rows.loc[rows.index >= expected.index[0]]
    wanted = expected.loc[
        (expected.index >= inside.index[0]) & (expected.index <= inside.index[-1])
    ]
    assert len(inside) >= 100
    assert list(inside.index) == list(wanted.index)
    assert (inside[PRICES].astype(float) == wanted[PRICES]).to_numpy().all()
    served_volume = inside["volume"].map(lambda v: Decimal(str(v)).quantize(VOLUME_PLACES))
    assert (served_volume == wanted["volume"]).all()


def test_the_original_route_serves_500_hours_as_exact_strings(
    replay: RunningStack, recordings: list[Path]
) -> None:
    expected = recorded_bars(recordings, Timeframe.H1)
    data = replay.data("/api/market/ohlcv", symbol="ETHUSDT", timeframe="1h", limit=500)
    assert (data["symbol"], data["timeframe"], data["count"]) == ("ETHUSDT", "1h", 500)
    assert len({candle["id"] for candle in data["candles"]}) == 500
    for candle in data["candles"]:
        row = expected.loc[candle["timestamp"]]
        assert [Decimal(candle[name]) for name in PRICES] == [Decimal(str(row[n])) for n in PRICES]
        assert Decimal(candle["volume"]) == row["volume"]


def test_the_price_moves_and_names_its_source(replay: RunningStack) -> None:
    first = replay.data("/api/market/price", symbol="ETH/USDT")
    assert "ETHUSDT-1m-2024-07" in first["source"]
    assert first["stale"] is False
    wait_for(
        lambda: replay.data("/api/market/price")["price"] != first["price"],
        seconds=20,
        what="another price",
    )


def test_every_candle_of_the_ledger_is_stored_once_and_equal(
    replay: RunningStack, capsys: pytest.CaptureFixture[str]
) -> None:
    def perfect() -> list[Comparison]:
        compared = compare_with_ledger(replay, ("ETHUSDT",))
        return compared if all(comparison.perfect for comparison in compared) else []

    compared = wait_for(perfect, seconds=120, what="all seven timeframes stored as closed")
    with capsys.disabled():
        print("\n" + "\n".join(map(str, compared)))  # noqa: T201 - the figures are the point

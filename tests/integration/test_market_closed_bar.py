"""The volume of one closed bar, judged from stored candles on a real PostgreSQL."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from market_service.candle_store import CandleStore, SeenCandle
from market_service.coverage_store import CoverageStore
from market_service.exact_candle import ExactCandle
from market_service.judge_volume import VolumeJudge
from service_kit.candle_windows import CandleWindows
from service_kit.database import Database, create_database
from service_kit.errors import CandlesMissingError
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import HOUR_MS, Timeframe
from trading_core.volume import AVERAGE_BARS, volume_series

pytestmark = pytest.mark.integration

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
FIRST_MS = 1_722_470_400_000


@pytest.fixture
async def database(database_settings: DatabaseSettings) -> AsyncIterator[Database]:
    database = create_database(database_settings)
    coverage = CoverageStore(database)
    await coverage.begin(SERIES, FIRST_MS)
    await coverage.set_first_available(SERIES, FIRST_MS)
    yield database
    await database.dispose()


def hour(bar: int) -> int:
    return FIRST_MS + bar * HOUR_MS


async def store(database: Database, *bars: int) -> None:
    price = Decimal("2500.1")
    await CandleStore(database).save(
        [
            SeenCandle(
                ExactCandle(SERIES, hour(bar), price, price, price, price, Decimal(bar * bar + 1)),
                CandleOrigin.LIVE,
                FIRST_MS,
            )
            for bar in bars
        ]
    )


@pytest.mark.parametrize("bar", [0, 10, 23, 24, 59])
async def test_one_bar_is_judged_as_in_the_whole_history(database: Database, bar: int) -> None:
    await store(database, *range(60))
    judged = await VolumeJudge(database).at(SERIES, hour(bar))
    window = await CandleWindows(database).at(SERIES.symbol, SERIES.timeframe, hour(bar))
    assert judged.analysis == volume_series(window.candles.volume).at(bar)
    answer = judged.to_json()
    assert answer["timestamp"] == hour(bar)
    assert answer["candles"]["untilMs"] == hour(bar + 1)
    assert answer["candles"]["fromMs"] == hour(max(0, bar - AVERAGE_BARS + 1))
    same = window.candles.between(answer["candles"]["fromMs"], answer["candles"]["untilMs"])
    assert answer["candles"]["hash"] == same.content_hash()


async def test_a_bar_that_is_not_stored_is_named(database: Database) -> None:
    await store(database, *range(30))
    with pytest.raises(CandlesMissingError) as missing:
        await VolumeJudge(database).at(SERIES, hour(30))
    assert missing.value.missing == (TimeRange(hour(30), hour(31)),)
    assert (missing.value.status, missing.value.type) == (409, "candles_missing")


@pytest.mark.parametrize("hole", [0, 25])
async def test_a_hole_in_what_is_averaged_is_named_and_an_older_one_does_not_matter(
    database: Database, hole: int
) -> None:
    await store(database, *(bar for bar in range(60) if bar != hole))
    with pytest.raises(CandlesMissingError) as missing:
        await VolumeJudge(database).at(SERIES, hour(hole + 5))
    assert missing.value.missing == (TimeRange(hour(hole), hour(hole + 1)),)
    assert (await VolumeJudge(database).at(SERIES, hour(55))).analysis.current == 55 * 55 + 1


async def test_an_outage_is_no_hole(database: Database) -> None:
    await store(database, *(bar for bar in range(60) if bar not in range(20, 26)))
    await CoverageStore(database).record_outages(SERIES, [TimeRange(hour(20), hour(26))], hour(60))
    judged = await VolumeJudge(database).at(SERIES, hour(30))
    assert len(judged.candles) == AVERAGE_BARS
    window = await CandleWindows(database).at(SERIES.symbol, SERIES.timeframe, hour(30))
    assert judged.analysis == volume_series(window.candles.volume).at(len(window.candles) - 1)

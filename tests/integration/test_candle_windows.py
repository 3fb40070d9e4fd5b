"""Windows of candles from a real PostgreSQL: quick ones equal fresh ones, whatever happens."""

import random
from collections.abc import AsyncIterator

import pytest

from candle_history import CandleHistory, connect, random_walk, without_bars
from service_kit import candle_windows
from service_kit.candle_window_queries import StretchRead, read_stretch
from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.database import Database, create_database
from service_kit.errors import CandlesMissingError
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from trading_core.candle_origin import CandleOrigin
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import WINDOW_BARS, Timeframe

pytestmark = pytest.mark.integration

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.M1)
KEY = (SERIES.symbol, SERIES.timeframe)
BAR_MS = SERIES.bar_ms
GRID_MS = 14_000 * WINDOW_BARS * BAR_MS
FIRST_MS = GRID_MS - WINDOW_BARS * BAR_MS
CANDLES = random_walk(SERIES, FIRST_MS, 3 * WINDOW_BARS + 500)


def at(bar: int) -> int:
    """Open of a bar of `CANDLES`."""
    return FIRST_MS + bar * BAR_MS


@pytest.fixture
async def history(database_url: str) -> AsyncIterator[CandleHistory]:
    connection = await connect(database_url)
    yield CandleHistory(SERIES, connection)
    await connection.close()


@pytest.fixture
async def database(database_settings: DatabaseSettings) -> AsyncIterator[Database]:
    database = create_database(database_settings)
    yield database
    await database.dispose()


class Compared:
    """Windows that keep what they read, each compared with windows that have read nothing yet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.quick = CandleWindows(database)

    async def at(self, bar: int) -> CandleWindow:
        found = await self.quick.at(*KEY, at(bar))
        expected = await CandleWindows(self._database).at(*KEY, at(bar))
        assert_equal(found, expected)
        return found

    async def available(self, since: int, until: int) -> CandleWindow:
        found = await self.quick.available(*KEY, at(since), at(until))
        fresh = CandleWindows(self._database)
        assert_equal(found, await fresh.available(*KEY, at(since), at(until)))
        return found


def assert_equal(found: CandleWindow, expected: CandleWindow) -> None:
    assert found.candles == expected.candles
    others = ("first_available_ms", "as_of_ms", "outages", "holes")
    for name in others:
        assert getattr(found, name) == getattr(expected, name), name


@pytest.fixture
def windows(database: Database) -> Compared:
    return Compared(database)


async def test_a_window_is_what_the_rule_says(history: CandleHistory, windows: Compared) -> None:
    await history.store(CANDLES)
    for bar in (2_000, 3_999, 4_000, 4_001, 2_500, 6_499):
        window = await windows.at(bar)
        start = max(0, (bar // WINDOW_BARS - 1) * WINDOW_BARS)
        assert window.candles == CANDLES.between(at(start), at(bar + 1))
        assert window.as_of_ms == at(bar + 1)


async def test_only_newer_rows_are_read_as_bars_close(
    history: CandleHistory, windows: Compared, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bars: list[int] = []

    async def counting(*arguments: object) -> StretchRead:
        read = await read_stretch(*arguments)  # type: ignore[arg-type] # passed on as they come
        read_bars.append(len(read.fresh.candles))
        return read

    await history.store(CANDLES[:3_990])
    await windows.quick.at(*KEY, at(3_989))
    monkeypatch.setattr(candle_windows, "read_stretch", counting)
    for bar in range(3_990, 4_010):
        await history.store(CANDLES[bar : bar + 1], CandleOrigin.LIVE)
        await windows.quick.at(*KEY, at(bar))
    assert read_bars == [1] * 20


async def test_a_revision_is_noticed_even_while_the_clock_stands(
    history: CandleHistory, windows: Compared
) -> None:
    await history.store(CANDLES)
    before = await windows.at(4_500)
    await history.revise(at(3_000), seen_at_ms=0)
    after = await windows.at(4_500)
    assert after.candles != before.candles
    assert after.as_of_ms == before.as_of_ms
    await history.revise(at(4_500), seen_at_ms=at(9_000))
    assert (await windows.at(4_500)).as_of_ms == at(9_000)


async def test_a_hole_is_an_error_that_names_it_until_it_is_healed(
    history: CandleHistory, windows: Compared
) -> None:
    await history.store(CANDLES[:4_400])
    await windows.at(4_399)
    await history.store(CANDLES[4_403:4_501])
    for _ in range(2):
        with pytest.raises(CandlesMissingError, match="3 1m candles") as caught:
            await windows.quick.at(*KEY, at(4_500))
        assert caught.value.missing == (TimeRange(at(4_400), at(4_403)),)
    await history.store(CANDLES[4_400:4_403], CandleOrigin.HEALED)
    assert (await windows.at(4_500)).candles == CANDLES.between(at(2_000), at(4_501))


async def test_outages_come_and_go(history: CandleHistory, windows: Compared) -> None:
    await history.store(without_bars(CANDLES, slice(4_100, 4_110)))
    with pytest.raises(CandlesMissingError):
        await windows.at(4_500)
    await history.record_outage(at(4_100), at(4_110))
    window = await windows.at(4_500)
    assert window.outages == (TimeRange(at(4_100), at(4_110)),)
    with pytest.raises(CandlesMissingError) as caught:
        await windows.at(4_105)
    assert caught.value.missing == (TimeRange(at(4_105), at(4_106)),)
    await history.end_outages()
    with pytest.raises(CandlesMissingError):
        await windows.quick.at(*KEY, at(4_500))


async def test_the_first_bar_that_the_exchange_has_cuts_the_window(
    history: CandleHistory, windows: Compared
) -> None:
    await history.store(CANDLES[1_000:])
    with pytest.raises(CandlesMissingError, match="1000 1m candles"):
        await windows.at(3_000)
    for first in (1_000, 1_500, 1_200):
        await history.set_first_available(at(first))
        window = await windows.at(3_000)
        assert window.candles.first_open_ms == window.first_available_ms == at(first)
    with pytest.raises(CandlesMissingError):
        await windows.at(1_100)
    await history.set_first_available(at(500))
    with pytest.raises(CandlesMissingError, match="500 1m candles"):
        await windows.quick.at(*KEY, at(3_000))


@pytest.mark.parametrize("bar", [6_500, 900_000])
async def test_a_bar_that_has_not_closed_is_missing(
    history: CandleHistory, windows: Compared, bar: int
) -> None:
    await history.store(CANDLES)
    with pytest.raises(CandlesMissingError):
        await windows.at(bar)


async def test_what_is_there_comes_with_its_holes_and_who_suffers_from_them(
    history: CandleHistory, windows: Compared
) -> None:
    await history.store(without_bars(CANDLES, slice(2_100, 2_102)))
    with pytest.raises(CandlesMissingError):
        await windows.quick.over(*KEY, at(2_000), at(6_500))
    window = await windows.available(2_000, 6_500)
    assert window.holes == (TimeRange(at(2_100), at(2_102)),)
    opens = window.candles.open_time_ms
    whole = opens[window.is_whole_at(opens)]
    assert set(whole.tolist()) == {*map(at, range(2_100)), *map(at, range(6_000, 6_500))}
    for bar in (2_099, 6_000):
        await windows.at(bar)
    for bar in (2_102, 5_999):
        with pytest.raises(CandlesMissingError):
            await windows.at(bar)


async def test_a_history_takes_the_memory_of_its_last_bars_only(
    history: CandleHistory, windows: Compared
) -> None:
    await history.store(CANDLES)
    await windows.available(2_000, 6_500)
    (kept,) = windows.quick._kept.values()
    assert len(kept.candles) == candle_windows.KEPT_BARS
    assert kept.candles.close.base is None
    await windows.at(3_000)
    assert list(windows.quick._kept.values()) == [kept]
    assert (await windows.at(6_499)).candles.close.base is not None


async def test_an_older_or_longer_stretch_is_read_afresh(
    history: CandleHistory, windows: Compared
) -> None:
    await history.store(CANDLES)
    await windows.at(6_499)
    for since, until in ((1_000, 1_010), (0, 6_499), (2_100, 6_500), (3_000, 3_001)):
        window = await windows.available(since, until)
        assert window.candles.last_open_ms == at(until - 1)


async def test_series_are_kept_apart_and_not_without_end(
    history: CandleHistory, windows: Compared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candle_windows, "KEPT_SERIES", 2)
    await history.store(CANDLES)
    for base in ("BTC", "XRP"):
        other = Series(Symbol(base, "USDT"), SERIES.timeframe)
        part = random_walk(other, FIRST_MS, 2_100, seed=len(base))
        await CandleHistory(other, history.connection).store(part)
        found = await windows.quick.over(other.symbol, other.timeframe, at(2_000), at(2_100))
        assert found.candles == part
    await windows.at(2_099)
    assert [series.symbol.base for series in windows.quick._kept] == ["XRP", "ETH"]


async def test_quick_windows_equal_fresh_ones_whatever_happens_in_between(
    history: CandleHistory, windows: Compared
) -> None:
    chance = random.Random(11)  # noqa: S311 - a test's dice
    unstored = set(range(2_500, 6_500)) - set(chance.sample(range(2_500, 6_500), 3_600))
    await history.store(without_bars(CANDLES, sorted(unstored)))
    for step in range(60):
        match chance.choice(["store", "revise", "outage", "end", "first"]):
            case "store" if unstored:
                bar = unstored.pop()
                await history.store(CANDLES[bar : bar + 1], seen_at_ms=at(chance.randrange(7_000)))
            case "outage":
                bar = chance.choice(sorted(unstored))
                await history.record_outage(at(bar), at(bar + 1) + step)
            case "end":
                await history.end_outages()
            case "first":
                await history.set_first_available(at(chance.randrange(2_100)))
            case _:
                await history.revise(at(chance.randrange(2_000)), at(chance.randrange(7_000)))
        until = chance.randrange(4_000, 6_500)
        await windows.available(until - chance.choice([1, 1, 50]), until)

"""Confidence fitted from what became of signals, on a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from candle_history import connect
from in_process import in_process
from service_kit.clock import POLL_SECONDS, ClockState
from service_kit.database import Database, create_database
from service_kit.series import Series
from service_kit.settings import DatabaseSettings
from signal_rows import insert, opened
from signals_service.app import build_app
from signals_service.confidence_map_store import ConfidenceMapStore
from signals_service.confidence_maps import ConfidenceMaps
from signals_service.settings import SignalsSettings
from signals_service.signal_row import SignalRow
from trading_core.decision.confidence import ScoredOutcome, confidence, fit_confidence_map
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.decision.sides import Side
from trading_core.signal_state import SignalOrigin, SignalStatus
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

NOW_MS = 1_722_816_000_000
ETH = Series(Symbol("ETH", "USDT"), Timeframe.H1)
BTC = Series(Symbol("BTC", "USDT"), Timeframe.H1)
VERSION = DEFAULT_ENGINE.version
SERIES = (Timeframe.H1, VERSION)
KEY = (Side.BUY, *SERIES)


@dataclass(frozen=True, slots=True)
class Stack:
    client: httpx.AsyncClient
    database: Database
    connection: Any  # asyncpg ships no types
    clock_file: Path

    def maps(self) -> ConfidenceMaps:
        """As another replica has them."""
        return ConfidenceMaps(ConfidenceMapStore(self.database))

    async def refit(self) -> list[dict[str, Any]]:
        answer = await self.client.post("/confidence-maps/refit")
        assert answer.status_code == 200, answer.text
        fitted: list[dict[str, Any]] = answer.json()["data"]
        return fitted


@pytest.fixture
async def stack(
    database_settings: DatabaseSettings, database_url: str, redis_url: str, tmp_path: Path
) -> AsyncIterator[Stack]:
    clock_file = tmp_path / "clock.json"
    ClockState(NOW_MS, None).write(clock_file)
    settings = SignalsSettings(
        database_url=database_url,
        redis_url=redis_url,
        symbols="ETH/USDT,BTC/USDT",
        clock_file=clock_file,
    )
    database, connection = create_database(database_settings), await connect(database_url)
    async with in_process(build_app(settings)) as client:
        yield Stack(client, database, connection, clock_file)
    await connection.close()
    await database.dispose()


def left(
    number: int,
    series: Series = ETH,
    side: Side = Side.BUY,
    closed_ms: int = 0,
    **changes: Any,  # noqa: ANN401
) -> SignalRow:
    """The higher the score, the likelier its target was reached."""
    reached = number % 10 < number // 10
    at_ms = closed_ms or NOW_MS - 100 * ETH.bar_ms + number
    return opened(
        side,
        NOW_MS - (200 + number) * ETH.bar_ms,
        series,
        status=SignalStatus.CLOSED,
        score=(0.4 + 0.004 * number) * side.sign,
        closed_at_ms=at_ms,
        outcome={"exitReason": "take_profit_1" if reached else "stop"},
        **changes,
    )


async def test_a_map_is_fitted_across_markets_and_says_how_much_of_it_was_rebuilt(
    stack: Stack,
) -> None:
    rebuilt: dict[str, Any] = {"origin": SignalOrigin.HISTORICAL}  # Any: a column's type
    await insert(stack.connection, *(left(number) for number in range(60)))
    await insert(stack.connection, *(left(number, BTC, **rebuilt) for number in range(60, 100)))
    (fitted,) = await stack.refit()
    assert fitted["outcomes"] == 100
    assert fitted["historicalOutcomes"] == 40
    assert (fitted["side"], fitted["timeframe"]) == ("BUY", "1h")
    found = (await stack.maps().at(*SERIES, NOW_MS))[Side.BUY]
    assert str(found.id) == fitted["id"]
    wanted = fit_confidence_map(
        DEFAULT_ENGINE,
        Side.BUY,
        Timeframe.H1,
        [
            ScoredOutcome(
                0.4 + 0.004 * number,
                NOW_MS - 100 * ETH.bar_ms + number,
                number % 10 < number // 10,
                number >= 60,
            )
            for number in range(100)
        ],
        NOW_MS,
    )
    assert found == wanted
    weak, strong = (confidence(score, Side.BUY, found) for score in (0.4, 0.8))
    assert weak.calibrated
    assert weak.percent < strong.percent


async def test_what_closed_later_and_other_sides_and_engines_take_no_part(stack: Stack) -> None:
    await insert(stack.connection, *(left(number) for number in range(30)))
    await insert(
        stack.connection,
        left(30, closed_ms=NOW_MS),
        left(31, closed_ms=NOW_MS + 1),
        left(32, side=Side.SELL),
        left(33, engine_version="another"),
    )
    (fitted,) = await stack.refit()
    assert fitted["outcomes"] == 30


async def test_too_few_outcomes_give_no_map(stack: Stack) -> None:
    await insert(stack.connection, *(left(number) for number in range(29)))
    assert await stack.refit() == []
    assert await stack.maps().at(*SERIES, NOW_MS) == {}


async def test_only_what_has_changed_is_refitted_and_old_maps_stay(stack: Stack) -> None:
    await insert(stack.connection, *(left(number) for number in range(40)))
    (first,) = await stack.refit()
    later_ms = NOW_MS + ETH.bar_ms
    ClockState(later_ms, None).write(stack.clock_file)
    maps = stack.maps()
    assert str((await maps.at(*SERIES, later_ms))[Side.BUY].id) == first["id"]
    await asyncio.sleep(2 * POLL_SECONDS)  # the service looks at its clock so often
    assert await stack.refit() == []
    await insert(stack.connection, left(40, closed_ms=NOW_MS + 5))
    (second,) = await stack.refit()
    assert second["outcomes"] == 41
    for bar_ms, known in ((NOW_MS, first), (later_ms - 1, first), (later_ms, second)):
        assert str((await maps.at(*SERIES, bar_ms))[Side.BUY].id) == known["id"], bar_ms
    assert await maps.at(*SERIES, NOW_MS - 1) == {}


async def test_fitting_the_same_twice_at_once_stores_one_map(stack: Stack) -> None:
    await insert(stack.connection, *(left(number) for number in range(40)))
    for maps in (stack.maps(), stack.maps()):
        outcomes = await ConfidenceMapStore(stack.database).outcomes(*KEY, NOW_MS)
        fitted = fit_confidence_map(DEFAULT_ENGINE, Side.BUY, Timeframe.H1, outcomes, NOW_MS)
        assert fitted is not None
        await ConfidenceMapStore(stack.database).save(fitted)
        assert await maps.get(fitted.id) == fitted
    assert await stack.connection.fetchval("SELECT count(*) FROM confidence_maps") == 1


async def test_a_map_that_a_signal_names_is_published_as_it_was_fitted(stack: Stack) -> None:
    await insert(stack.connection, *(left(number) for number in range(40)))
    (fitted,) = await stack.refit()
    answer = await stack.client.get(f"/api/signals/confidence-maps/{fitted['id']}")
    shown = answer.json()["data"]
    points = shown.pop("points")
    assert shown == fitted | {"engineVersion": VERSION, "fittedUntilMs": NOW_MS}
    stored = (await stack.maps().at(*SERIES, NOW_MS))[Side.BUY]
    for point in points:
        assert point["confidence"] == confidence(point["score"], Side.BUY, stored).percent
    assert [point["score"] for point in points] == sorted(point["score"] for point in points)


async def test_a_map_that_nobody_fitted_is_not_found(stack: Stack) -> None:
    answer = await stack.client.get(f"/api/signals/confidence-maps/{uuid4()}")
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "not_found")

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from prometheus_client import CollectorRegistry

from decided_bar import HOURS, decided, gathered, window
from service_kit.clock import Clock
from service_kit.errors import StoreUnavailableError
from service_kit.series import Series
from signals_service.announce_decisions import DecisionAnnouncer
from signals_service.cursor_store import CursorState, CursorStore, UndecidedCandle
from signals_service.decide_candle import CandleDecider
from signals_service.decide_series import Desk, SeriesDecider, Step
from signals_service.decide_stragglers import StragglerDecider
from signals_service.engine_store import EngineStore
from signals_service.errors import InputMissingError
from signals_service.signal_row import SignalRow
from signals_service.signal_store import SignalStore, Stored
from signals_service.signals_metrics import SignalsMetrics
from trading_core.candle_origin import CandleOrigin
from trading_core.decision.engine import DEFAULT_ENGINE, Engine

STARTED_MS = 1_000_000
SKIP_AFTER_SECONDS = 900.0
ROW = decided(gathered(window()))


@dataclass
class Tables:
    """What the stores would keep, of one series."""

    candles: list[UndecidedCandle] = field(default_factory=list)
    cursor_ms: int | None = None
    live_since_ms: int | None = 0
    waiting: tuple[int, str] | None = None
    decided: list[int] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    engines: set[str] = field(default_factory=set)
    told: list[int] = field(default_factory=list)
    taken_by_another: bool = False


class FakeCursors(CursorStore):
    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    async def begin(self, series: Series) -> None:
        del series
        assert DEFAULT_ENGINE.version in self.tables.engines
        self.tables.cursor_ms = self.tables.live_since_ms

    async def read(self, series: Series) -> CursorState | None:
        del series
        cursor_ms = self.tables.cursor_ms
        since_ms, reason = self.tables.waiting or (None, None)
        if cursor_ms is None:
            return None
        ahead = [one for one in self.tables.candles if one.timestamp >= cursor_ms]
        nearest = min(ahead, key=lambda one: one.timestamp, default=None)
        return CursorState(cursor_ms, since_ms, reason, nearest)

    async def wait(self, series: Series, cursor_ms: int, since_ms: int, reason: str) -> None:
        del series
        assert cursor_ms == self.tables.cursor_ms
        known = self.tables.waiting
        self.tables.waiting = (known[0] if known else since_ms, reason)

    async def skip(
        self, series: Series, state: CursorState, timestamp: int, missing: str, now_ms: int
    ) -> bool:
        del state, now_ms
        self.tables.skipped[timestamp] = missing
        self.tables.cursor_ms = timestamp + series.bar_ms
        return not self.tables.taken_by_another

    async def skip_straggler(
        self, series: Series, timestamp: int, missing: str, now_ms: int
    ) -> bool:
        del series, now_ms
        self.tables.skipped[timestamp] = missing
        return not self.tables.taken_by_another

    async def stragglers(self, series: Series, since_ms: int) -> list[UndecidedCandle]:
        del series
        settled = {*self.tables.decided, *self.tables.skipped}
        behind = [
            one for one in self.tables.candles if one.timestamp < (self.tables.cursor_ms or 0)
        ]
        return [one for one in behind if one.timestamp >= since_ms and one.timestamp not in settled]


class FakeSignals(SignalStore):
    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    async def decide(self, row: SignalRow, cursor_ms: int) -> Stored | None:
        if self.tables.taken_by_another or cursor_ms != self.tables.cursor_ms:
            return None
        self.tables.cursor_ms = row.timestamp + HOURS.bar_ms
        self.tables.waiting = None
        return await self.decide_straggler(row)

    async def decide_straggler(self, row: SignalRow) -> Stored | None:
        self.tables.decided.append(row.timestamp)
        return Stored(row, ())


class FakeEngines(EngineStore):
    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    async def keep(self, engine: Engine) -> None:
        self.tables.engines.add(engine.version)


class FakeAnnouncer(DecisionAnnouncer):
    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    async def announce(self, stored: Stored) -> None:
        self.tables.told.append(stored.row.timestamp)


class FakeDecider(CandleDecider):
    """Decides whatever is not said to lack something."""

    def __init__(self) -> None:
        self.engine = DEFAULT_ENGINE
        self.missing: Callable[[int], str | None] = lambda _: None

    async def decide(self, series: Series, candle: UndecidedCandle) -> SignalRow:
        del series
        reason = self.missing(candle.timestamp)
        if reason is not None:
            raise InputMissingError(reason)
        return replace(ROW, timestamp=candle.timestamp)


@dataclass
class Wall:
    now_ms: float = STARTED_MS

    def __call__(self) -> float:
        return self.now_ms


@dataclass
class Scene:
    tables: Tables
    decider: FakeDecider
    wall: Wall
    desk: Desk
    series: SeriesDecider
    registry: CollectorRegistry

    @property
    def failures(self) -> float | None:
        name, labels = "signals_failures_total", {"timeframe": HOURS.timeframe.value}
        return self.registry.get_sample_value(name, labels)

    def closed(self, *bars: int) -> None:
        self.tables.candles += [
            UndecidedCandle(bar * HOURS.bar_ms, CandleOrigin.LIVE, int(self.wall.now_ms))
            for bar in bars
        ]


@pytest.fixture
def scene() -> Scene:
    tables, decider, wall, registry = Tables(), FakeDecider(), Wall(), CollectorRegistry()
    desk = Desk(
        decider=decider,
        engines=FakeEngines(tables),
        cursors=FakeCursors(tables),
        signals=FakeSignals(tables),
        announcer=FakeAnnouncer(tables),
        clock=Clock(None, wall),
        metrics=SignalsMetrics(registry),
        skip_after_seconds=SKIP_AFTER_SECONDS,
        started_at_ms=STARTED_MS,
    )
    return Scene(tables, decider, wall, desk, SeriesDecider(HOURS, desk), registry)


def opens(*bars: int) -> list[int]:
    return [bar * HOURS.bar_ms for bar in bars]


async def test_candles_are_decided_in_the_order_of_time(scene: Scene) -> None:
    scene.closed(2, 0, 1)
    assert await scene.series.catch_up() is Step.IDLE
    assert scene.tables.decided == scene.tables.told == opens(0, 1, 2)


async def test_a_series_that_nobody_watches_yet_has_no_cursor(scene: Scene) -> None:
    scene.tables.live_since_ms = None
    assert await scene.series.step() is Step.IDLE
    scene.tables.live_since_ms = 0
    scene.closed(0)
    assert await scene.series.step() is Step.DECIDED


async def test_what_is_missing_is_waited_for_with_its_first_time_and_newest_reason(
    scene: Scene,
) -> None:
    scene.closed(0, 1)
    scene.decider.missing = lambda _: "2 candles"
    assert await scene.series.catch_up() is Step.WAITING
    scene.wall.now_ms += 5_000
    scene.decider.missing = lambda _: "1 candle"
    assert await scene.series.catch_up() is Step.WAITING
    assert scene.tables.waiting == (STARTED_MS, "1 candle")
    assert str(scene.series.missing) == "1 candle"
    scene.decider.missing = lambda _: None
    assert await scene.series.catch_up() is Step.IDLE
    assert scene.series.missing is None


async def test_a_candle_is_given_up_when_its_input_was_missing_for_long(scene: Scene) -> None:
    scene.closed(0)
    scene.decider.missing = lambda _: "analysis is away"
    await scene.series.step()
    scene.wall.now_ms += SKIP_AFTER_SECONDS * 1000 - 1
    assert await scene.series.step() is Step.WAITING
    scene.wall.now_ms += 1
    assert await scene.series.step() is Step.SKIPPED
    assert scene.tables.skipped == {0: "analysis is away"}


async def test_a_younger_candle_gets_its_own_time(scene: Scene) -> None:
    scene.closed(0)
    scene.decider.missing = lambda _: "a hole"
    await scene.series.step()
    scene.wall.now_ms += SKIP_AFTER_SECONDS * 1000
    scene.closed(1)
    assert await scene.series.catch_up() is Step.WAITING
    assert list(scene.tables.skipped) == opens(0)


async def test_time_before_we_started_does_not_count(scene: Scene) -> None:
    scene.closed(0)
    scene.tables.cursor_ms, scene.tables.waiting = 0, (0, "a hole")
    scene.decider.missing = lambda _: "a hole"
    assert await scene.series.step() is Step.WAITING


async def test_one_hiccup_behind_a_long_backlog_gives_nothing_up(scene: Scene) -> None:
    scene.closed(0, 1)
    scene.wall.now_ms += 2 * SKIP_AFTER_SECONDS * 1000
    assert await scene.series.step() is Step.DECIDED
    scene.decider.missing = lambda _: "analysis is away"
    assert await scene.series.step() is Step.WAITING


async def test_another_replica_that_was_first_is_noticed(scene: Scene) -> None:
    scene.closed(0)
    scene.tables.taken_by_another = True
    assert await scene.series.catch_up() is Step.OVERTAKEN
    assert scene.tables.told == []


async def test_a_database_that_is_away_is_said_to_the_caller(scene: Scene) -> None:
    def away(_timestamp: int) -> str | None:
        raise StoreUnavailableError("the database cannot be reached")

    scene.closed(0)
    scene.decider.missing = away
    with pytest.raises(StoreUnavailableError):
        await scene.series.step()
    scene.decider.missing = lambda _: None
    assert await scene.series.step() is Step.DECIDED


async def test_an_attempt_that_an_error_ended_is_a_failure_and_waiting_is_none(
    scene: Scene,
) -> None:
    def breaks(_timestamp: int) -> str | None:
        raise ZeroDivisionError

    scene.closed(0, 1)
    scene.tables.cursor_ms = HOURS.bar_ms
    stragglers = StragglerDecider(HOURS, scene.desk)
    assert scene.failures == 0
    scene.decider.missing = lambda _: "a hole"
    assert await scene.series.step() is Step.WAITING
    assert scene.failures == 0
    scene.decider.missing = breaks
    with pytest.raises(ZeroDivisionError):
        await scene.series.step()
    assert scene.failures == 1
    with pytest.raises(ZeroDivisionError):
        await stragglers.decide_all(0)
    assert scene.failures == 2


async def test_stragglers_are_decided_and_given_up_each_in_its_own_time(scene: Scene) -> None:
    scene.closed(0, 1, 2)
    scene.tables.cursor_ms = 3 * HOURS.bar_ms
    stragglers = StragglerDecider(HOURS, scene.desk)
    scene.decider.missing = lambda timestamp: None if timestamp else "a hole"
    await stragglers.decide_all(0)
    assert scene.tables.decided == opens(1, 2)
    assert scene.tables.skipped == {}
    scene.wall.now_ms += SKIP_AFTER_SECONDS * 1000
    await stragglers.decide_all(0)
    assert scene.tables.skipped == {0: "a hole"}


async def test_a_straggler_that_another_replica_has_settled_is_not_counted_as_given_up(
    scene: Scene,
) -> None:
    scene.closed(0)
    scene.tables.cursor_ms = HOURS.bar_ms
    scene.tables.taken_by_another = True
    scene.decider.missing = lambda _: "a hole"
    stragglers = StragglerDecider(HOURS, scene.desk)
    await stragglers.decide_all(0)
    scene.wall.now_ms += SKIP_AFTER_SECONDS * 1000
    await stragglers.decide_all(0)
    symbol, timeframe = HOURS.key
    labels = {"symbol": symbol, "timeframe": timeframe}
    assert not scene.registry.get_sample_value("signals_skipped_total", labels)

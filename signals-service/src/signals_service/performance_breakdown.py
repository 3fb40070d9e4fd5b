"""The scorecard of one series and origin taken apart: over time, and by what may explain it."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from service_kit.errors import NotFoundError
from service_kit.series import Series
from signals_service.breakdown_schemas import (
    BreakdownFigures,
    ConfidenceFigures,
    EngineFigures,
    HistogramBinFigures,
    MonthFigures,
    PartFigures,
    SideFigures,
    TimeframeFigures,
)
from signals_service.engine_store import EngineStore
from signals_service.equity_figures import equity_figures
from signals_service.gathered_inputs import Feed
from signals_service.kept_figures import KeptFigures
from signals_service.performance_schemas import FeedFigures, PeriodFigures
from signals_service.performance_store import LeftSignal, PerformanceStore
from signals_service.read_market import MarketReader
from trading_core.decision.engine import Engine
from trading_core.scorecard.breakdown import (
    ClaimedSignal,
    Part,
    by_confidence,
    by_month,
    by_side,
    grouped,
    part,
)
from trading_core.scorecard.market import Market
from trading_core.scorecard.net_r_histogram import net_r_histogram
from trading_core.scorecard.score import ScoredSignal
from trading_core.scorecard.scorecard import period_of
from trading_core.signal_state import SignalOrigin
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownQuestion:
    series: Series
    origin: SignalOrigin
    since_ms: int | None
    engine_version: str | None
    """None: of rebuilt signals the current engine's, of live ones every engine's."""


class PerformanceBreakdown:
    def __init__(
        self,
        store: PerformanceStore,
        engines: EngineStore,
        markets: MarketReader,
        kept: KeptFigures,
        engine: Engine,
        feed: Feed,
    ) -> None:
        self._store = store
        self._engines = engines
        self._markets = markets
        self._kept = kept
        self._engine = engine
        self._feed = feed

    async def read(self, question: BreakdownQuestion) -> bytes:
        """JSON, with every outcome so far.

        Raises NotFoundError for an engine that is not known here, StoreUnavailableError.
        """
        version = self._version(question)
        engine = await self._known_engine(version)
        make = partial(self._figures, question, version, engine)
        parts = (*question.series.key, question.origin.value, question.since_ms, version)
        return await self._kept.read(("breakdown", *parts), make)

    def _version(self, question: BreakdownQuestion) -> str | None:
        if question.engine_version is None and question.origin is SignalOrigin.HISTORICAL:
            return self._engine.version
        return question.engine_version

    async def _known_engine(self, version: str | None) -> Engine:
        """Whose levels and horizon the random entries have; the current one's for all engines."""
        if version is None or version == self._engine.version:
            return self._engine
        found = await self._engines.read(version)
        if found is None:
            raise NotFoundError(f"no engine {version} is known here")
        return found

    async def _figures(
        self, question: BreakdownQuestion, version: str | None, engine: Engine
    ) -> BreakdownFigures:
        series = question.series
        left = await self._store.left(series.symbol, question.origin, question.since_ms or 0)
        asked = [one for one in left if one.series == series and _is_of(version, one)]
        signals = [one.scored for one in asked]
        market = await self._markets.read(series, signals, engine) if signals else None
        return await asyncio.to_thread(self._taken_apart, question, version, left, asked, market)

    def _taken_apart(
        self,
        question: BreakdownQuestion,
        version: str | None,
        left: Sequence[LeftSignal],
        asked: Sequence[LeftSignal],
        market: Market | None,
    ) -> BreakdownFigures:
        signals = [one.scored for one in asked]
        period = period_of(signals)
        return BreakdownFigures(
            symbol=question.series.symbol.compact,
            timeframe=question.series.timeframe,
            since=question.since_ms,
            origin=question.origin,
            engine_version=version,
            feed=FeedFigures.model_validate(self._feed),
            period=None if period is None else PeriodFigures.model_validate(period),
            total=PartFigures.model_validate(part(signals)),
            equity=equity_figures(signals, market),
            distribution=[HistogramBinFigures.model_validate(b) for b in net_r_histogram(signals)],
            by_month=_months(signals),
            by_side=_sides(signals),
            by_confidence=_confidences(asked),
            by_engine=_engines([one for one in left if one.series == question.series]),
            by_timeframe=_timeframes([one for one in left if _is_of(version, one)]),
        )


def _is_of(version: str | None, one: LeftSignal) -> bool:
    return version in {None, one.engine_version}


def _months(signals: Sequence[ScoredSignal]) -> list[MonthFigures]:
    return [MonthFigures(month=month, **asdict(one)) for month, one in by_month(signals).items()]


def _sides(signals: Sequence[ScoredSignal]) -> list[SideFigures]:
    return [SideFigures(side=side, **asdict(one)) for side, one in by_side(signals).items()]


def _confidences(left: Sequence[LeftSignal]) -> list[ConfidenceFigures]:
    claims = [ClaimedSignal(one.scored, one.confidence) for one in left]
    return [
        ConfidenceFigures(
            calibrated=bin_.calibrated,
            from_percent=bin_.from_percent,
            until_percent=bin_.until_percent,
            **asdict(one),
        )
        for bin_, one in by_confidence(claims).items()
    ]


def _engines(left: Sequence[LeftSignal]) -> list[EngineFigures]:
    """In the order in which they first decided."""
    engines = grouped(left, lambda one: one.engine_version)
    return [EngineFigures(engine_version=one, **asdict(_part(engines[one]))) for one in engines]


def _timeframes(left: Sequence[LeftSignal]) -> list[TimeframeFigures]:
    found = grouped(left, lambda one: one.series.timeframe)
    return [
        TimeframeFigures(timeframe=one, **asdict(_part(found[one])))
        for one in Timeframe
        if one in found
    ]


def _part(left: Sequence[LeftSignal]) -> Part:
    return part([one.scored for one in left])

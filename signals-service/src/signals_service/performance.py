"""The scorecard: what became of live signals and of rebuilt ones, never mixed, beside baselines.

Baselines belong to a series: random entries in one market say nothing about another. Where the
question covers several, their figures are added up and each series has its baselines below.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from service_kit.series import Series
from signals_service.gathered_inputs import Feed
from signals_service.kept_figures import KeptFigures
from signals_service.performance_schemas import (
    CountFigures,
    FeedFigures,
    GroupFigures,
    OriginCounts,
    PerformanceFigures,
    SeriesFigures,
)
from signals_service.performance_store import Asked, LeftSignal, PerformanceStore, SignalFacts
from signals_service.read_market import MarketReader
from trading_core.decision.engine import Engine
from trading_core.decision.sides import Side
from trading_core.scorecard.score import ScoredSignal, score
from trading_core.scorecard.scorecard import period_of, scorecard
from trading_core.signal_state import SignalOrigin
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

_ORIGINS: Final = (SignalOrigin.LIVE, SignalOrigin.HISTORICAL)
_Groups = dict[SignalOrigin, list[ScoredSignal]]


class Performance:
    def __init__(
        self,
        store: PerformanceStore,
        markets: MarketReader,
        kept: KeptFigures,
        engine: Engine,
        feed: Feed,
        symbols: Sequence[Symbol],
    ) -> None:
        self._store = store
        self._markets = markets
        self._kept = kept
        self._engine = engine
        self._feed = feed
        self._symbols = tuple(symbols)

    async def read(
        self, symbol: Symbol | None, timeframe: Timeframe | None, since_ms: int | None
    ) -> bytes:
        """JSON, with every outcome so far; counts of what is open may be a minute old.

        None stands for every market, timeframe and time.

        Raises StoreUnavailableError.
        """
        question = ("performance", symbol, timeframe, since_ms)
        return await self._kept.read(question, partial(self._figures, symbol, timeframe, since_ms))

    async def _figures(
        self, symbol: Symbol | None, timeframe: Timeframe | None, since_ms: int | None
    ) -> PerformanceFigures:
        asked = Asked(
            symbols=(symbol,) if symbol else self._symbols,
            timeframes=(timeframe,) if timeframe else tuple(Timeframe),
            since_ms=since_ms or 0,
            engine_version=self._engine.version,
        )
        facts = await self._store.read(asked)
        series = [await self._series(*one) for one in _by_series(facts.left).items()]
        total = _added_up(facts.left, series)
        return PerformanceFigures(
            symbol=symbol.compact if symbol else None,
            timeframe=timeframe,
            since=since_ms,
            feed=FeedFigures.model_validate(self._feed),
            engine_version=self._engine.version,
            live=total[SignalOrigin.LIVE],
            historical=total[SignalOrigin.HISTORICAL],
            counts=_counts(facts),
            series=series,
        )

    async def _series(self, series: Series, groups: _Groups) -> SeriesFigures:
        signals = [signal for group in groups.values() for signal in group]
        market = await self._markets.read(series, signals, self._engine)
        named = {origin.value: groups[origin] for origin in _ORIGINS}
        found = await asyncio.to_thread(scorecard, named, market)
        return SeriesFigures(
            symbol=series.symbol.compact,
            timeframe=series.timeframe,
            live=GroupFigures.model_validate(found[SignalOrigin.LIVE]),
            historical=GroupFigures.model_validate(found[SignalOrigin.HISTORICAL]),
        )


def _by_series(left: Sequence[LeftSignal]) -> Mapping[Series, _Groups]:
    found: dict[Series, _Groups] = {}
    for one in left:
        groups = found.setdefault(one.series, {origin: [] for origin in _ORIGINS})
        groups[one.origin].append(one.scored)
    return found


def _added_up(
    left: Sequence[LeftSignal], series: Sequence[SeriesFigures]
) -> dict[SignalOrigin, GroupFigures]:
    if len(series) == 1:
        only = series[0]
        return {SignalOrigin.LIVE: only.live, SignalOrigin.HISTORICAL: only.historical}
    return {
        origin: _without_baselines([one.scored for one in left if one.origin is origin])
        for origin in _ORIGINS
    }


def _without_baselines(signals: Sequence[ScoredSignal]) -> GroupFigures:
    return GroupFigures.model_validate(
        {
            "total": score(signals),
            "buy": score([one for one in signals if one.side is Side.BUY]),
            "sell": score([one for one in signals if one.side is Side.SELL]),
            "period": period_of(signals),
            "baselines": None,
        }
    )


def _counts(facts: SignalFacts) -> OriginCounts:
    figures = {
        origin.value: CountFigures.model_validate(facts.counts[origin])
        if origin in facts.counts
        else CountFigures()
        for origin in SignalOrigin
    }
    return OriginCounts.model_validate(figures)

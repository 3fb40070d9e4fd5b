import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from decided_bar import FIRST_MS, HOURS, window
from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.errors import CandlesMissingError, ConflictError, UnavailableError
from service_kit.series import Series
from signals_service.errors import HoleError, InputMissingError
from signals_service.gather_inputs import ATTEMPTS, InputGatherer
from signals_service.gathered_inputs import Source
from signals_service.sibling_answers import (
    FoundPattern,
    IndicatorsAnswer,
    PatternsAnswer,
    PredictionAnswer,
    Probabilities,
    UsedCandles,
    VolumeAnswer,
    VolumeFigures,
)
from signals_service.siblings import Siblings
from trading_core.decision.prediction import PredictedDirection
from trading_core.indicators.values import INDICATORS
from trading_core.patterns.pattern_type import PatternType
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import Timeframe

SEEN = window()
OPENED_MS = SEEN.candles.last_open_ms
PATTERN_BARS = 5
T = TypeVar("T")


def used(candles: CandleWindow = SEEN) -> UsedCandles:
    return UsedCandles.model_validate(candles.fingerprint())


class FakeWindows(CandleWindows):
    def __init__(self, hole: CandlesMissingError | None = None) -> None:
        self.hole = hole

    async def at(self, symbol: Symbol, timeframe: Timeframe, bar_open_ms: int) -> CandleWindow:
        assert (symbol, timeframe, bar_open_ms) == (HOURS.symbol, HOURS.timeframe, OPENED_MS)
        if self.hole:
            raise self.hole
        return SEEN


class FakeSiblings(Siblings):
    """Answers as healthy siblings do, but for those that a test makes fail."""

    def __init__(self, **failing: Callable[[], object]) -> None:
        self.failing = failing
        self.asked: list[str] = []
        self.seen_by_patterns = [used()]

    def _answer(self, name: str, usual: T) -> T:
        self.asked.append(name)
        if name in self.failing:
            self.failing[name]()
        return usual

    async def indicators(self, series: Series, timestamp: int) -> IndicatorsAnswer:
        del series
        values = dict.fromkeys(INDICATORS, 1.0)
        answer = IndicatorsAnswer(candles=used(), indicators=values, timestamp=timestamp)
        return self._answer("indicators", answer)

    async def recent_patterns(self, series: Series, timestamp: int, bars: int) -> PatternsAnswer:
        assert bars == PATTERN_BARS
        found = tuple(
            FoundPattern(timestamp=at, pattern_type=PatternType.DOJI, strength=40)
            for at in (timestamp - bars * series.bar_ms, timestamp)
        )
        several = len(self.seen_by_patterns) > 1
        seen = self.seen_by_patterns.pop(0) if several else self.seen_by_patterns[0]
        return self._answer("patterns", PatternsAnswer(candles=seen, patterns=found))

    async def volume(self, series: Series, timestamp: int) -> VolumeAnswer:
        del series, timestamp
        figures = VolumeFigures(average=2.0, current=1.0, ratio=0.5, verdict="Normal volume")
        return self._answer("volume", VolumeAnswer(candles=used(), volume=figures))

    async def prediction(self, series: Series, timestamp: int) -> PredictionAnswer:
        del series, timestamp
        answer = PredictionAnswer(
            direction=PredictedDirection.NEUTRAL,
            probability=0.5,
            probabilities=Probabilities(up=0.3, neutral=0.5, down=0.2),
            model_id=None,
            abstained=True,
            reason="no_model",
        )
        return self._answer("prediction", answer)


def gatherer(siblings: Siblings, windows: CandleWindows | None = None) -> InputGatherer:
    return InputGatherer(
        windows or FakeWindows(), siblings, pattern_bars=PATTERN_BARS, optional_seconds=0.01
    )


def fail(error: Exception) -> Callable[[], object]:
    def raise_it() -> object:
        raise error

    return raise_it


async def test_everything_that_is_there_is_gathered() -> None:
    inputs = await gatherer(FakeSiblings()).gather(HOURS, OPENED_MS)
    assert inputs.absent == {}
    assert inputs.bar.opened_at_ms == OPENED_MS
    assert inputs.bar.close == SEEN.candles.close[-1]
    assert inputs.bar.prediction is not None
    assert inputs.bar.prediction.abstained


async def test_a_pattern_older_than_the_engine_remembers_is_left_out() -> None:
    inputs = await gatherer(FakeSiblings()).gather(HOURS, OPENED_MS)
    assert [one.opened_at_ms for one in inputs.bar.patterns or ()] == [OPENED_MS]


async def test_an_optional_source_that_fails_is_absent_with_its_reason() -> None:
    siblings = FakeSiblings(
        patterns=fail(UnavailableError("patterns cannot be reached")),
        volume=fail(ConflictError("a candle is missing")),
    )
    inputs = await gatherer(siblings).gather(HOURS, OPENED_MS)
    assert inputs.absent == {
        Source.PATTERNS: "patterns cannot be reached",
        Source.VOLUME: "a candle is missing",
    }
    assert (inputs.bar.patterns, inputs.bar.volume) == (None, None)


async def test_a_connection_that_broke_is_tried_once_more() -> None:
    failures = [fail(UnavailableError("market cannot be reached"))]
    siblings = FakeSiblings(volume=lambda: failures.pop()() if failures else None)
    inputs = await gatherer(siblings).gather(HOURS, OPENED_MS)
    assert inputs.absent == {}
    assert siblings.asked.count("volume") == 2


async def test_a_slow_source_is_absent_after_its_time() -> None:
    class SlowModel(FakeSiblings):
        async def prediction(self, series: Series, timestamp: int) -> PredictionAnswer:
            await asyncio.Event().wait()
            return await super().prediction(series, timestamp)

    inputs = await gatherer(SlowModel()).gather(HOURS, OPENED_MS)
    assert inputs.absent == {Source.PREDICTION: "no answer within 0.01 s"}


async def test_without_indicators_nothing_is_decided_and_the_model_is_not_asked() -> None:
    siblings = FakeSiblings(indicators=fail(UnavailableError("analysis cannot be reached")))
    with pytest.raises(InputMissingError, match="indicators: analysis cannot be reached"):
        await gatherer(siblings).gather(HOURS, OPENED_MS)
    assert "prediction" not in siblings.asked


async def test_a_hole_is_told_apart_from_other_missing_inputs() -> None:
    gap = TimeRange(FIRST_MS, FIRST_MS + HOURS.bar_ms)
    hole = CandlesMissingError(HOURS.symbol, HOURS.timeframe, [gap])
    with pytest.raises(HoleError, match="1 1h candles of ETH/USDT are missing"):
        await gatherer(FakeSiblings(), FakeWindows(hole)).gather(HOURS, OPENED_MS)


async def test_a_source_that_saw_other_versions_is_asked_again() -> None:
    siblings = FakeSiblings()
    other = used().model_copy(update={"hash": "0" * 64})
    siblings.seen_by_patterns = [other, used()]
    inputs = await gatherer(siblings).gather(HOURS, OPENED_MS)
    assert inputs.absent == {}
    assert siblings.asked.count("patterns") == 2


async def test_a_source_that_goes_on_seeing_other_versions_is_absent() -> None:
    siblings = FakeSiblings()
    siblings.seen_by_patterns = [used(replace(SEEN, candles=SEEN.candles[1:-1]))]
    siblings.seen_by_patterns[0] = siblings.seen_by_patterns[0].model_copy(update={"hash": "x"})
    inputs = await gatherer(siblings).gather(HOURS, OPENED_MS)
    assert inputs.absent == {Source.PATTERNS: "it saw other versions of the candles"}
    assert siblings.asked.count("patterns") == ATTEMPTS

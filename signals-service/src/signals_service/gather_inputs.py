"""Ask everyone who knows something about one closed candle, all at once.

The candles, our own window of them, and the indicators are required. Patterns, volume and the
model have a short time; which of them was not there is named. All have to have seen the same
versions of the candles: whoever answers with another hash is asked again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.errors import CandlesMissingError, ServiceError, UnavailableError
from service_kit.series import Series
from signals_service.errors import HoleError, InputMissingError
from signals_service.gathered_inputs import FAMILIES, GatheredInputs, Source, remembered
from signals_service.sibling_answers import (
    IndicatorsAnswer,
    PatternsAnswer,
    UsedCandles,
    VolumeAnswer,
)
from signals_service.siblings import Siblings
from trading_core.decision.inputs import BarInputs
from trading_core.decision.prediction import Prediction
from trading_core.errors import TradingError
from trading_core.patterns.sightings import PatternSighting

ATTEMPTS: Final = 3
AGAIN_AFTER_SECONDS: Final = 0.05
LONGEST_REASON: Final = 200
OTHER_CANDLES: Final = "it saw other versions of the candles"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Absent:
    reason: str

    @classmethod
    def because(cls, error: ServiceError | TradingError) -> Self:
        """What a sibling said, so that it can be stored: PostgreSQL knows no NUL."""
        return cls(str(error).replace("\x00", "")[:LONGEST_REASON])


@dataclass(frozen=True, slots=True)
class _Answers:
    window: CandleWindow
    indicators: IndicatorsAnswer
    patterns: PatternsAnswer | Absent
    volume: VolumeAnswer | Absent
    prediction: Prediction | Absent


class InputGatherer:
    def __init__(
        self,
        windows: CandleWindows,
        siblings: Siblings,
        *,
        pattern_bars: int,
        optional_seconds: float,
    ) -> None:
        self._windows = windows
        self._siblings = siblings
        self._pattern_bars = pattern_bars
        self._optional_seconds = optional_seconds

    async def gather(self, series: Series, timestamp: int) -> GatheredInputs:
        """The inputs of the candle that opens at `timestamp`.

        Raises:
            HoleError: a candle of its window is missing.
            InputMissingError: another required input is.
            StoreUnavailableError: the database is away.

        """
        for _ in range(ATTEMPTS - 1):
            answers = await self._ask_all(series, timestamp)
            if not _others(answers):
                return _gathered(answers, self._pattern_bars)
            await asyncio.sleep(AGAIN_AFTER_SECONDS)
        answers = await self._ask_all(series, timestamp)
        return _gathered(_without(answers, _others(answers)), self._pattern_bars)

    async def _ask_all(self, series: Series, timestamp: int) -> _Answers:
        siblings = self._siblings
        window, (indicators, prediction), patterns, volume = await asyncio.gather(
            self._window(series, timestamp),
            self._indicators_and_prediction(series, timestamp),
            self._optional(lambda: siblings.recent_patterns(series, timestamp, self._pattern_bars)),
            self._optional(lambda: siblings.volume(series, timestamp)),
        )
        if isinstance(window, CandlesMissingError):
            raise HoleError(window)
        if isinstance(indicators, Absent):
            raise InputMissingError(f"indicators: {indicators.reason}")
        return _Answers(window, indicators, patterns, volume, prediction)

    async def _window(self, series: Series, timestamp: int) -> CandleWindow | CandlesMissingError:
        try:
            return await self._windows.at(series.symbol, series.timeframe, timestamp)
        except CandlesMissingError as hole:
            return hole

    async def _indicators_and_prediction(
        self, series: Series, timestamp: int
    ) -> tuple[IndicatorsAnswer | Absent, Prediction | Absent]:
        """The model is asked once the indicators are there, since without them there is no use."""
        try:
            indicators = await _twice(lambda: self._siblings.indicators(series, timestamp))
        except ServiceError as error:
            return Absent.because(error), Absent("it was not asked")
        return indicators, await self._prediction(series, timestamp)

    async def _prediction(self, series: Series, timestamp: int) -> Prediction | Absent:
        answer = await self._optional(lambda: self._siblings.prediction(series, timestamp))
        if isinstance(answer, Absent):
            return answer
        try:
            return answer.prediction()
        except TradingError as error:
            return Absent.because(error)

    async def _optional(self, ask: Callable[[], Awaitable[T]]) -> T | Absent:
        try:
            async with asyncio.timeout(self._optional_seconds):
                return await _twice(ask)
        except TimeoutError:
            return Absent(f"no answer within {self._optional_seconds:g} s")
        except ServiceError as error:
            return Absent.because(error)


async def _twice(ask: Callable[[], Awaitable[T]]) -> T:
    """Once more at once: a sibling closes a connection that was idle just when we use it."""
    try:
        return await ask()
    except UnavailableError:
        return await ask()


def _others(answers: _Answers) -> frozenset[Source]:
    """Sources that saw other versions of the candles than we did."""
    used: dict[Source, UsedCandles] = {Source.INDICATORS: answers.indicators.candles}
    if not isinstance(answers.patterns, Absent):
        used[Source.PATTERNS] = answers.patterns.candles
    if not isinstance(answers.volume, Absent):
        used[Source.VOLUME] = answers.volume.candles
    candles = answers.window.candles
    return frozenset(
        source
        for source, seen in used.items()
        if candles.between(seen.from_ms, seen.until_ms).content_hash() != seen.hash
    )


def _without(answers: _Answers, others: frozenset[Source]) -> _Answers:
    """Raises InputMissingError where a required source is among them."""
    if Source.INDICATORS in others:
        raise InputMissingError(f"indicators: {OTHER_CANDLES}")
    absent = Absent(OTHER_CANDLES)
    return _Answers(
        answers.window,
        answers.indicators,
        absent if Source.PATTERNS in others else answers.patterns,
        absent if Source.VOLUME in others else answers.volume,
        answers.prediction,
    )


def _gathered(answers: _Answers, pattern_bars: int) -> GatheredInputs:
    """Raises InputMissingError where analysis answered for another bar."""
    optional = {
        Source.PATTERNS: answers.patterns,
        Source.VOLUME: answers.volume,
        Source.PREDICTION: answers.prediction,
    }
    absent = {
        source: found.reason for source, found in optional.items() if isinstance(found, Absent)
    }
    volume, prediction = answers.volume, answers.prediction
    candles = answers.window.candles
    try:
        bar = BarInputs(
            opened_at_ms=candles.last_open_ms,
            close=float(candles.close[-1]),
            indicators=answers.indicators.snapshot(),
            patterns=_recent_patterns(answers, pattern_bars),
            volume=None if isinstance(volume, Absent) else volume.analysis(),
            prediction=None if isinstance(prediction, Absent) else prediction,
            absent={FAMILIES[source]: reason for source, reason in absent.items()},
        )
    except TradingError as error:
        raise InputMissingError(f"indicators: {error}") from error
    return GatheredInputs(bar, answers.window, absent)


def _recent_patterns(answers: _Answers, bars: int) -> tuple[PatternSighting, ...] | None:
    if isinstance(answers.patterns, Absent):
        return None
    candles = answers.window.candles
    memory_ms = bars * candles.timeframe.duration_ms
    return remembered(answers.patterns.sightings(), candles.last_open_ms, memory_ms)

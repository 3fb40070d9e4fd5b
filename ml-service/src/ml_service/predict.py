"""Features of a bar, and what is said of its future."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Final

from ml_service.class_prior import ClassPrior, class_prior
from ml_service.schemas import PredictionAnswer, PredictionRequest, Probabilities
from service_kit.candle_queries import closed_until
from service_kit.candle_windows import CandleWindow, CandleWindows
from service_kit.clock import Clock
from service_kit.database import Database, pooled_connection
from service_kit.errors import ConflictError, NotFoundError
from trading_core.candles import Candles
from trading_core.features import IndicatorValues, spec16
from trading_core.indicators.snapshot import indicator_snapshot
from trading_core.symbol import Symbol

NO_MODEL: Final = "no_model"


@dataclass(frozen=True, slots=True)
class Bar:
    """What a prediction is made from; `features` is empty where an indicator is not warm."""

    features: dict[str, float]
    prior: ClassPrior


class Predictor:
    def __init__(
        self, engine: Database, windows: CandleWindows, clock: Clock, symbols: Collection[Symbol]
    ) -> None:
        self._engine = engine
        self._windows = windows
        self._clock = clock
        self._symbols = symbols

    async def predict(self, request: PredictionRequest) -> PredictionAnswer:
        """Raises as `features` does."""
        bar = await self._bar(request)
        return _abstain(bar, NO_MODEL, self._clock.now_ms())

    async def features(self, request: PredictionRequest) -> dict[str, float]:
        """By name; raises ConflictError where they cannot be computed.

        Raises:
            NotFoundError: the symbol is not watched, or it has no closed candle yet.
            CandlesMissingError: there is a hole in what they are computed from.
            ConflictError: an indicator is not warm.

        """
        features = (await self._bar(request)).features
        if not features:
            raise ConflictError("an indicator that the features need is not warm yet")
        return features

    async def _bar(self, request: PredictionRequest) -> Bar:
        window = await self._window(request)
        values = _values(request, window.candles, window.first_available_ms)
        close = request.close or float(window.candles.close[-1])
        features = asdict(spec16(values, close)) if values else {}
        return Bar(features, class_prior(window.candles.close))

    async def _window(self, request: PredictionRequest) -> CandleWindow:
        symbol = Symbol.parse(request.symbol)
        if symbol not in self._symbols:
            raise NotFoundError(f"{symbol.slashed} is not watched here")
        opened_ms = request.timestamp
        if opened_ms is None:
            async with pooled_connection(self._engine) as connection:
                closed_ms = await closed_until(connection, symbol, request.timeframe)
            if closed_ms is None:
                raise NotFoundError(f"there are no {request.timeframe} candles of {symbol} yet")
            opened_ms = closed_ms - request.timeframe.duration_ms
        return await self._windows.at(symbol, request.timeframe, opened_ms)


def _values(
    request: PredictionRequest, candles: Candles, first_available_ms: int
) -> IndicatorValues | None:
    if request.indicators is not None:
        return request.indicators.values()
    return IndicatorValues.of(indicator_snapshot(candles, first_available_ms))


def _abstain(bar: Bar, reason: str, now_ms: int) -> PredictionAnswer:
    return PredictionAnswer(
        direction="neutral",
        probability=bar.prior.neutral,
        confidence="low",
        features_used=bar.features,
        timestamp=now_ms,
        model_id=None,
        probabilities=Probabilities(**asdict(bar.prior)),
        contributions=None,
        abstained=True,
        reason=reason,
    )

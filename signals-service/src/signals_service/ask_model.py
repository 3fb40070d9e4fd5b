"""Ask ml-service, whose bodies are not enveloped and whose errors are `{detail}`."""

from http import HTTPStatus

import aiohttp
from pydantic import ValidationError

from service_kit.errors import UnavailableError
from service_kit.kept_session import KeptSession
from service_kit.series import Series
from service_kit.service_client import CONNECT_TIMEOUT_SECONDS
from service_kit.sibling_metrics import SiblingMeter
from signals_service.sibling_answers import PredictionAnswer


class ModelClient(KeptSession):
    """Open it once in the lifespan: `async with ModelClient(url) as model:`."""

    def __init__(
        self, base_url: str, meter: SiblingMeter, *, timeout_seconds: float = 10.0
    ) -> None:
        timeout = aiohttp.ClientTimeout(timeout_seconds, connect=CONNECT_TIMEOUT_SECONDS)
        super().__init__(lambda: aiohttp.ClientSession(timeout=timeout))
        self._meter = meter
        self._url = base_url.rstrip("/") + "/predict"

    async def predict(self, series: Series, timestamp: int) -> PredictionAnswer:
        """For one closed candle. Raises UnavailableError, which says what ml-service answered."""
        symbol, timeframe = series.key
        question = {"symbol": symbol, "timeframe": timeframe, "timestamp": timestamp}
        try:
            with self._meter.asking() as asked:
                async with self._session.post(self._url, json=question) as response:
                    body = await response.read()
                    asked.answered(response.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnavailableError("ml cannot be reached") from error
        if response.status != HTTPStatus.OK:
            raise UnavailableError(f"ml answered {response.status}")
        try:
            return PredictionAnswer.model_validate_json(body)
        except ValidationError as error:
            raise UnavailableError("ml answered unreadably") from error

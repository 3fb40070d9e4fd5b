"""Forecasts in real tables: kept once, scored once their outcome is known, and told as figures."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import numpy as np
import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from decided_market import HISTORY_BARS, DecidedMarket, decided_market, market_series
from forecasting_card import PRIOR, forecasting_card
from in_process import in_process
from ml_service.errors import answer_with_detail
from ml_service.forecast import Forecast
from ml_service.forecasts.follow_forecasts import FollowedForecasts
from ml_service.forecasts.forecast_store import ForecastStore
from ml_service.learning.loaded_model import LoadedModel
from ml_service.performance_endpoints import performance_router
from ml_service.registry.model_card import ModelCard, UsualDrift
from ml_service.registry.model_store import ModelStore
from ml_service.registry.role import Role
from ml_service.registry.serving_model import NobodyServes, ServingModel
from service_kit.clock import Clock
from service_kit.database import Database, create_database
from service_kit.series import Series
from service_kit.service import create_service
from service_kit.settings import DatabaseSettings
from tiny_models import TinyModel
from trading_core.candle_origin import CandleOrigin
from trading_core.labels import classes, labels

pytestmark = pytest.mark.integration

LOOK_AHEAD = 2
CARD = forecasting_card()
SURE_UP = (0.02, 0.08, 0.9)


@dataclass(slots=True)
class Serving:
    """Whoever a test lets serve."""

    card: ModelCard | None = CARD

    def of(self, series: Series, role: Role) -> ServingModel | NobodyServes:
        del role
        if self.card is None or series.timeframe is not self.card.timeframe:
            return NobodyServes("no_model", None)
        no_trees: Any = None  # nobody predicts here
        return ServingModel(LoadedModel(self.card, no_trees))


@dataclass(frozen=True, slots=True)
class Desk:
    """ml-service's forecasts beside a market of invented hours."""

    database: Database
    market: DecidedMarket
    forecasts: FollowedForecasts
    serving: Serving
    clock: Clock
    client: httpx.AsyncClient
    registry: CollectorRegistry

    async def say(self, bars: range, **changes: Any) -> None:  # noqa: ANN401 - a field's type
        """The same of each bar, just after it has closed."""
        for bar in bars:
            await self.forecasts.record(self.forecast(bar, **changes))
        await self.forecasts.recorder.store_waiting()

    def forecast(self, bar: int, **changes: Any) -> Forecast:  # noqa: ANN401 - a field's type
        given: dict[str, Any] = {  # Any: a field's type
            "series": self.market.series,
            "bar_open_ms": self.market.open_ms(bar),
            "card": CARD,
            "features": (bar % 10 / 10 + 0.05, 0.5),
            "probabilities": SURE_UP,
            "abstained": False,
            "predicted_at_ms": self.market.close_ms(bar) + 500,
            "horizon_ms": self.market.close_ms(bar + LOOK_AHEAD),
        }
        return Forecast(**{**given, **changes})

    async def stand_at_close(self, bar: int) -> None:
        await self.market.stand_at(self.market.close_ms(bar))

    async def rows(self) -> list[asyncpg.Record]:
        return list(
            await self.market.database.fetch("SELECT * FROM predictions ORDER BY timestamp")
        )

    async def performance(self, **asked: int) -> dict[str, Any]:  # Any: JSON
        symbol = self.market.series.symbol.slashed
        answer = await self.client.get("/performance", params={"symbol": symbol, **asked})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def gauge(self, name: str) -> float:
        symbol, timeframe = self.market.series.key
        of_series = {"symbol": symbol, "timeframe": timeframe}
        value = self.registry.get_sample_value(name, of_series)
        assert value is not None
        return value


@pytest.fixture
async def desk(
    database_settings: DatabaseSettings, redis_url: str, tmp_path: Path
) -> AsyncIterator[Desk]:
    url = database_settings.database_url.get_secret_value()
    database, series = create_database(database_settings), market_series("ETH")
    async with decided_market(url, redis_url, tmp_path, series) as market:
        registry, serving = CollectorRegistry(), Serving()
        clock = Clock(market.clock_file)
        forecasts = FollowedForecasts(database, clock, [series.symbol], serving, registry)
        await ModelStore(database).keep(TinyModel(b"trees", CARD))
        async with _serving_performance(forecasts) as client:
            yield Desk(database, market, forecasts, serving, clock, client, registry)
    await database.dispose()


@asynccontextmanager
async def _serving_performance(forecasts: FollowedForecasts) -> AsyncIterator[httpx.AsyncClient]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield

    app = create_service("ml-service", lifespan=lifespan)
    answer_with_detail(app)
    app.include_router(performance_router(forecasts.performances))
    async with in_process(app) as client:
        yield client


async def test_a_forecast_is_kept_once_and_as_it_was_said_first(desk: Desk) -> None:
    await desk.say(range(1))
    await ForecastStore(desk.database).keep([desk.forecast(0, probabilities=PRIOR)])
    (row,) = await desk.rows()
    assert (row["p_down"], row["p_neutral"], row["p_up"]) == SURE_UP
    assert row["features"] == [0.05, 0.5]
    assert row["horizon_ms"] == desk.market.open_ms(0) + 3 * desk.market.series.bar_ms
    assert (row["outcome"], row["unscorable"]) == (None, None)


async def test_what_was_recorded_last_is_stored_when_the_service_ends(desk: Desk) -> None:
    async with desk.forecasts.running():
        await desk.forecasts.record(desk.forecast(0))
    assert len(await desk.rows()) == 1


async def test_a_forecast_is_scored_once_its_horizon_has_passed(desk: Desk) -> None:
    await desk.say(range(-60, 0))
    assert await desk.forecasts.scorer.score() == 58
    assert await desk.forecasts.scorer.score() == 0
    closes = [float(candle[4]) for candle in desk.market.candles[:HISTORY_BARS]][-60:]
    moves = [closes[bar + LOOK_AHEAD] / closes[bar] - 1 for bar in range(58)]
    came = [2 if move > 0.01 else 0 if move < -0.01 else 1 for move in moves]
    assert set(came) == {0, 1, 2}
    assert [row["outcome"] for row in await desk.rows()] == [*came, None, None]


async def test_replicas_that_keep_the_same_forecasts_never_wait_in_a_ring(desk: Desk) -> None:
    said = [desk.forecast(bar) for bar in range(-60, 0)]
    store = ForecastStore(desk.database)
    for first in range(0, 60, 5):
        some = said[: first + 5]
        await asyncio.gather(*(store.keep(order) for order in (some, some[::-1], some)))
    assert len(await desk.rows()) == 60


async def test_each_forecast_is_scored_by_one_of_the_replicas(desk: Desk) -> None:
    await desk.say(range(-60, 0))
    found = await asyncio.gather(*(desk.forecasts.scorer.score() for _ in range(3)))
    assert sum(found) == 58
    assert sum(row["outcome"] is not None for row in await desk.rows()) == 58


async def test_an_outage_makes_it_unscorable_and_a_hole_is_waited_for(desk: Desk) -> None:
    market = desk.market
    await desk.say(range(4))
    await market.store((0, 1, 2, 4, 5, 6), CandleOrigin.LIVE)
    await desk.stand_at_close(6)
    assert await desk.forecasts.scorer.score() == 1
    assert [row["outcome"] is not None for row in await desk.rows()] == [True] + [False] * 3
    await market.database.execute(OUTAGE, *market.series.key, market.open_ms(3), market.close_ms(3))
    assert await desk.forecasts.scorer.score() == 3
    assert [row["unscorable"] for row in await desk.rows()] == [None] + ["outage"] * 3


async def test_a_healed_hole_lets_a_forecast_be_scored(desk: Desk) -> None:
    market = desk.market
    await desk.say(range(1))
    await market.store((0, 2), CandleOrigin.LIVE)
    await desk.stand_at_close(2)
    assert await desk.forecasts.scorer.score() == 0
    await market.store((1,), CandleOrigin.HEALED)
    assert await desk.forecasts.scorer.score() == 1


async def test_with_few_outcomes_no_figure_is_told(desk: Desk) -> None:
    await desk.say(range(-40, -2))
    await desk.forecasts.scorer.score()
    told = await desk.performance()
    assert told["model_id"] == CARD.model_id
    assert told["live"] == {"scored": 38, "abstained": 0, "verdict": "too_few", "figures": None}
    assert (told["drift"], told["degraded"], told["degraded_reason"]) == (None, False, None)


async def test_a_model_that_is_worse_than_its_prior_is_told_as_degraded(desk: Desk) -> None:
    await desk.say(range(-300, -2), probabilities=await _the_opposite(desk))
    await desk.forecasts.scorer.score()
    await desk.forecasts.reviewer.review()
    told = await desk.performance(last=200)
    live = told["live"]
    assert live["scored"] == live["figures"]["reliability"][0]["count"] == 200
    assert live["verdict"] == "worse_than_prior"
    assert live["figures"]["skill_upper_bound"] < 0
    assert {"hit_rate", "majority_rate"} <= live["figures"].keys()
    assert told["degraded"] is True
    assert told["degraded_reason"].startswith("its last 298 forecasts were worse than the prior")
    assert told["degraded_reason"] == desk.forecasts.degraded_reason(
        desk.market.series, CARD.model_id
    )
    assert desk.forecasts.degraded_reason(desk.market.series, "another") is None
    assert desk.gauge("ml_model_degraded") == 1
    assert desk.gauge("ml_live_log_loss_skill") < 0


async def test_features_that_drift_are_told_and_degrade_it_where_that_is_unusual(
    desk: Desk,
) -> None:
    await desk.say(range(-300, -2), features=(0.05, 0.95), probabilities=PRIOR)
    desk.serving.card = forecasting_card(
        usual_drift=UsualDrift(bars=250, psi={"calm": 0.5}, weighted_psi=0.5)
    )
    await desk.forecasts.reviewer.review()
    told = await desk.performance()
    assert [one["name"] for one in told["drift"]["features"]] == ["wild", "calm"]
    assert [one["usual_psi"] for one in told["drift"]["features"]] == [None, 0.5]
    assert told["drift"]["extent"] == "large"
    assert told["drift"]["max_psi"] == desk.gauge("ml_feature_drift_psi") > 0.25
    assert "has drifted" in told["degraded_reason"]


async def test_features_as_in_training_have_not_drifted(desk: Desk) -> None:
    await desk.say(range(-300, -2), probabilities=PRIOR)
    told = await desk.performance()
    by_name = {one["name"]: one["psi"] for one in told["drift"]["features"]}
    assert by_name["calm"] == 0
    assert by_name["wild"] > 0.25


async def test_each_model_that_served_meanwhile_has_its_own_figures(desk: Desk) -> None:
    newer = forecasting_card(model_id="ETHUSDT-1h-invented-000000000002")
    await ModelStore(desk.database).keep(TinyModel(b"trees", newer))
    await desk.say(range(-150, -80))
    await desk.say(range(-80, -2), card=newer)
    await desk.say(range(-82, -80), card=newer, abstained=True)
    desk.serving.card = newer
    await desk.forecasts.scorer.score()
    told = await desk.performance()
    assert [one["model_id"] for one in told["models"]] == [newer.model_id, CARD.model_id]
    assert [one["live"]["scored"] for one in told["models"]] == [78, 70]
    assert told["live"]["abstained"] == 2


async def test_without_a_model_there_is_nothing_to_tell_and_wrong_input_is_refused(
    desk: Desk,
) -> None:
    desk.serving.card = None
    told = await desk.performance()
    assert (told["model_id"], told["abstains_for"], told["live"]) == (None, "no_model", None)
    for asked, status in (
        ({"symbol": "DOGE/USDT"}, 404),
        ({"symbol": "nonsense!"}, 400),
        ({"timeframe": "2h"}, 400),
        ({"last": 0}, 400),
    ):
        answer = await desk.client.get("/performance", params=asked)
        assert (answer.status_code, list(answer.json())) == (status, ["detail"])


async def _the_opposite(desk: Desk) -> tuple[float, float, float]:
    """Sure of the class that came least."""
    candles = desk.market.candles[100:HISTORY_BARS]
    close = np.array([float(candle[4]) for candle in candles])
    rarest = np.bincount(classes(labels(close, LOOK_AHEAD, 0.01)), minlength=3).argmin()
    down, neutral, up = np.where(np.arange(3) == rarest, 0.9, 0.05).tolist()
    return down, neutral, up


OUTAGE = """
    INSERT INTO outages (symbol, timeframe, start_ms, end_ms, recorded_at_ms)
    VALUES ($1, $2::text::timeframe, $3, $4, 0)
"""

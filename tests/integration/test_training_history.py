"""What the stored candles are good for: models, the same ones again, or a refusal that helps."""

import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from candle_history import CandleHistory, connect, random_walk, without_bars
from ml_service.training.training import TrainingState
from service_kit.series import Series
from trading_core.timeframe import HOUR_MS, Timeframe
from training_desk import FIRST_MS, SYMBOLS
from training_here import TrainingHere, training_here

pytestmark = pytest.mark.integration

_unused_symbols = itertools.cycle(SYMBOLS)


@pytest.fixture
async def here(module_database_url: str, tmp_path: Path) -> AsyncIterator[TrainingHere]:
    async with training_here(module_database_url, tmp_path) as here:
        yield here


@pytest.fixture
async def history(module_database_url: str) -> AsyncIterator[CandleHistory]:
    """Of a series that no other test uses."""
    connection = await connect(module_database_url)
    yield CandleHistory(Series(next(_unused_symbols), Timeframe.H1), connection)
    await connection.close()


async def test_too_little_history_is_refused_with_a_remedy(
    here: TrainingHere, history: CandleHistory
) -> None:
    nothing = await here.train(history.series)
    assert nothing.state is TrainingState.REFUSED
    assert "import them" in nothing.result.sentence
    await history.store(random_walk(history.series, FIRST_MS, 400))
    little = await here.train(history.series)
    assert little.state is TrainingState.REFUSED
    assert "collect more history" in little.result.sentence


async def test_a_hole_is_refused_by_name_and_an_outage_is_not(
    here: TrainingHere, history: CandleHistory
) -> None:
    walk = random_walk(history.series, FIRST_MS, 1_200)
    await history.store(without_bars(walk, slice(900, 903)))
    holed = await here.train(history.series)
    assert holed.state is TrainingState.REFUSED
    assert "bars are missing that the exchange has" in holed.result.sentence
    await history.record_outage(FIRST_MS + 900 * HOUR_MS, FIRST_MS + 903 * HOUR_MS)
    assert (await here.train(history.series)).state is TrainingState.DONE


async def test_windows_reach_back_before_the_first_bar_that_was_asked_for(
    here: TrainingHere, history: CandleHistory
) -> None:
    await history.store(random_walk(history.series, FIRST_MS, 4_500))
    since_ms = FIRST_MS + 3_800 * HOUR_MS
    ended = await here.train(history.series, rows=None, since_ms=since_ms)
    card = await here.card(ended.result.models[0].model_id)
    assert since_ms <= card.fit.from_ms < since_ms + 10 * HOUR_MS
    assert card.dropped["not_warm"] == 0
    future = await here.train(history.series, since_ms=FIRST_MS + 90_000 * HOUR_MS)
    assert future.state is TrainingState.REFUSED
    assert "import them" in future.result.sentence


async def test_a_market_that_never_moves_is_refused(
    here: TrainingHere, history: CandleHistory
) -> None:
    await history.store(random_walk(history.series, FIRST_MS, 1_200))
    refused = await here.train(history.series, threshold=0.9)
    assert refused.state is TrainingState.REFUSED
    assert "class" in refused.result.sentence or "label" in refused.result.sentence

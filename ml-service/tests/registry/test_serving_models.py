"""Which model serves, as the tables say, the files allow, and time passes."""

import pytest
from prometheus_client import CollectorRegistry

from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_file_error import ModelFileError, Refusal
from ml_service.registry.promotion import Promotion
from ml_service.registry.role import Role
from ml_service.registry.serving_model import NobodyServes, ServingModel
from ml_service.registry.serving_models import RETRY_MS, ServingModels
from service_kit.clock import Clock
from service_kit.errors import StoreUnavailableError
from service_kit.series import Series
from tiny_models import TinyModel, tiny_model
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)
FIRST, SECOND = (tiny_model(seed=seed) for seed in (7, 8))


class FakeTables:
    def __init__(self) -> None:
        self.promotions: list[Promotion] = []
        self.cards: list[ModelCard] = []
        self.is_away = False
        self.reads = 0

    def promote(self, model: TinyModel) -> None:
        one = Promotion(
            number=len(self.promotions) + 1,
            series=SERIES,
            role=Role.CANDLES,
            model_id=model.card.model_id,
            reason="in a test",
            promoted_at_ms=0,
        )
        self.promotions.append(one)

    async def edition(self) -> tuple[int, int]:
        if self.is_away:
            raise StoreUnavailableError("away")
        return len(self.promotions), len(self.cards)

    async def all_promotions(self) -> tuple[Promotion, ...]:
        self.reads += 1
        return tuple(self.promotions)

    async def newest_cards(self) -> list[ModelCard]:
        return self.cards


class FakeFiles:
    def __init__(self) -> None:
        self.loads: list[str] = []
        self.taken_up = 0
        self.broken: set[str] = set()

    async def take_up(self) -> None:
        self.taken_up += 1

    async def load(self, model_id: str) -> LoadedModel:
        self.loads.append(model_id)
        if model_id in self.broken:
            raise ModelFileError(model_id, Refusal.TREES_EMPTY, "empty")
        (model,) = (one for one in (FIRST, SECOND) if one.card.model_id == model_id)
        return LoadedModel.of(model.trees, model.card)


class Desk:
    def __init__(self) -> None:
        self.wall_ms = 0.0
        self.tables, self.files, self.metrics = FakeTables(), FakeFiles(), CollectorRegistry()
        clock = Clock(wall=lambda: self.wall_ms)
        self.models = ServingModels(self.tables, self.files, clock, self.metrics)

    @property
    def serving(self) -> str | None:
        found = self.models.of(SERIES, Role.CANDLES)
        return found.card.model_id if isinstance(found, ServingModel) else None

    @property
    def abstains_for(self) -> str:
        found = self.models.of(SERIES, Role.CANDLES)
        assert isinstance(found, NobodyServes)
        return found.reason

    def refused(self) -> float | None:
        name, labels = "ml_model_files_refused_total", {"reason": "trees_empty"}
        return self.metrics.get_sample_value(name, labels)


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_nobody_knows_before_the_tables_were_seen(desk: Desk) -> None:
    desk.tables.is_away = True
    await desk.models.look()
    with pytest.raises(StoreUnavailableError):
        desk.models.of(SERIES, Role.CANDLES)
    assert await desk.models.ready() is not None
    desk.tables.is_away = False
    await desk.models.look()
    assert desk.abstains_for == "no_model"
    assert await desk.models.ready() is None


async def test_what_serves_goes_on_serving_while_the_database_is_away(desk: Desk) -> None:
    desk.tables.promote(FIRST)
    await desk.models.look()
    desk.tables.is_away = True
    await desk.models.look()
    assert desk.serving == FIRST.card.model_id


async def test_unchanged_tables_are_not_read_and_a_model_is_loaded_once(desk: Desk) -> None:
    desk.tables.promote(FIRST)
    for _ in range(3):
        await desk.models.refresh()
    assert desk.tables.reads == 1
    desk.tables.promote(SECOND)
    await desk.models.refresh()
    assert desk.serving == SECOND.card.model_id
    assert desk.files.loads == [FIRST.card.model_id, SECOND.card.model_id]
    assert desk.files.taken_up == 1


async def test_refused_files_are_looked_at_again_after_a_while(desk: Desk) -> None:
    desk.tables.promote(FIRST)
    desk.tables.promote(SECOND)
    desk.files.broken.add(SECOND.card.model_id)
    await desk.models.refresh()
    assert desk.serving == FIRST.card.model_id
    assert desk.refused() == 1
    desk.files.broken.clear()
    await desk.models.refresh()
    assert desk.serving == FIRST.card.model_id
    desk.wall_ms += RETRY_MS
    await desk.models.refresh()
    assert desk.serving == SECOND.card.model_id


async def test_where_every_promoted_model_is_refused_it_abstains(desk: Desk) -> None:
    desk.tables.promote(FIRST)
    desk.files.broken.add(FIRST.card.model_id)
    await desk.models.refresh()
    assert desk.abstains_for == "model_unreadable"
    assert not desk.models.is_any_loaded()


async def test_a_model_that_never_passed_is_a_lack_of_skill(desk: Desk) -> None:
    desk.tables.cards.append(FIRST.card)
    await desk.models.refresh()
    assert desk.abstains_for == "no_skill"
    other = Series(SERIES.symbol, Timeframe.H4)
    assert desk.models.of(other, Role.CANDLES) == NobodyServes("no_model", None)

"""Models made anew on what has come since, one series after the other in the background."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

from ml_service.learning.dataset import LabelRule
from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_store import ModelStore
from ml_service.registry.promotions import series_of
from ml_service.registry.role import Role
from ml_service.training.history_ready import HistoryReady
from ml_service.training.label_rules import LabelRules
from ml_service.training.training import Training
from ml_service.training.training_request import TrainingRequest
from ml_service.training.trainings import Trainings
from service_kit.background import cancel
from service_kit.clock import Clock
from service_kit.errors import ConflictError, ServiceError, UnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WhatIsDue:
    """Every watched series that has a model, and each watched market's 1h that could have one."""

    models: ModelStore
    history: HistoryReady
    clock: Clock
    symbols: Collection[Symbol]
    rules: LabelRules
    trains_first_models: bool

    async def requests(self, older_than_ms: int) -> tuple[TrainingRequest, ...]:
        """What was last trained longer ago, event time, or never. Raises StoreUnavailableError."""
        newest = newest_by_series(await self.models.newest_cards())
        before_ms = self.clock.now_ms() - older_than_ms
        again = [
            self._again(series, await self._serving(series))
            for series, card in newest.items()
            if series.symbol in self.symbols and card.trained_at_ms <= before_ms
        ]
        hourly = (Series(symbol, Timeframe.H1) for symbol in self.symbols)
        rule = self.rules.of(Timeframe.H1)
        first = [TrainingRequest.of(one, rule) for one in hourly if await self._lacks(one, newest)]
        return (*first, *again)

    def _again(self, series: Series, serving: ModelCard | None) -> TrainingRequest:
        """As what serves was made; a model that was only tried says nothing of the next."""
        if serving is None:
            return TrainingRequest.of(series, self.rules.of(series.timeframe))
        return request_like(serving, self.rules)

    async def _serving(self, series: Series) -> ModelCard | None:
        """Of whatever role; None where none serves, or its card is of another version of ours."""
        for role in Role:
            promotion = await self.models.serving(series, role)
            if promotion is not None:
                with suppress(ConflictError):
                    return await self.models.card(promotion.model_id)
        return None

    async def _lacks(self, series: Series, newest: Collection[Series]) -> bool:
        if not self.trains_first_models or series in newest:
            return False
        return await self.history.is_ready(series)


class Retraining:
    def __init__(self, trainings: Trainings, due: WhatIsDue) -> None:
        self._trainings = trainings
        self._due = due
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            if self._task is not None:
                await cancel(self._task)

    async def start(self, older_than_ms: int) -> tuple[TrainingRequest, ...]:
        """What is now being trained.

        Raises RetrainingRunningError, of whichever process; StoreUnavailableError.
        """
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._trainings.alone_retraining())
            requests = await self._due.requests(older_than_ms)
            self._task = asyncio.create_task(self._train_all(requests, stack.pop_all()))
            return requests

    async def _train_all(self, requests: Iterable[TrainingRequest], held: AsyncExitStack) -> None:
        async with held:
            for request in requests:
                await retrained(self._trainings, request)


async def retrained(trainings: Trainings, request: TrainingRequest) -> Training | ServiceError:
    """Once it is over; or why it was left out."""
    try:
        return await trainings.finished(await trainings.begin(request))
    except (ConflictError, UnavailableError) as error:
        series = " ".join(request.series.key)
        log.warning("retraining_left_out", series=series, why=error.message)
        return error


def newest_by_series(cards: Iterable[ModelCard]) -> dict[Series, ModelCard]:
    """Of each series the model that was trained last."""
    ordered = sorted(cards, key=lambda card: card.trained_at_ms)
    return {series_of(card): card for card in ordered}


def request_like(card: ModelCard, rules: LabelRules) -> TrainingRequest:
    """For the same question, over all of the history that there is by now.

    Where the operator told another one, that is asked; such a model serves once it was promoted
    by hand, as no figure compares it with the one that serves.
    """
    before = LabelRule(card.look_ahead_bars, card.threshold)
    rule = rules.again(card.timeframe, before)
    if rule != before:
        series = " ".join(series_of(card).key)
        log.warning("retraining_asks_anew", series=series, before=str(before), now=str(rule))
    return TrainingRequest(
        symbol=card.symbol, timeframe=card.timeframe, label_rule=rule, seed=card.seed
    )

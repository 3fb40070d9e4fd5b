"""Which model serves now, in memory; the tables are looked at twice a second.

Another process may have trained, promoted or rolled back. A model whose files are refused is
named in the log and counted, and the one that served before it answers.
"""

import asyncio
from collections.abc import Iterable
from typing import Final, Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge

from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_file_error import ModelFileError, Refusal
from ml_service.registry.promotion import Promotion, standing
from ml_service.registry.role import Role
from ml_service.registry.serving_model import NobodyServes, ServingModel, nobody_serves
from service_kit.clock import Clock
from service_kit.errors import StoreUnavailableError
from service_kit.logging import get_logger
from service_kit.series import Series

log = get_logger(__name__)

LOOK_SECONDS: Final = 0.5
RETRY_MS: Final = 30_000
"""Wall time until refused files are looked at again: they may have been put right."""

_Place = tuple[Series, Role]


class Tables(Protocol):
    """As `ModelStore` reads them."""

    async def edition(self) -> tuple[int, int]: ...
    async def all_promotions(self) -> tuple[Promotion, ...]: ...
    async def newest_cards(self) -> list[ModelCard]: ...


class Files(Protocol):
    """As `ModelFiles` has them."""

    async def take_up(self) -> None: ...
    async def load(self, model_id: str) -> LoadedModel: ...


class ServingModels:
    def __init__(
        self, store: Tables, files: Files, clock: Clock, registry: CollectorRegistry
    ) -> None:
        self._store = store
        self._files = files
        self._clock = clock
        self._refused_files = Counter(
            "ml_model_files_refused_total",
            "Times that files of a model were refused.",
            ("reason",),
            registry=registry,
        )
        for reason in Refusal:
            self._refused_files.labels(reason.value)
        loaded = Gauge("ml_models_loaded", "Models in memory that serve.", registry=registry)
        loaded.set_function(lambda: len({one.card.model_id for one in self._serving.values()}))
        self._refreshing = asyncio.Lock()
        self._edition: tuple[int, int] | None = None
        self._serving: dict[_Place, ServingModel] = {}
        self._promoted: frozenset[_Place] = frozenset()
        self._newest: list[ModelCard] = []
        self._refusals: dict[str, Refusal] = {}
        self._retry_at_ms: float = 0

    def of(self, series: Series, role: Role) -> ServingModel | NobodyServes:
        """Raises StoreUnavailableError before the tables were seen for the first time."""
        if self._edition is None:
            raise StoreUnavailableError("which model serves has not been read yet")
        serving = self._serving.get((series, role))
        if serving is not None:
            return serving
        cards = (card for card in self._newest if (card.symbol, card.timeframe) == series.key)
        return nobody_serves(cards, role, was_promoted=(series, role) in self._promoted)

    def is_any_loaded(self) -> bool:
        return bool(self._serving)

    async def ready(self) -> str | None:
        """A readiness check: a model that is refused, or none at all, is no reason not to serve."""
        return None if self._edition else "which model serves has not been read yet"

    async def run(self) -> None:
        """Follow the tables until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """`refresh`, or, while the database is away, what was known before."""
        try:
            await self.refresh()
        except StoreUnavailableError as error:
            log.warning("serving_models_not_read", why=error.message)

    async def refresh(self) -> None:
        """See what has changed; nothing has, nothing is done. Raises StoreUnavailableError."""
        async with self._refreshing:  # one that began earlier must not end later
            await self._refresh()

    async def _refresh(self) -> None:
        if self._edition is None:
            await self._files.take_up()
        edition = await self._store.edition()
        if edition == self._edition and not self._is_time_to_retry():
            return
        promotions = await self._store.all_promotions()
        newest = await self._store.newest_cards()
        self._retry_at_ms = self._clock.wall_ms() + RETRY_MS
        self._serving = await self._load_all(promotions)
        self._promoted = frozenset((one.series, one.role) for one in promotions)
        self._newest = newest
        self._edition = edition
        for reason in self._refusals.values():  # counted once it is so for whoever asks
            self._refused_files.labels(reason.value).inc()

    def _is_time_to_retry(self) -> bool:
        return bool(self._refusals) and self._clock.wall_ms() >= self._retry_at_ms

    async def _load_all(self, promotions: Iterable[Promotion]) -> dict[_Place, ServingModel]:
        places: dict[_Place, list[Promotion]] = {}
        for one in promotions:
            places.setdefault((one.series, one.role), []).append(one)
        known = {one.loaded.card.model_id: one.loaded for one in self._serving.values()}
        refusals: dict[str, Refusal] = {}
        serving = {}
        for place, history in places.items():
            found = await self._best(standing(history), known, refusals)
            if found is not None:
                serving[place] = found
        self._refusals = refusals
        return serving

    async def _best(
        self,
        stands: tuple[Promotion, ...],
        known: dict[str, LoadedModel],
        refusals: dict[str, Refusal],
    ) -> ServingModel | None:
        """The newest promotion whose model can be read."""
        for one in reversed(stands):
            loaded = await self._load(one.model_id, known, refusals)
            if loaded is not None:
                return ServingModel(loaded)
        return None

    async def _load(
        self, model_id: str, known: dict[str, LoadedModel], refusals: dict[str, Refusal]
    ) -> LoadedModel | None:
        if model_id not in known and model_id not in refusals:
            try:
                known[model_id] = await self._files.load(model_id)
                log.info("model_loaded", model_id=model_id)
            except ModelFileError as error:
                refusals[model_id] = error.reason
                self._log(error)
        return known.get(model_id)

    def _log(self, error: ModelFileError) -> None:
        """Once, until what is wrong is something else."""
        if self._refusals.get(error.model_id) is not error.reason:
            log.error(
                "model_file_refused",
                model_id=error.model_id,
                reason=error.reason.value,
                why=str(error),
            )

"""Which model serves, changed by hand."""

from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_file_error import ModelFileError
from ml_service.registry.model_files import ModelFiles
from ml_service.registry.model_store import ModelStore
from ml_service.registry.promotion import Promotion, standing
from ml_service.registry.role import Role
from ml_service.registry.serving_model import may_serve
from service_kit.errors import ConflictError, NotFoundError
from service_kit.series import Series
from trading_core.symbol import Symbol


class Promotions:
    """Every method raises StoreUnavailableError."""

    def __init__(self, store: ModelStore, files: ModelFiles) -> None:
        self._store = store
        self._files = files

    async def promote(self, model_id: str, role: Role, at_ms: int) -> Promotion:
        """By hand, whatever served before.

        Raises:
            NotFoundError: there is no such model.
            ConflictError: it has no skill, its features are not the role's, its files are refused,
                or it serves already.

        """
        card = await self._store.card(model_id)
        if card is None:
            raise NotFoundError(f"there is no model {model_id}")
        series = series_of(card)
        _check_may_serve(card, role)
        serving = await self._store.serving(series, role)
        if serving is not None and serving.model_id == model_id:
            raise ConflictError(f"{model_id} serves already")
        await self._check_files(model_id)
        return await self._store.promote(series, role, model_id, "promoted by hand", at_ms)

    async def rollback(self, series: Series, role: Role, at_ms: int) -> Promotion:
        """Raises ConflictError where no other model served before, or its files are refused."""
        stands = standing(await self._store.promotions(series, role))
        for before in stands[-2:-1]:
            await self._check_files(before.model_id)
        return await self._store.rollback(series, role, at_ms)

    async def _check_files(self, model_id: str) -> None:
        try:
            await self._files.load(model_id)
        except ModelFileError as error:
            raise ConflictError(str(error)) from error


def series_of(card: ModelCard) -> Series:
    return Series(Symbol.parse(card.symbol), card.timeframe)


def _check_may_serve(card: ModelCard, role: Role) -> None:
    if not may_serve(card, role):
        raise ConflictError(f"the role {role} takes spec16 models, not {card.feature_set}")
    if not card.gate.passed:
        raise ConflictError(f"{card.model_id} has no skill and cannot serve: {card.gate.sentence}")

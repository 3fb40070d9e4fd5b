"""The only place that writes `models` and `model_promotions`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from ml_service.registry.model_card import ModelCard
from ml_service.registry.model_contents import Trained, contents_of
from ml_service.registry.model_file_store import insert_files
from ml_service.registry.promotion import Promotion, standing
from ml_service.registry.role import Role
from service_kit.database import Database, driver_connection
from service_kit.errors import ConflictError
from service_kit.logging import get_logger
from service_kit.series import Series
from trading_core.errors import InvalidJsonError
from trading_core.frozen_json import from_json, to_json
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

log = get_logger(__name__)


class ModelStore:
    """Every method raises StoreUnavailableError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, trained: Trained) -> None:
        """With its files, so that who sees the row finds them; doing so again changes nothing."""
        card, contents = trained.card, contents_of(trained)
        async with driver_connection(self._database) as connection, connection.transaction():
            await connection.execute(
                _KEEP,
                card.model_id,
                card.symbol,
                card.timeframe.value,
                card.feature_set,
                card.trained_at_ms,
                card.gate.passed,
                orjson.dumps(to_json(card)).decode(),
            )
            await insert_files(connection, card.model_id, contents)

    async def card(self, model_id: str) -> ModelCard | None:
        """Raises ConflictError where another version of ours wrote it."""
        async with driver_connection(self._database) as connection:
            record = await connection.fetchrow(_CARD, model_id)
        if record is None:
            return None
        try:
            return _read_card(record)
        except InvalidJsonError as error:
            raise ConflictError(f"{model_id}: its card is of another version: {error}") from error

    async def cards(
        self,
        symbol: Symbol | None = None,
        timeframe: Timeframe | None = None,
        limit: int = 1_000,
    ) -> list[ModelCard]:
        """Newest first, of any symbol or timeframe where none is given."""
        of = (symbol and symbol.compact, timeframe and timeframe.value)
        async with driver_connection(self._database) as connection:
            records = await connection.fetch(_CARDS, *of, limit)
        return list(_readable(records))

    async def promote(
        self, series: Series, role: Role, model_id: str, reason: str, at_ms: int
    ) -> Promotion:
        async with driver_connection(self._database) as connection:
            values = (*series.key, role.value, model_id, reason, at_ms)
            return _read_promotion(await connection.fetchrow(_PROMOTE, *values))

    async def promotions(self, series: Series, role: Role) -> tuple[Promotion, ...]:
        """All there ever were, oldest first."""
        async with driver_connection(self._database) as connection:
            return await _promotions(connection, series, role)

    async def all_promotions(self) -> tuple[Promotion, ...]:
        """Of every series and role, oldest first."""
        async with driver_connection(self._database) as connection:
            records = await connection.fetch(_ALL_PROMOTIONS)
        return tuple(map(_read_promotion, records))

    async def serving(self, series: Series, role: Role) -> Promotion | None:
        """The promotion that stands; None before the first."""
        stands = standing(await self.promotions(series, role))
        return stands[-1] if stands else None

    async def rollback(self, series: Series, role: Role, at_ms: int) -> Promotion:
        """Let the model serve that served before the one that serves now.

        Raises ConflictError where there was none.
        """
        async with driver_connection(self._database) as connection, connection.transaction():
            await connection.execute(_LOCK, "-".join((*series.key, role)))
            stands = standing(await _promotions(connection, series, role))
            if len(stands) < 2:  # noqa: PLR2004 - the one that serves, and one before it
                raise ConflictError(
                    f"no other model served {series.symbol.slashed} {series.timeframe}"
                    f" ({role}) before"
                )
            reason = f"rolled back from {stands[-1].model_id}"
            values = (*series.key, role.value, stands[-2].model_id, reason, at_ms)
            return _read_promotion(await connection.fetchrow(_PROMOTE, *values))

    async def newest_cards(self) -> list[ModelCard]:
        """The newest of each series and feature set."""
        async with driver_connection(self._database) as connection:
            records = await connection.fetch(_NEWEST)
        return list(_readable(records))

    async def edition(self) -> tuple[int, int]:
        """Another whenever a model or a promotion was added."""
        async with driver_connection(self._database) as connection:
            record = await connection.fetchrow(_EDITION)
        return record["promotion"], record["models"]


async def _promotions(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    series: Series,
    role: Role,
) -> tuple[Promotion, ...]:
    records = await connection.fetch(_PROMOTIONS, *series.key, role.value)
    return tuple(map(_read_promotion, records))


def _readable(records: Iterable[Mapping[str, Any]]) -> Iterator[ModelCard]:  # Any: columns
    for record in records:
        try:
            yield _read_card(record)
        except InvalidJsonError as error:
            log.warning("model_card_not_read", model_id=record["id"], why=str(error))


def _read_card(record: Mapping[str, Any]) -> ModelCard:  # Any: columns of many types
    return from_json(ModelCard, orjson.loads(record["card"]))


def _read_promotion(record: Mapping[str, Any]) -> Promotion:  # Any: columns of many types
    return Promotion(
        number=record["number"],
        series=Series(Symbol.parse(record["symbol"]), Timeframe(record["timeframe"])),
        role=Role(record["role"]),
        model_id=record["model_id"],
        reason=record["reason"],
        promoted_at_ms=record["promoted_at_ms"],
    )


_COLUMNS: Final = "number, symbol, timeframe::text, role, model_id, reason, promoted_at_ms"
_KEEP: Final = """
    INSERT INTO models (id, symbol, timeframe, feature_set, trained_at_ms, has_skill, card)
    VALUES ($1, $2, $3::text::timeframe, $4, $5, $6, $7::jsonb)
    ON CONFLICT (id) DO NOTHING
"""
_CARD: Final = "SELECT id, card::text FROM models WHERE id = $1"
_CARDS: Final = """
    SELECT id, card::text FROM models
    WHERE ($1::text IS NULL OR symbol = $1) AND ($2::text IS NULL OR timeframe::text = $2)
    ORDER BY trained_at_ms DESC, created_at DESC, id LIMIT $3
"""
_NEWEST: Final = """
    SELECT DISTINCT ON (symbol, timeframe, feature_set) id, card::text FROM models
    ORDER BY symbol, timeframe, feature_set, trained_at_ms DESC, created_at DESC
"""
_EDITION: Final = """
    SELECT (SELECT coalesce(max(number), 0) FROM model_promotions) AS promotion,
           (SELECT count(*) FROM models) AS models
"""
_PROMOTE: Final = f"""
    INSERT INTO model_promotions (symbol, timeframe, role, model_id, reason, promoted_at_ms)
    VALUES ($1, $2::text::timeframe, $3, $4, $5, $6)
    RETURNING {_COLUMNS}
"""  # noqa: S608 - constants of this module
_PROMOTIONS: Final = f"""
    SELECT {_COLUMNS} FROM model_promotions
    WHERE symbol = $1 AND timeframe = $2::text::timeframe AND role = $3
    ORDER BY number
"""  # noqa: S608 - constants of this module
_ALL_PROMOTIONS: Final = f"SELECT {_COLUMNS} FROM model_promotions ORDER BY number"  # noqa: S608
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('model promotion ' || $1, 0))"

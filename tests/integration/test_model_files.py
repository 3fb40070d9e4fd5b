"""The table is what models are made of; a folder on disk is only quicker."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from ml_service.registry.model_contents import (
    CARD,
    REPORT,
    SUFFIXES,
    TREES,
    contents_of,
    sha256_of,
)
from ml_service.registry.model_file_error import ModelFileError, Refusal
from ml_service.registry.model_files import ModelFiles
from ml_service.registry.model_folder import ModelFolder
from ml_service.registry.model_store import ModelStore
from service_kit.database import Database, create_database, driver_connection
from service_kit.settings import DatabaseSettings
from tiny_models import TinyModel, tiny_model

pytestmark = [pytest.mark.integration, pytest.mark.enable_socket]

FIRST, SECOND = (tiny_model(seed=seed) for seed in (7, 8))
ID = FIRST.card.model_id


@dataclass(frozen=True, slots=True)
class Replicas:
    """Any number of them, each with a folder of its own, on one database."""

    database: Database
    home: Path

    def files(self, name: str) -> ModelFiles:
        return ModelFiles(self.database, self.home / name)

    def folder(self, name: str) -> ModelFolder:
        return ModelFolder(self.home / name)

    async def keep(self, model: TinyModel) -> None:
        await ModelStore(self.database).keep(model)

    async def keep_as_before(self, model: TinyModel) -> None:
        """As it was when only folders had the files."""
        await self.keep(model)
        await self.execute("DELETE FROM model_files WHERE model_id = $1", model.card.model_id)

    async def execute(self, statement: str, *values: object) -> None:
        async with driver_connection(self.database) as connection:
            await connection.execute(statement, *values)

    async def stored(self) -> dict[tuple[str, str], tuple[bytes, str]]:
        """What the table holds, and the SHA-256 that it names."""
        async with driver_connection(self.database) as connection:
            rows = await connection.fetch("SELECT * FROM model_files")
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}


@pytest.fixture
async def replicas(database_settings: DatabaseSettings, tmp_path: Path) -> AsyncIterator[Replicas]:
    database = create_database(database_settings)
    yield Replicas(database, tmp_path)
    await database.dispose()


def expected(model: TinyModel) -> dict[tuple[str, str], tuple[bytes, str]]:
    contents = contents_of(model)
    return {(model.card.model_id, name): (one, sha256_of(one)) for name, one in contents.items()}


async def refusal_of(files: ModelFiles, model_id: str = ID) -> Refusal:
    with pytest.raises(ModelFileError) as refusal:
        await files.load(model_id)
    return refusal.value.reason


async def test_an_empty_folder_is_filled_and_every_replica_answers_alike(
    replicas: Replicas,
) -> None:
    await replicas.keep(FIRST)
    await replicas.keep(FIRST)
    assert await replicas.stored() == expected(FIRST)
    one, other = [await replicas.files(name).load(ID) for name in ("one", "other")]
    rows = np.random.default_rng(1).normal(100, 10, (5, len(FIRST.card.feature_names)))
    assert one.card == other.card == FIRST.card
    assert one.probabilities(rows) == other.probabilities(rows)
    assert replicas.folder("one").read_all(ID) == contents_of(FIRST)


async def test_what_is_damaged_or_lost_on_disk_is_fetched_again(replicas: Replicas) -> None:
    await replicas.keep(FIRST)
    await replicas.files("one").load(ID)
    folder = replicas.folder("one")
    folder.path(ID, TREES).write_bytes(SECOND.trees)
    folder.path(ID, CARD).unlink()
    assert (await replicas.files("one").load(ID)).card == FIRST.card
    assert folder.read_all(ID) == contents_of(FIRST)


async def test_a_folder_that_cannot_be_written_to_keeps_nobody_from_answering(
    replicas: Replicas,
) -> None:
    (replicas.home / "file").write_text("no folder can be here")
    await replicas.keep(FIRST)
    files = replicas.files("file/models")
    await files.cache(FIRST)
    assert (await files.load(ID)).card == FIRST.card


async def test_what_is_damaged_in_the_table_is_refused_and_never_cached(
    replicas: Replicas,
) -> None:
    await replicas.keep(FIRST)
    await replicas.files("whole").load(ID)
    await replicas.execute(
        "UPDATE model_files SET content = set_bit(content, 800, 1 - get_bit(content, 800))"
        " WHERE suffix = $1",
        TREES,
    )
    assert await refusal_of(replicas.files("empty")) is Refusal.TREES_DIFFER
    assert TREES not in replicas.folder("empty").read_all(ID)
    assert (await replicas.files("whole").load(ID)).card == FIRST.card


async def test_a_card_with_prettier_figures_is_refused(replicas: Replicas) -> None:
    await replicas.keep(FIRST)
    prettier = contents_of(TinyModel(FIRST.trees, tiny_model(trained_at_ms=1).card))[CARD]
    await replicas.execute("UPDATE model_files SET content = $1 WHERE suffix = $2", prettier, CARD)
    assert await refusal_of(replicas.files("empty")) is Refusal.CARD_DAMAGED


@pytest.mark.parametrize(
    ("suffix", "reason"), [(CARD, Refusal.CARD_MISSING), (TREES, Refusal.TREES_MISSING)]
)
async def test_what_the_table_lacks_is_refused_whatever_the_folder_has(
    replicas: Replicas, suffix: str, reason: Refusal
) -> None:
    await replicas.keep(FIRST)
    await replicas.files("whole").load(ID)
    await replicas.execute("DELETE FROM model_files WHERE suffix = $1", suffix)
    assert await refusal_of(replicas.files("whole")) is reason


async def test_a_model_is_never_seen_without_its_files(replicas: Replicas) -> None:
    await replicas.execute("ALTER TABLE model_files ADD CHECK (suffix <> $$.ubj$$)")
    with pytest.raises(Exception, match="check constraint"):
        await replicas.keep(FIRST)
    assert await ModelStore(replicas.database).card(ID) is None
    assert await replicas.stored() == {}


async def test_files_from_before_are_taken_up_once_by_however_many_replicas(
    replicas: Replicas,
) -> None:
    for model in (FIRST, SECOND):
        await replicas.keep_as_before(model)
        replicas.folder("old").write_all(model.card.model_id, contents_of(model))
    shared = [replicas.files("old") for _ in range(3)]
    await asyncio.gather(*(files.take_up() for files in (*shared, replicas.files("empty"))))
    assert await replicas.stored() == expected(FIRST) | expected(SECOND)
    await replicas.files("old").take_up()
    assert await replicas.stored() == expected(FIRST) | expected(SECOND)
    assert (await replicas.files("empty").load(ID)).card == FIRST.card


async def test_files_that_are_not_whole_are_not_taken_up(replicas: Replicas) -> None:
    await replicas.keep_as_before(FIRST)
    replicas.folder("old").write_all(ID, {**contents_of(FIRST), TREES: FIRST.trees[:-9]})
    await replicas.files("old").take_up()
    assert await replicas.stored() == {}
    assert await refusal_of(replicas.files("old")) is Refusal.CARD_MISSING


async def test_a_report_is_kept_with_the_rest(replicas: Replicas) -> None:
    assert set(SUFFIXES) == contents_of(FIRST).keys()
    await replicas.keep(FIRST)
    assert b"<!doctype html>" in (await replicas.stored())[ID, REPORT][0]

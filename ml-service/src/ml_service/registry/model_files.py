"""The files of models: the table has them, a folder on disk saves asking it again.

What the folder lacks, or has otherwise than the table says, comes from the table; a folder that
cannot be written to costs time and nothing else.
"""

import asyncio
from pathlib import Path

from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_contents import (
    Contents,
    Trained,
    contents_of,
    loaded_model,
    sha256_of,
)
from ml_service.registry.model_file_error import ModelFileError
from ml_service.registry.model_file_store import ModelFileStore
from ml_service.registry.model_folder import ModelFolder
from service_kit.database import Database
from service_kit.logging import get_logger

log = get_logger(__name__)


class ModelFiles:
    """Every method but `cache` raises StoreUnavailableError."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._store = ModelFileStore(database)
        self._folder = ModelFolder(folder)

    async def load(self, model_id: str) -> LoadedModel:
        """Raises ModelFileError, which names what is wrong with what the table holds."""
        digests = await self._store.digests(model_id)
        cached = await asyncio.to_thread(self._folder.intact, model_id, digests)
        lacking = digests.keys() - cached.keys()
        fetched = await self._fetch(model_id, sorted(lacking)) if lacking else {}
        whole = {name: one for name, one in fetched.items() if sha256_of(one) == digests[name]}
        await self._write(model_id, whole)
        return await asyncio.to_thread(loaded_model, model_id, {**cached, **fetched}, digests)

    async def cache(self, trained: Trained) -> None:
        """What was just stored, so that nobody here has to fetch it."""
        await self._write(trained.card.model_id, contents_of(trained))

    async def take_up(self) -> None:
        """Store what only the folder has: files of models from before the table had any.

        Several processes may do so at once; the first one's stay.
        """
        for model_id in await self._store.models_without_files():
            contents = await asyncio.to_thread(self._folder.read_all, model_id)
            digests = {suffix: sha256_of(content) for suffix, content in contents.items()}
            try:
                await asyncio.to_thread(loaded_model, model_id, contents, digests)
            except ModelFileError as error:
                log.warning("model_files_not_taken_up", model_id=model_id, why=str(error))
            else:
                await self._store.keep(model_id, contents)
                log.info("model_files_taken_up", model_id=model_id)

    async def _fetch(self, model_id: str, suffixes: list[str]) -> Contents:
        log.info("model_files_fetched", model_id=model_id, files=suffixes)
        return await self._store.contents(model_id, suffixes)

    async def _write(self, model_id: str, contents: Contents) -> None:
        try:
            await asyncio.to_thread(self._folder.write_all, model_id, contents)
        except OSError as error:
            log.warning("model_files_not_cached", model_id=model_id, why=str(error))

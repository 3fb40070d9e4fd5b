"""Files of models on disk: a cache, which may be empty, damaged, full or read-only."""

from collections.abc import Mapping
from pathlib import Path

from ml_service.registry.durable_file import write_durably
from ml_service.registry.model_contents import SUFFIXES, Contents, sha256_of
from ml_service.registry.model_id import is_model_id


class ModelFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, model_id: str, suffix: str) -> Path:
        """Raises ValueError for what is no model's name, so that no path leaves the folder."""
        if not is_model_id(model_id):
            raise ValueError(f"{model_id[:80]!r} is no model's name")
        return self._folder / f"{model_id}{suffix}"

    def read_all(self, model_id: str) -> Contents:
        """Those that can be read."""
        found = {suffix: self._read(model_id, suffix) for suffix in SUFFIXES}
        return {suffix: content for suffix, content in found.items() if content is not None}

    def intact(self, model_id: str, digests: Mapping[str, str]) -> Contents:
        """Those that have these SHA-256."""
        found = self.read_all(model_id).items()
        return {name: content for name, content in found if sha256_of(content) == digests.get(name)}

    def write_all(self, model_id: str, contents: Contents) -> None:
        """Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for suffix, content in contents.items():
            write_durably(self.path(model_id, suffix), content)

    def _read(self, model_id: str, suffix: str) -> bytes | None:
        try:
            return self.path(model_id, suffix).read_bytes()
        except OSError:
            return None

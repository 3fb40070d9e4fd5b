"""What lies beside a dump: all that is needed to know that it is whole, and whose it is."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from maintenance_service.backup_errors import RestoreError

FORMAT_VERSION: Final = 1
DUMP_SUFFIX: Final = ".dump"
MANIFEST_SUFFIX: Final = ".json"
CHUNK_BYTES: Final = 2**20


class _Written(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class TableContent(_Written):
    """`hash`: MD5 of each row's text, as two 64-bit numbers, each added up modulo 2⁶⁴; hex.

    The order of rows does not matter to it.
    """

    rows: int
    hash: str


class FeedIdentity(_Written):
    """`stored` is a local stack's feed.json, where there is one."""

    kind: str
    source: str
    symbols: tuple[str, ...]
    stored: Mapping[str, Any] | None = None  # Any: JSON, compared whole


class Manifest(_Written):
    format_version: int
    started_at_ms: int
    event_ms: int
    """Nothing in the dump happened later, by the stack's clock."""
    feed: FeedIdentity
    schema_revision: str
    server_version: int
    """Major."""
    database_bytes: int
    dump_bytes: int
    dump_sha256: str
    tables: Mapping[str, TableContent]
    verified: Literal["contents", "listing"] | None = None

    @property
    def row_count(self) -> int:
        return sum(table.rows for table in self.tables.values())


def manifest_path(dump: Path) -> Path:
    return dump.with_name(dump.name + MANIFEST_SUFFIX)


def read_manifest(dump: Path) -> Manifest:
    """Raises RestoreError where there is none, or it is no manifest that we understand."""
    path = manifest_path(dump)
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise RestoreError(f"{dump} is no backup: {path.name} is not beside it") from None
    except OSError as error:
        raise RestoreError(f"{path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise RestoreError(f"{path} is damaged, or no manifest of a backup") from error
    if manifest.format_version != FORMAT_VERSION:
        raise RestoreError(
            f"{path} has format {manifest.format_version}; this version reads {FORMAT_VERSION}"
        )
    return manifest


def write_durably(path: Path, content: str) -> None:
    """Under its name only once every byte is on the disk."""
    draft = path.with_name(path.name + ".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
    rename_durably(draft, path)


def rename_durably(draft: Path, path: Path) -> None:
    _flush(draft)
    draft.replace(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    """Return once it is on the disk; a folder's names are, too, then."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()

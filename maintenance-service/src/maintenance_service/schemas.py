"""What maintenance-service answers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from maintenance_service.backups_store import BackupRow


class _Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class BackupAnswer(_Answer):
    started_at_ms: int = Field(description="wall time")
    state: Literal["running", "done", "failed"]
    duration_ms: int | None = Field(description="null while it runs, and where it is not known")
    path: str
    size_bytes: int | None
    row_count: int | None
    verified: Literal["contents", "listing"] | None
    error: str | None


class BackupBegun(_Answer):
    begun: bool = Field(description="false where the newest one is young enough")


class CleanedUp(_Answer):
    backups: int = Field(description="that were deleted")
    health_reports: int


def backup_answer(row: BackupRow) -> BackupAnswer:
    ended = row.ended_at_ms
    return BackupAnswer(
        started_at_ms=row.started_at_ms,
        state=row.state,
        duration_ms=None if ended is None else ended - row.started_at_ms,
        path=row.path,
        size_bytes=row.size_bytes,
        row_count=row.row_count,
        verified=row.verified,
        error=row.error,
    )

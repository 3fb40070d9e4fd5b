"""What an operator wants to know each morning, and what there is to complain of: pure."""

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from maintenance_service.backups_store import BackupRow
from maintenance_service.disks import Disk
from maintenance_service.platform_reports import (
    ToldFeed,
    ToldJob,
    ToldModel,
    ToldQuality,
    ToldService,
    ToldStatus,
)
from maintenance_service.server_figures import DatabaseFigures, RedisFigures
from trading_core.timeframe import HOUR_MS

OLDEST_BACKUP_MS: Final = 26 * HOUR_MS
"""A day, and the time in which the daily one may be made."""
MOST_UNDECIDED: Final = 3
FULL: Final = 0.9
"""Of the connections, and of the memory that Redis may use."""
GOOD_FEED: Final = ("live", "ended")


class _Report(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class BackupHealth(_Report):
    """Of the newest good backup; `age_ms` is wall time."""

    age_ms: int
    verified: str | None
    size_bytes: int | None
    path: str


class SeriesHealth(_Report):
    series: int
    decided: int
    undecided_bars: int
    skipped_bars: int
    holes: int | None


class HealthReport(_Report):
    """`made_at_ms` is wall time; None is what nobody could tell."""

    made_at_ms: int
    event_ms: int | None
    ok: bool
    complaints: list[str]
    services: dict[str, str] | None
    feed: ToldFeed | None
    series: SeriesHealth | None
    signals_of_the_day: dict[str, int]
    models: list[ToldModel] | None
    failed_jobs: list[str] | None
    backup: BackupHealth | None
    disks: list[Disk]
    database: DatabaseFigures
    redis: RedisFigures | None


class Found(BaseModel):
    """All that a report is made of."""

    made_at_ms: int
    status: ToldStatus | None
    qualities: list[ToldQuality] | None
    signals: Mapping[str, int]
    backup: BackupRow | None
    backup_failure: str | None
    disks: list[Disk]
    database: DatabaseFigures
    redis: RedisFigures | None


def report_of(found: Found) -> HealthReport:
    status, complaints = found.status, list(_complaints(found))
    return HealthReport(
        made_at_ms=found.made_at_ms,
        event_ms=status and status.feed.event_time_ms,
        ok=not complaints,
        complaints=complaints,
        services=status and {one.name: one.state for one in status.services},
        feed=status and status.feed,
        series=status and _series(status, found.qualities),
        signals_of_the_day=dict(found.signals),
        models=status and status.models,
        failed_jobs=status and [job.name for job in status.jobs or () if _failed(job)],
        backup=found.backup and _backup(found.backup, found.made_at_ms),
        disks=found.disks,
        database=found.database,
        redis=found.redis,
    )


def _series(status: ToldStatus, qualities: list[ToldQuality] | None) -> SeriesHealth:
    decisions = [one.decisions for one in status.series if one.decisions]
    return SeriesHealth(
        series=len(status.series),
        decided=sum(one.last_decided_ms is not None for one in decisions),
        undecided_bars=sum(one.undecided for one in decisions),
        skipped_bars=sum(one.skipped for one in decisions),
        holes=None if qualities is None else sum(s.holes for q in qualities for s in q.series),
    )


def _backup(row: BackupRow, made_at_ms: int) -> BackupHealth:
    return BackupHealth(
        age_ms=max(0, made_at_ms - row.started_at_ms),
        verified=row.verified,
        size_bytes=row.size_bytes,
        path=row.path,
    )


def _complaints(found: Found) -> Iterator[str]:
    if found.status is None:
        yield "the gateway does not say how the platform is"
    else:
        yield from _of_status(found.status)
    yield from _of_quality(found.qualities)
    yield from _of_backup(found)
    yield from (disk.complaint for disk in found.disks if disk.complaint)
    yield from _of_servers(found.database, found.redis)


def _of_status(status: ToldStatus) -> Iterator[str]:
    if status.feed.state not in GOOD_FEED:
        yield f"the feed {status.feed.source} is {status.feed.state}"
    yield from (_of_service(one) for one in status.services if one.state != "ready")
    for one in status.series:
        if one.decisions and one.decisions.undecided > MOST_UNDECIDED:
            yield f"{one.symbol} {one.timeframe}: {one.decisions.undecided} bars are undecided"
    if status.models is None:
        yield "nobody says how the models are"
    for model in status.models or ():
        name = f"{model.symbol} {model.timeframe}"
        if model.degraded:
            yield f"{name}: the model is degraded: {model.degraded_reason}"
        if model.abstains_for == "model_unreadable":
            yield f"{name}: the model cannot be read"
    if status.jobs is None:
        yield "nobody says how the jobs went"
    yield from (f"{job.name} failed: {job.last_error}" for job in status.jobs or () if _failed(job))


def _of_service(service: ToldService) -> str:
    wrong = [f"{name}: {said}" for name, said in service.checks.items() if said != "ok"]
    state = service.state.replace("_", " ")
    return f"{service.name} is {state}{': ' if wrong else ''}{'; '.join(wrong)}"


def _of_quality(qualities: list[ToldQuality] | None) -> Iterator[str]:
    if qualities is None:
        yield "market-service does not say how whole its candles are"
    for quality in qualities or ():
        for series in quality.series:
            if series.holes:
                yield f"{quality.symbol} {series.timeframe}: {series.verdict}"


def _of_backup(found: Found) -> Iterator[str]:
    row = found.backup
    if row is None:
        yield "there is no backup"
    elif found.made_at_ms - row.started_at_ms > OLDEST_BACKUP_MS:
        hours = (found.made_at_ms - row.started_at_ms) // HOUR_MS
        yield f"the newest backup is {hours} hours old"
    if row is not None and row.verified is None:
        yield "the newest backup was not verified"
    if found.backup_failure:
        yield f"the last backup failed: {found.backup_failure}"


def _of_servers(database: DatabaseFigures, redis: RedisFigures | None) -> Iterator[str]:
    if database.connections > FULL * database.connections_limit:
        yield f"{database.connections} of {database.connections_limit} connections are in use"
    if redis is None:
        yield "redis does not answer"
    elif redis.max_memory_bytes and redis.used_memory_bytes > FULL * redis.max_memory_bytes:
        yield f"redis uses {redis.used_memory_bytes / redis.max_memory_bytes:.0%} of its memory"


def _failed(job: ToldJob) -> bool:
    return job.last_state == "failed"

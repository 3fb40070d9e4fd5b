from typing import Any

from maintenance_service.backups_store import BackupRow
from maintenance_service.disks import Disk
from maintenance_service.health_report import Found, report_of
from maintenance_service.platform_reports import ToldQuality, ToldStatus
from maintenance_service.server_figures import DatabaseFigures, RedisFigures
from trading_core.timeframe import HOUR_MS

NOW_MS = 1_790_000_000_000
GB = 10**9


def status(**changed: Any) -> ToldStatus:  # noqa: ANN401 - JSON
    well: dict[str, Any] = {
        "feed": {
            "kind": "live",
            "source": "binance",
            "state": "live",
            "ageMs": 5,
            "eventTimeMs": NOW_MS,
            "faults": [],
        },
        "services": [{"name": "market", "state": "ready", "checks": {"database": "ok"}}],
        "series": [
            {
                "symbol": "ETHUSDT",
                "timeframe": "1m",
                "decisions": {"lastDecidedMs": 1, "undecided": 0, "skipped": 0},
            }
        ],
        "models": [
            {
                "symbol": "ETHUSDT",
                "timeframe": "1h",
                "abstainsFor": None,
                "skill": 0.1,
                "degraded": False,
                "degradedReason": None,
            }
        ],
        "jobs": [{"name": "back-up", "lastState": "ok", "lastError": None, "failuresInARow": 0}],
    }
    return ToldStatus.model_validate(well | changed)


def quality(holes: int = 0) -> ToldQuality:
    series = {"timeframe": "1m", "holes": holes, "verdict": f"healing {holes} bars"}
    return ToldQuality.model_validate({"symbol": "ETHUSDT", "whole": not holes, "series": [series]})


def backup(age_hours: int = 3, verified: Any = "contents") -> BackupRow:  # noqa: ANN401 - a literal
    return BackupRow(
        started_at_ms=NOW_MS - age_hours * HOUR_MS, state="done", path="/b", verified=verified
    )


def complaints(**changed: Any) -> list[str]:  # noqa: ANN401 - each field's own type
    well: dict[str, Any] = {
        "made_at_ms": NOW_MS,
        "status": status(),
        "qualities": [quality()],
        "signals": {"BUY": 1},
        "backup": backup(),
        "backup_failure": None,
        "disks": [Disk("/data", 100 * GB, 50 * GB)],
        "database": DatabaseFigures(10**9, 20, 100),
        "redis": RedisFigures(10**6, 0, 5, 0),
    }
    report = report_of(Found(**(well | changed)))
    assert report.ok == (not report.complaints)
    return report.complaints


def test_a_platform_that_is_well_has_no_complaint() -> None:
    assert complaints() == []


def test_a_gateway_that_is_away_is_a_complaint_and_the_rest_is_told() -> None:
    assert complaints(status=None, qualities=None) == [
        "the gateway does not say how the platform is",
        "market-service does not say how whole its candles are",
    ]


def test_the_feed_and_services_that_are_not_well_are_named() -> None:
    feed = status().feed.model_copy(update={"state": "stale"}).model_dump(by_alias=True)
    services = [
        {"name": "ml", "state": "unreachable", "checks": {}},
        {"name": "market", "state": "not_ready", "checks": {"database": "away", "redis": "ok"}},
    ]
    assert complaints(status=status(feed=feed, services=services)) == [
        "the feed binance is stale",
        "ml is unreachable",
        "market is not ready: database: away",
    ]


def test_a_recording_that_has_been_played_is_no_complaint() -> None:
    feed = status().feed.model_copy(update={"state": "ended"}).model_dump(by_alias=True)
    assert complaints(status=status(feed=feed)) == []


def test_holes_failed_jobs_and_degraded_models_are_named() -> None:
    job = {"name": "collect-1m", "lastState": "failed", "lastError": "away", "failuresInARow": 2}
    model = {
        "symbol": "ETHUSDT",
        "timeframe": "1h",
        "abstainsFor": None,
        "skill": 0.1,
        "degraded": True,
        "degradedReason": "worse than its prior",
    }
    found = complaints(status=status(jobs=[job], models=[model]), qualities=[quality(holes=2)])
    assert found == [
        "ETHUSDT 1h: the model is degraded: worse than its prior",
        "collect-1m failed: away",
        "ETHUSDT 1m: healing 2 bars",
    ]


def test_a_backup_that_is_missing_old_unverified_or_failed_is_a_complaint() -> None:
    assert complaints(backup=None) == ["there is no backup"]
    assert complaints(backup=backup(age_hours=50)) == ["the newest backup is 50 hours old"]
    assert complaints(backup=backup(verified=None)) == ["the newest backup was not verified"]
    assert complaints(backup_failure="no space") == ["the last backup failed: no space"]


def test_servers_and_disks_that_are_nearly_full_are_complaints() -> None:
    assert complaints(database=DatabaseFigures(1, 95, 100)) == ["95 of 100 connections are in use"]
    assert complaints(redis=RedisFigures(95, 100, 1, 0)) == ["redis uses 95% of its memory"]
    assert complaints(redis=None) == ["redis does not answer"]
    assert complaints(disks=[Disk("/data", 0, 0)]) == ["/data cannot be looked at"]


def test_the_report_is_told_in_camel_case() -> None:
    found = Found(
        made_at_ms=NOW_MS,
        status=status(),
        qualities=[quality()],
        signals={"HOLD": 3},
        backup=backup(),
        backup_failure=None,
        disks=[Disk("/data", 2 * GB, GB)],
        database=DatabaseFigures(1, 2, 3),
        redis=RedisFigures(1, 2, 3, 4),
    )
    told = report_of(found).model_dump(mode="json", by_alias=True)
    assert told["disks"] == [{"folder": "/data", "sizeBytes": 2 * GB, "freeBytes": GB}]
    assert told["database"]["connectionsLimit"] == 3
    assert told["redis"]["usedMemoryBytes"] == 1
    assert told["signalsOfTheDay"] == {"HOLD": 3}
    assert told["backup"]["ageMs"] == 3 * HOUR_MS

from dataclasses import replace

from maintenance_service.backups_store import BackupRow
from maintenance_service.prune_backups import prunable

OLD = BackupRow(started_at_ms=1, state="done", path="/b/1.dump", verified="contents")
OLDER = replace(OLD, started_at_ms=0, path="/b/0.dump")
FAILED = replace(OLD, started_at_ms=2, state="failed", verified=None)


def test_old_backups_go() -> None:
    newer = replace(OLD, started_at_ms=9)
    assert prunable([OLDER, OLD, FAILED], newer) == [OLDER, OLD, FAILED]


def test_the_newest_verified_one_stays_however_old_it_is() -> None:
    assert prunable([OLDER, OLD, FAILED], OLD) == [OLDER, FAILED]


def test_where_none_was_verified_every_whole_one_stays() -> None:
    unverified = replace(OLD, verified=None)
    assert prunable([unverified, FAILED], None) == [FAILED]

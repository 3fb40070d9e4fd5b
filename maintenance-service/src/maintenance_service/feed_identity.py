"""Whose data they are: written into a backup, and compared before one is restored."""

import json

from maintenance_service.backup_errors import BackupError, RestoreError
from maintenance_service.manifest import FeedIdentity
from maintenance_service.settings import BackupSettings


def feed_identity(settings: BackupSettings) -> FeedIdentity:
    """Raises BackupError where there should be a feed.json and is none to be read."""
    stored = None
    if settings.feed_file is not None:
        try:
            stored = json.loads(settings.feed_file.read_bytes())
        except (OSError, ValueError) as error:
            raise BackupError(f"{settings.feed_file} cannot be read: {error}") from error
    return FeedIdentity(
        kind=settings.feed_kind,
        source=settings.feed_source,
        symbols=tuple(symbol.slashed for symbol in settings.symbols),
        stored=stored,
    )


def refuse_other_feed(ours: FeedIdentity, backup: FeedIdentity) -> None:
    """Raises RestoreError. Which symbols are watched may change in the life of a feed."""
    if (ours.kind, ours.source) != (backup.kind, backup.source):
        raise RestoreError(
            f"the backup is of the {backup.kind} feed {backup.source}, "
            f"and this is the {ours.kind} feed {ours.source}"
        )

"""Everything that maintenance-service measures; refreshed in the background, never by a scrape."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge

from maintenance_service.backups_store import BackupRow
from maintenance_service.disks import Disk
from maintenance_service.server_figures import DatabaseFigures, RedisFigures


class MaintenanceMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, meaning: str, *labels: str) -> Gauge:
            return Gauge(name, meaning, labels, registry=registry)

        self.backup_failures = Counter(
            "backup_failures_total", "Backups that this process could not make.", registry=registry
        )
        self._last_success = gauge(
            "backup_last_success_timestamp_seconds", "End of the newest good one; 0: none."
        )
        self._last_duration = gauge("backup_last_duration_seconds", "Of the newest good one.")
        self._last_size = gauge("backup_last_size_bytes", "Of the newest good one's file.")
        self._disk_free = gauge("disk_free_bytes", "Free to us.", "folder")
        self._disk_size = gauge("disk_size_bytes", "Of the whole disk.", "folder")
        self._database_size = gauge("database_size_bytes", "Of our database.")
        self._connections = gauge("database_connections", "To the server, of everybody.")
        self._connections_limit = gauge("database_connections_limit", "At most.")
        self._redis_memory = gauge("redis_used_memory_bytes", "Of the data.")
        self._redis_max_memory = gauge("redis_max_memory_bytes", "At most; 0: no limit.")
        self._redis_clients = gauge("redis_connected_clients", "Connections.")
        self._redis_evicted = gauge("redis_evicted_keys", "Since the server began.")

    def show_backup(self, row: BackupRow | None) -> None:
        if row is None:
            return
        ended_at_ms = row.ended_at_ms or row.started_at_ms
        self._last_success.set(ended_at_ms / 1000)
        self._last_duration.set((ended_at_ms - row.started_at_ms) / 1000)
        self._last_size.set(row.size_bytes or 0)

    def show_disks(self, disks: Iterable[Disk]) -> None:
        for disk in disks:
            self._disk_free.labels(disk.folder).set(disk.free_bytes)
            self._disk_size.labels(disk.folder).set(disk.size_bytes)

    def show_database(self, figures: DatabaseFigures) -> None:
        self._database_size.set(figures.size_bytes)
        self._connections.set(figures.connections)
        self._connections_limit.set(figures.connections_limit)

    def show_redis(self, figures: RedisFigures) -> None:
        self._redis_memory.set(figures.used_memory_bytes)
        self._redis_max_memory.set(figures.max_memory_bytes)
        self._redis_clients.set(figures.connected_clients)
        self._redis_evicted.set(figures.evicted_keys)

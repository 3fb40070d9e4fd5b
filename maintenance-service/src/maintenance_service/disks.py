"""How full disks are, and when that is a reason not to be ready."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pydantic.dataclasses import dataclass

from maintenance_service.server_figures import AS_JSON
from service_kit.health import ReadinessCheck

LEAST_FREE_SHARE: Final = 0.05
LEAST_FREE_BYTES: Final = 500 * 10**6


@dataclass(frozen=True, slots=True, config=AS_JSON)
class Disk:
    """One that cannot be looked at has no size."""

    folder: str
    size_bytes: int
    free_bytes: int

    @property
    def complaint(self) -> str | None:
        if self.size_bytes == 0:
            return f"{self.folder} cannot be looked at"
        share = self.free_bytes / self.size_bytes
        if self.free_bytes >= LEAST_FREE_BYTES and share >= LEAST_FREE_SHARE:
            return None
        return f"only {self.free_bytes / 1e6:.0f} MB ({share:.0%}) are free at {self.folder}"

    @property
    def public_complaint(self) -> str:
        """In plain words, without a path: it is told to everybody in the platform's status."""
        if self.size_bytes == 0:
            return "a disk cannot be looked at"
        percent = self.free_bytes * 100 // self.size_bytes
        return f"only {self.free_bytes / 1e6:.0f} MB, {percent} percent, are free on a disk"


def look_at_disks(folders: Iterable[Path]) -> list[Disk]:
    return [_look(folder) for folder in folders]


def disks_ready(folders: Sequence[Path]) -> ReadinessCheck:
    async def check() -> str | None:
        full = [disk for disk in look_at_disks(folders) if disk.complaint]
        return full[0].public_complaint if full else None

    return check


def _look(folder: Path) -> Disk:
    """Of a folder that is not there yet, the disk that it will be on."""
    existing = next((step for step in (folder, *folder.parents) if step.exists()), folder)
    try:
        usage = shutil.disk_usage(existing)
    except OSError:
        return Disk(str(folder), 0, 0)
    return Disk(str(folder), usage.total, usage.free)

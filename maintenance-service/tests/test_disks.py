import shutil
from pathlib import Path

import pytest

from maintenance_service.disks import Disk, disks_ready, look_at_disks

GB = 10**9


@pytest.mark.parametrize(
    ("size", "free", "said"),
    [
        (100 * GB, 50 * GB, None),
        (100 * GB, 5 * GB, None),
        (100 * GB, 4 * GB, "only 4000 MB (4%) are free at /data"),
        (2 * GB, 400 * 10**6, "only 400 MB (20%) are free at /data"),
        (0, 0, "/data cannot be looked at"),
    ],
)
def test_a_disk_that_is_nearly_full_is_told(size: int, free: int, said: str | None) -> None:
    assert Disk("/data", size, free).complaint == said


async def test_readiness_tells_it_without_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await disks_ready([tmp_path])() is None
    usage = shutil.disk_usage(tmp_path)._replace(total=2 * GB, free=400 * 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert await disks_ready([tmp_path])() == "only 400 MB, 20 percent, are free on a disk"


def test_a_folder_that_is_not_there_yet_has_the_disk_around_it(tmp_path: Path) -> None:
    there, yet = look_at_disks([tmp_path, tmp_path / "not" / "yet"])
    assert there.size_bytes == yet.size_bytes > 0

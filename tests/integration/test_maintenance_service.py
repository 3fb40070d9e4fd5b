"""maintenance-service on real PostgreSQL and Valkey; its gateway says what it is told to."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from backed_up import SERVER_PROGRAMS
from in_process import in_process
from maintenance_service.app import build_app
from maintenance_service.make_backup import ROLE
from maintenance_service.manifest import manifest_path
from maintenance_service.settings import MaintenanceSettings
from service_kit.advisory_lock import Leadership
from service_kit.database import create_database
from service_kit.settings import DatabaseSettings
from stub_sibling import StubSibling, json_answer, stub_sibling

pytestmark = pytest.mark.integration

STATUS = """{"success": true, "data": {
    "feed": {"kind": "live", "source": "binance", "state": "live", "ageMs": 1, "eventTimeMs": 9,
        "faults": [], "speed": 1.0},
    "services": [{"name": "ml", "state": "unreachable", "checks": {}}],
    "series": [], "models": [], "jobs": []}}"""
QUALITY = '{"success": true, "data": {"symbol": "ETHUSDT", "whole": true, "series": []}}'


@pytest.fixture
async def gateway() -> AsyncIterator[StubSibling]:
    async with stub_sibling() as sibling:
        sibling.answers["/api/status"] = json_answer(STATUS)
        sibling.answers["/api/market/quality"] = json_answer(QUALITY)
        yield sibling


@pytest.fixture
def settings(
    database_url: str, redis_url: str, gateway: StubSibling, tmp_path: Path
) -> MaintenanceSettings:
    return MaintenanceSettings(
        database_url=SecretStr(database_url),
        redis_url=SecretStr(redis_url),
        gateway_service_url=gateway.url,
        backups_dir=tmp_path / "backups",
        pg_bin_dir=Path(SERVER_PROGRAMS),
    )


@pytest.fixture
async def service(settings: MaintenanceSettings) -> AsyncIterator[httpx.AsyncClient]:
    async with in_process(build_app(settings)) as client:
        yield client


async def data(service: httpx.AsyncClient, path: str) -> Any:  # noqa: ANN401 - each route's own
    answer = await service.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def until(holds: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is waited for
    deadline = time.monotonic() + 60
    while not (found := await holds()):
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.05)
    return found


async def backed_up(service: httpx.AsyncClient) -> dict[str, Any]:
    """One more, from beginning to end."""
    before = len(await data(service, "/backups"))
    assert (await service.post("/backups")).status_code == 202

    async def ended() -> dict[str, Any] | None:
        rows: list[dict[str, Any]] = await data(service, "/backups")
        return rows[0] if len(rows) > before and rows[0]["state"] != "running" else None

    row: dict[str, Any] = await until(ended)
    return row


async def test_a_backup_goes_on_in_the_background_and_is_listed(
    service: httpx.AsyncClient,
) -> None:
    first, second = await backed_up(service), await backed_up(service)
    assert (first["state"], first["verified"], first["error"]) == ("done", "contents", None)
    assert (await asyncio.to_thread(Path(first["path"]).stat)).st_size == first["sizeBytes"]
    assert first["durationMs"] > 0
    listed = await data(service, "/backups")
    assert [row["path"] for row in listed] == [second["path"], first["path"]]
    assert len(await data(service, "/backups?limit=1")) == 1


async def test_while_one_is_made_another_is_refused(
    service: httpx.AsyncClient, settings: MaintenanceSettings
) -> None:
    database = create_database(DatabaseSettings(database_url=settings.database_url))
    async with Leadership(database, ROLE):
        for path in ("/backups", "/clean-up"):
            refused = await service.post(path)
            assert refused.status_code == 409
            assert refused.json()["error"]["message"] == "a backup is being made already"
    await database.dispose()
    assert (await backed_up(service))["state"] == "done"


async def test_one_is_begun_only_where_the_newest_is_old_enough(
    service: httpx.AsyncClient,
) -> None:
    asked = "/backups?older_than_hours=20"
    await backed_up(service)
    answer = await service.post(asked)
    assert (answer.status_code, answer.json()["data"]) == (200, {"begun": False})
    assert len(await data(service, "/backups")) == 1


async def test_a_backup_that_fails_says_why_and_is_counted(
    settings: MaintenanceSettings, tmp_path: Path
) -> None:
    broken = settings.model_copy(update={"pg_bin_dir": tmp_path})
    async with in_process(build_app(broken)) as service:
        failed = await backed_up(service)
        assert failed["state"] == "failed"
        assert "no program pg_dump was found" in failed["error"]
        metrics = (await service.get("/metrics")).text
        assert "backup_failures_total 1.0" in metrics
        assert "backup_last_success_timestamp_seconds 0.0" in metrics


async def test_without_room_for_it_none_is_begun(
    service: httpx.AsyncClient, settings: MaintenanceSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maintenance_service.write_backup.RESERVE_BYTES", 10**18)
    failed = await backed_up(service)
    assert (failed["state"], failed["verified"]) == ("failed", None)
    assert failed["error"].startswith("only ")
    assert f"MB are free at {settings.backups_dir}; 100000000" in failed["error"]
    assert list(settings.backups_dir.iterdir()) == []


async def test_old_backups_go_but_never_the_newest_verified(
    settings: MaintenanceSettings,
) -> None:
    """Kept for no time at all, every one is old."""
    eager = settings.model_copy(update={"backups_keep_days": 1e-9})
    async with in_process(build_app(eager)) as service:
        rows = [await backed_up(service) for _ in range(3)]
        cleaned = await service.post("/clean-up")
        assert cleaned.json()["data"] == {"backups": 2, "healthReports": 0}
        assert [row["path"] for row in await data(service, "/backups")] == [rows[-1]["path"]]
    kept = Path(rows[-1]["path"])
    assert sorted(settings.backups_dir.iterdir()) == [kept, manifest_path(kept)]


async def test_a_report_is_made_stored_and_read_again(
    service: httpx.AsyncClient, gateway: StubSibling
) -> None:
    none = await service.get("/health-reports/latest")
    assert (none.status_code, none.json()["success"]) == (404, False)
    made = (await service.post("/health-reports")).json()["data"]
    assert made["ok"] is False
    assert made["complaints"][:2] == ["ml is unreachable", "there is no backup"]
    assert made["database"]["sizeBytes"] > 10**6
    assert made["redis"]["usedMemoryBytes"] > 0
    assert await data(service, "/health-reports/latest") == made
    assert gateway.targets() == ["/api/status", "/api/market/quality?symbol=ETHUSDT"]
    await backed_up(service)
    gateway.answers["/api/status"] = json_answer(STATUS.replace("unreachable", "ready"))
    assert (await service.post("/health-reports")).json()["data"]["ok"] is True
    assert (await data(service, "/health-reports/latest"))["ok"] is True


async def test_a_gateway_that_is_away_is_a_complaint(
    service: httpx.AsyncClient, gateway: StubSibling
) -> None:
    gateway.answers.clear()
    made = await service.post("/health-reports")
    assert made.status_code == 200
    assert "the gateway does not say how the platform is" in made.json()["data"]["complaints"]


async def test_the_servers_and_disks_are_measured_in_the_background(
    service: httpx.AsyncClient, settings: MaintenanceSettings
) -> None:
    async def measured() -> str | None:
        text = (await service.get("/metrics")).text
        return text if "database_size_bytes 0.0" not in text else None

    found = (await until(measured)).splitlines()
    figures = {line.split()[0]: float(line.split()[1]) for line in found if line[0] != "#"}
    folder = settings.backups_dir
    assert figures[f'disk_free_bytes{{folder="{folder}"}}'] > 0
    assert figures["database_connections"] >= 1
    assert figures["database_connections_limit"] >= 20
    assert figures["redis_connected_clients"] >= 1
    assert figures["redis_max_memory_bytes"] >= 0
    assert (await service.get("/readyz")).json()["checks"] == {"database": "ok", "disk": "ok"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/backups?older_than_hours=-1", 400),
        ("POST", "/backups?older_than_hours=nan", 400),
        ("GET", "/backups?limit=0", 400),
        ("GET", "/health-reports", 405),
        ("DELETE", "/backups", 405),
        ("GET", "/nothing", 404),
    ],
)
async def test_a_wrong_request_is_told_so(
    service: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await service.request(method, path)
    assert (answer.status_code, answer.json()["success"]) == (status, False)

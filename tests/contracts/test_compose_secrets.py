"""compose/make-secrets.sh, with which everybody begins."""

import shutil
import subprocess
from pathlib import Path

import pytest

from composed_platform import composed, with_profiles
from deployed_services import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place like the repository's root in which it has run."""
    shutil.copytree(ROOT / "compose", tmp_path / "compose")
    make(tmp_path)
    return tmp_path


def make(folder: Path) -> str:
    command = ["sh", str(folder / "compose" / "make-secrets.sh")]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (folder / ".secrets").iterdir()}


def test_every_secret_of_the_file_is_made(folder: Path) -> None:
    assert set(contents(folder)) == set(composed(*with_profiles("*"))["secrets"])
    assert (folder / ".env").read_text().endswith("SECRETS_FOLDER=./.secrets\n")


def test_addresses_hold_the_passwords_of_the_servers(folder: Path) -> None:
    made = contents(folder)
    assert made["postgres_password"] in made["database_url"]
    assert made["redis_password"] in made["redis_url"]
    assert made["redis_auth.conf"] == f"requirepass {made['redis_password']}"
    drawn = ("postgres_password", "redis_password", "admin_token", "grafana_password")
    assert {len(made[name]) for name in drawn} == {64}
    assert len({made[name] for name in drawn}) == len(drawn)


def test_nobody_else_on_this_machine_can_reach_them(folder: Path) -> None:
    assert (folder / ".secrets").stat().st_mode & 0o777 == 0o700


def test_a_second_run_changes_nothing_and_tells_no_secret(folder: Path) -> None:
    (folder / ".secrets" / "sentry_dsn").write_text("https://key@sentry.example/1")
    (folder / ".env").write_text("SECRETS_FOLDER=./.secrets\nPUBLIC_PORT=8080\n")
    before = contents(folder)
    said = make(folder)
    assert contents(folder) == before
    assert "PUBLIC_PORT=8080" in (folder / ".env").read_text()
    assert not [secret for secret in before.values() if secret and secret in said]

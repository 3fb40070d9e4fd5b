import pytest
from pydantic import SecretStr, ValidationError

from scheduler_service.settings import SchedulerSettings

DATABASE = SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/none")


def test_jobs_that_others_see_to_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISABLED_JOBS", "back-up, retrain-models")
    settings = SchedulerSettings(database_url=DATABASE)
    assert settings.disabled_jobs == ("back-up", "retrain-models")


def test_a_job_that_does_not_exist_cannot_be_disabled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISABLED_JOBS", "backup")
    with pytest.raises(ValidationError, match="there is no job 'backup', but collect-1m"):
        SchedulerSettings(database_url=DATABASE)

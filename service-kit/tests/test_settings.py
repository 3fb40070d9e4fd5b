from pathlib import Path

import pytest
from pydantic import ValidationError

from service_kit.settings import DatabaseSettings, Port, ServiceSettings, setting_errors
from trading_core.symbol import Symbol


class SomeSettings(ServiceSettings, DatabaseSettings):
    port: Port = 9000


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "SYMBOLS", "ADMIN_TOKEN", "SECRETS_DIR", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://eth:x@127.0.0.1/eth")


def test_symbols_are_read_in_both_spellings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYMBOLS", "ETH/USDT, BTCUSDT")
    assert SomeSettings().symbols == (Symbol("ETH", "USDT"), Symbol("BTC", "USDT"))


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("SYMBOLS", "nonsense", "symbol"),
        ("SYMBOLS", ",", "no market"),
        ("PORT", "70000", "65535"),
        ("PORT", "abc", "integer"),
        ("LOG_LEVEL", "loud", "debug"),
        ("HOST", "0.0.0.0", "ADMIN_TOKEN"),  # noqa: S104 - the very thing that is refused
    ],
)
def test_a_wrong_setting_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, word: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as caught:
        SomeSettings()
    assert word in setting_errors(list(caught.value.errors()))


def test_listening_to_the_world_is_allowed_with_an_admin_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104 - allowed with a token
    monkeypatch.setenv("ADMIN_TOKEN", "secret")
    assert SomeSettings().admin_token is not None


def test_a_secret_is_read_from_its_file_and_never_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    (tmp_path / "database_url").write_text("postgresql+asyncpg://eth:hush@127.0.0.1/eth\n")
    settings = SomeSettings()
    assert "hush" in settings.database_url.get_secret_value()
    assert "hush" not in repr(settings)


def test_the_environment_wins_over_a_secret_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    (tmp_path / "database_url").write_text("from-file")
    assert SomeSettings().database_url.get_secret_value().startswith("postgresql")


def test_an_empty_secret_file_is_a_setting_that_is_not_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    (tmp_path / "admin_token").write_text("\n")
    assert SomeSettings().admin_token is None

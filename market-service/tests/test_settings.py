import pytest
from pydantic import ValidationError

from market_service.settings import BINANCE_REST_URLS, BINANCE_WS_URLS, MarketSettings
from trading_core.timeframe import Timeframe

SIMULATOR = {"EXCHANGE_REST_URL": "http://127.0.0.1:8110", "EXCHANGE_WS_URL": "ws://127.0.0.1:8110"}


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EXCHANGE_REST_URL", "EXCHANGE_WS_URL", "BACKFILL_BARS", "SECRETS_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://eth:x@127.0.0.1/eth")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1/0")


def test_binance_comes_with_its_alternate_hosts() -> None:
    settings = MarketSettings()
    assert settings.port == 8101
    assert settings.rest_urls == BINANCE_REST_URLS
    assert settings.ws_urls == BINANCE_WS_URLS


def test_a_simulated_exchange_never_falls_back_to_the_real_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, url in SIMULATOR.items():
        monkeypatch.setenv(name, url + "/")
    settings = MarketSettings()
    assert settings.rest_urls == ("http://127.0.0.1:8110",)
    assert settings.ws_urls == ("ws://127.0.0.1:8110",)


@pytest.mark.parametrize("name", SIMULATOR)
def test_two_exchanges_at_once_are_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, SIMULATOR[name])
    with pytest.raises(ValidationError, match="different exchanges"):
        MarketSettings()


def test_backfill_is_told_for_each_timeframe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKFILL_BARS", "1m=20000, 5m=all")
    bars = MarketSettings().backfill_bars
    assert bars[Timeframe.M1] == 20_000
    assert bars[Timeframe.M5] is None
    assert bars[Timeframe.M15] == 10_000


@pytest.mark.parametrize("text", ["1m", "1m=-5", "1m=0", "2m=5", "1m=many", "=5"])
def test_a_wrong_backfill_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("BACKFILL_BARS", text)
    with pytest.raises(ValidationError):
        MarketSettings()

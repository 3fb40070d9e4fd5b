import pytest
from pydantic import SecretStr, ValidationError

from api_gateway.settings import GatewaySettings

SERVERS = {"redis_url": SecretStr("redis://x"), "database_url": SecretStr("postgresql://x")}


def test_the_trusted_origins_are_those_of_the_public_port() -> None:
    settings = GatewaySettings(**SERVERS, public_port=3900)
    assert settings.trusted_origins == {"http://localhost:3900", "http://127.0.0.1:3900"}


def test_origins_that_are_configured_replace_them() -> None:
    settings = GatewaySettings(**SERVERS, cors_origins=("https://a.example",))
    assert settings.trusted_origins == {"https://a.example"}


def test_proxies_are_addresses_and_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,fd00::/8")
    told = [str(block) for block in GatewaySettings(**SERVERS).trusted_proxies]
    assert told == ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"]


def test_of_proxies_only_one_on_this_machine_is_trusted_by_default() -> None:
    assert [str(block) for block in GatewaySettings(**SERVERS).trusted_proxies] == ["127.0.0.1/32"]


@pytest.mark.parametrize("wrong", ["*", "nginx", "10.0.0.0/33", "10.0.0.1/8"])
def test_a_proxy_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", wrong)
    with pytest.raises(ValidationError, match="trusted_proxies"):
        GatewaySettings(**SERVERS)


@pytest.mark.parametrize("token", [None, SecretStr("")])
def test_a_token_that_is_asked_for_must_exist(token: SecretStr | None) -> None:
    with pytest.raises(ValidationError, match="REQUIRE_ADMIN_TOKEN needs ADMIN_TOKEN"):
        GatewaySettings(**SERVERS, require_admin_token=True, admin_token=token)

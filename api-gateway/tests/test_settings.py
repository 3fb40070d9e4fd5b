from pydantic import SecretStr

from api_gateway.settings import GatewaySettings

SERVERS = {"redis_url": SecretStr("redis://x"), "database_url": SecretStr("postgresql://x")}


def test_the_trusted_origins_are_those_of_the_public_port() -> None:
    settings = GatewaySettings(**SERVERS, public_port=3900)
    assert settings.trusted_origins == {"http://localhost:3900", "http://127.0.0.1:3900"}


def test_origins_that_are_configured_replace_them() -> None:
    settings = GatewaySettings(**SERVERS, cors_origins=("https://a.example",))
    assert settings.trusted_origins == {"https://a.example"}

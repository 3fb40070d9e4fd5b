import pytest
from prometheus_client import CollectorRegistry
from pydantic import SecretStr, ValidationError

from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.session_route import session_route
from api_gateway.settings import GatewaySettings
from api_gateway.socket_server import SocketServer

URLS = {"database_url": SecretStr("postgresql://none"), "redis_url": SecretStr("redis://none")}


def test_one_gateway_gives_out_ids_as_the_engine_makes_them() -> None:
    server = SocketServer(GatewayMetrics.register(CollectorRegistry()), session_route(None))
    assert "." not in server.eio.generate_id()


def test_the_ids_of_one_of_several_begin_with_what_nginx_calls_it() -> None:
    """The digits are `printf 10.0.0.7:3001 | md5sum`."""
    route = session_route("10.0.0.7:3001")
    server = SocketServer(GatewayMetrics.register(CollectorRegistry()), route)
    first, second = server.eio.generate_id(), server.eio.generate_id()
    assert first.startswith("f56b709901aa070bfcad3e9ea032bda5.")
    assert first != second


@pytest.mark.parametrize("address", ["10.0.0.7:3001", "[fd00::7]:3001"])
def test_an_address_is_known_by_its_numbers(address: str) -> None:
    assert GatewaySettings(advertised_address=address, **URLS).advertised_address == address


@pytest.mark.parametrize("address", ["gateway:3001", "10.0.0.7", "", "fd00::7:3001"])
def test_what_nginx_would_call_otherwise_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="advertised_address"):
        GatewaySettings(advertised_address=address, **URLS)

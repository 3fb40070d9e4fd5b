"""Nginx is as generous as the gateway behind it, and more patient."""

import re

from api_gateway.forward_routes import LONG_ANSWER_SECONDS
from api_gateway.limited_body import LARGEST_BODY_BYTES
from eth_cli.nginx_server import TEMPLATE


def told(directive: str, unit: str) -> int:
    """The number of a directive that stands once."""
    [number] = re.findall(rf"^\s*{directive} (\d+){unit};$", TEMPLATE.read_text(), re.MULTILINE)
    return int(number)


def test_nginx_waits_longer_than_the_gateway_does() -> None:
    assert told("proxy_read_timeout", "s") > LONG_ANSWER_SECONDS


def test_nginx_lets_through_as_large_a_body_as_the_gateway_takes() -> None:
    assert told("client_max_body_size", "m") * 1024 * 1024 == LARGEST_BODY_BYTES

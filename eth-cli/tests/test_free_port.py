"""Ports for servers that are started in a moment."""

import socket

import pytest

from eth_cli.free_port import LOOPBACK, PORTS, free_port, is_free

pytestmark = pytest.mark.integration


def test_no_port_is_given_twice_though_nobody_took_it_yet() -> None:
    given = [free_port() for _ in range(500)]
    assert len(set(given)) == len(given)
    assert set(given) <= set(PORTS)


def test_a_port_with_a_listener_is_not_free() -> None:
    port = free_port()
    assert is_free(port)
    with socket.create_server((LOOPBACK, port)):
        assert not is_free(port)
    assert is_free(port)

"""Whether a part that speaks HTTP is ready."""

from __future__ import annotations

import http.client

from eth_cli.free_port import LOOPBACK

ANSWER_SECONDS = 2.0
# The supervisor must not wait long for one part: the heartbeat's lead allows for several of these.
PROBE_SECONDS = 0.5


def http_ready(port: int, path: str) -> bool:
    return http_answer(port, path, PROBE_SECONDS)[0] == http.HTTPStatus.OK


def http_answer(
    port: int, path: str, seconds: float = ANSWER_SECONDS, *, method: str = "GET"
) -> tuple[int, bytes]:
    """Status and body; status 0 when nobody answers."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=seconds)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()

"""Requests whose first line no client library has tidied up."""

import socket
from urllib.parse import urlsplit


def raw_status(url: str, request_line: str) -> int:
    """The status that a server answers such a line with."""
    return int(raw_answer(url, request_line).split(None, 2)[1])


def raw_answer(url: str, request_line: str, *headers: str) -> bytes:
    """All that comes back, up to the end of the connection."""
    parts = urlsplit(url)
    lines = (request_line, *(headers or ("Host: localhost",)))
    head = "\r\n".join((*lines, "Content-Length: 0", "Connection: close", "", ""))
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
        connection.sendall(head.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))

"""A real HTTP server in a thread that keeps what it is sent, and answers as told."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from eth_cli.free_port import free_port


@dataclass(frozen=True, slots=True)
class Posted:
    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[Posted], tuple[int, bytes]]
"""Status and JSON."""
TAKEN: Final = (200, b"{}")


@dataclass(slots=True)
class RecordingHttp:
    port: int
    answer: Answer
    posted: list[Posted] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def recording_http(
    answer: Answer = lambda _posted: TAKEN, port: int | None = None
) -> Iterator[RecordingHttp]:
    recording = RecordingHttp(port or free_port(), answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            headers = {name.lower(): value for name, value in self.headers.items()}
            posted = Posted(self.path, headers, body)
            recording.posted.append(posted)
            status, said = recording.answer(posted)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_arguments: object) -> None:
            """Nothing, as pytest would show it."""

    server = ThreadingHTTPServer(("127.0.0.1", recording.port), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield recording
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

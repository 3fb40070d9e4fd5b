"""A sibling on a real socket that answers what a test tells it to, and keeps what it was asked."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from eth_cli.free_port import free_port

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Received:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class StubSibling:
    """`answers` by path; any other path is a 404 without an envelope."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        found = self.answers.get(request.path)
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Received(request.method, request.raw_path, headers, body))
        return web.Response(status=404) if found is None else await found(request)

    def targets(self) -> list[str]:
        return [one.target for one in self.received]


@asynccontextmanager
async def stub_sibling(
    port: int | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[StubSibling]:
    port = port or free_port()
    sibling = StubSibling(f"http://{host}:{port}")
    app = web.Application(client_max_size=8 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", sibling.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    try:
        yield sibling
    finally:
        await runner.cleanup()


def json_answer(body: str, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(
            text=body, status=status, headers=headers, content_type="application/json"
        )

    return answer

"""Pass a request on to the sibling that answers it, and its answer back, streaming both ways."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Final

import aiohttp
from prometheus_client import Counter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from yarl import URL

from api_gateway.forward_routes import ForwardRoute, find_route
from api_gateway.limited_body import LARGEST_BODY_BYTES, LimitedBody
from service_kit.errors import error_response
from service_kit.health import ReadinessCheck
from service_kit.kept_session import KeptSession
from service_kit.logging import get_logger
from service_kit.request_id import HEADER as REQUEST_ID
from service_kit.request_id import current_request_id

log = get_logger(__name__)

CONNECT_SECONDS: Final = 2.0
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
READ_WHOLE_BYTES: Final = 256 * 1024
"""An answer this small is read before it is passed on: if it breaks off, that is still a 503."""

_HOP_BY_HOP: Final = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_NOT_SENT_ON: Final = frozenset(
    {
        "authorization",  # meant for this door, and for nobody behind it
        "expect",
        "forwarded",
        "host",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-proto",
        "x-real-ip",
        REQUEST_ID,
    }
)
_NOT_SENT_BACK: Final = frozenset({"date", "server"})  # our own server says these
_ADDED_BY_AIOHTTP: Final = ("User-Agent", "Accept", "Accept-Encoding", "Content-Type")


def _open_session() -> aiohttp.ClientSession:
    """Passes on what comes as it comes: nothing unpacked, added or remembered."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        auto_decompress=False,
        skip_auto_headers=_ADDED_BY_AIOHTTP,
        cookie_jar=aiohttp.DummyCookieJar(),
    )


class ForwardRequests(KeptSession):
    """`async with` opens the one kept-alive client; `answer` is the endpoint of `/api/…`."""

    def __init__(self, routes: Iterable[ForwardRoute], outcomes: Counter) -> None:
        super().__init__(_open_session)
        self._routes = tuple(routes)
        self._outcomes = outcomes

    def ready(self, route: ForwardRoute) -> ReadinessCheck:
        """Whether the sibling is there; what it needs itself is its own readiness."""

        async def check() -> str | None:
            async with self._session.get(f"{route.base_url}/livez") as answer:
                return None if answer.ok else f"/livez answered {answer.status}"

        return check

    async def answer(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("latin-1")
        route = find_route(path, self._routes)
        if route is None:
            return error_response(404, "there is no such route")
        response, outcome = await self._forward(request, path, route)
        self._outcomes.labels(route.sibling, outcome).inc()
        return response

    async def _forward(
        self, request: Request, path: str, route: ForwardRoute
    ) -> tuple[Response, str]:
        body = LimitedBody(request)
        if body.is_announced_too_large:
            return await _too_large(body)
        try:
            answer = await self._send(request, path, route, body)
            return await _pass_back(answer), _outcome(answer.status)
        except aiohttp.ConnectionTimeoutError as error:
            return _down(route, error)
        except TimeoutError:
            message = f"{route.sibling} did not answer in time"
            return error_response(504, message), "timeout"
        except (aiohttp.ClientError, OSError) as error:
            return await _too_large(body) if body.was_too_large else _down(route, error)

    async def _send(
        self, request: Request, path: str, route: ForwardRoute, body: LimitedBody
    ) -> aiohttp.ClientResponse:
        query = request.scope["query_string"].decode("latin-1")
        return await self._session.request(
            request.method,
            URL(
                route.base_url + route.path_there(path) + (f"?{query}" if query else ""),
                encoded=True,
            ),
            headers=_headers_on(request),
            data=body if body.is_present else None,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(
                route.answer_seconds(request.method, path), sock_connect=CONNECT_SECONDS
            ),
        )


def _headers_on(request: Request) -> list[tuple[str, str]]:
    dropped = _NOT_SENT_ON | _HOP_BY_HOP | _named_by(request.headers)
    kept = [(name, value) for name, value in request.headers.items() if name not in dropped]
    if request.client is not None:
        kept.append(("X-Forwarded-For", request.client.host))
    request_id = current_request_id()
    return [*kept, (REQUEST_ID, request_id)] if request_id else kept


def _headers_back(answer: aiohttp.ClientResponse) -> list[tuple[bytes, bytes]]:
    dropped = _NOT_SENT_BACK | _HOP_BY_HOP | _named_by(answer.headers)
    lowered = ((name.lower(), value) for name, value in answer.raw_headers)
    return [(name, value) for name, value in lowered if name.decode("latin-1") not in dropped]


def _named_by(headers: Mapping[str, str]) -> frozenset[str]:
    """Headers that `Connection` names are for one hop only as well."""
    return frozenset(n.strip().lower() for n in headers.get("connection", "").split(","))


async def _pass_back(answer: aiohttp.ClientResponse) -> Response:
    headers = _headers_back(answer)
    if answer.content_length is not None and answer.content_length <= READ_WHOLE_BYTES:
        response = Response(await answer.read(), answer.status)
    else:
        response = StreamingResponse(_stream(answer), answer.status)
    response.raw_headers = headers
    return response


async def _stream(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """What comes, as it comes. A sibling that breaks off midway breaks our answer off as well."""
    try:
        async for chunk in answer.content.iter_any():
            yield chunk
    except (aiohttp.ClientError, TimeoutError) as error:
        log.warning("answer_broke_off", url=str(answer.url), error=str(error)[:200])
        raise
    finally:
        answer.close()


def _outcome(status: int) -> str:
    return f"{status // 100}xx"


def _down(route: ForwardRoute, error: Exception) -> tuple[Response, str]:
    log.warning("sibling_unreachable", sibling=route.sibling, error=str(error)[:200])
    message = f"{route.sibling} cannot be reached"
    return error_response(503, message, headers={"Retry-After": "1"}), "down"


async def _too_large(body: LimitedBody) -> tuple[Response, str]:
    await body.drain()
    message = f"the body is larger than {LARGEST_BODY_BYTES} bytes"
    return error_response(413, message, headers={"Connection": "close"}), "too_large"

"""The ASGI door before the socket server: what it lets in is small, text, and well-formed."""

from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.limited_body import BodyTooLargeError, LimitedBody
from api_gateway.socket_packets import (
    LARGEST_PACKET_BYTES,
    MOST_POLLED_PACKETS,
    is_engine_packet,
    polled_packets,
)
from service_kit.errors import error_response

PROTOCOL_ERROR = 1002


class SocketDoor:
    """A frame that cannot be let in ends its connection; a polled one gets a 400 or a 413."""

    def __init__(self, app: ASGIApp, has_room: Callable[[], bool], metrics: GatewayMetrics) -> None:
        self._app = app
        self._has_room = has_room
        self._malformed = metrics.unreadable
        self._refusals = metrics.refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not (self._has_room() or _comes_back(scope)):
            self._refusals.labels("too_many_sockets").inc()
            await error_response(503, "there are too many clients: try again later")(
                scope, receive, send
            )
        elif scope["type"] == "websocket":
            await self._app(scope, self._checked_frames(receive), send)
        elif scope["method"] == "POST":
            await self._post(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _checked_frames(self, receive: Receive) -> Receive:
        async def checked() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or _is_welcome(message.get("text")):
                return message
            self._malformed.labels("socket").inc()
            return {"type": "websocket.disconnect", "code": PROTOCOL_ERROR}

        return checked

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            body = b"".join([part async for part in LimitedBody(request, LARGEST_PACKET_BYTES)])
        except ClientDisconnect:
            return
        except BodyTooLargeError:
            await self._refuse(413, "the packets are too large")(scope, receive, send)
            return
        packets = polled_packets(body)
        if len(packets) <= MOST_POLLED_PACKETS and all(map(is_engine_packet, packets)):
            await self._app(scope, _replay(body), send)
        else:
            await self._refuse(400, "these are no packets")(scope, receive, send)

    def _refuse(self, status: int, message: str) -> ASGIApp:
        self._malformed.labels("socket").inc()
        return error_response(status, message)


def _comes_back(scope: Scope) -> bool:
    """It names a session: whether there is one is the engine's to say."""
    return "sid" in parse_qs(scope["query_string"].decode("latin-1"))


def _is_welcome(text: str | None) -> bool:
    return text is not None and is_engine_packet(text)


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive

"""The ASGI door before the socket server: what it lets in is small, text, and well-formed."""

from prometheus_client import Counter
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api_gateway.limited_body import BodyTooLargeError, LimitedBody
from api_gateway.socket_packets import LARGEST_PACKET_BYTES, is_engine_packet, polled_packets
from service_kit.errors import error_response

PROTOCOL_ERROR = 1002


class SocketDoor:
    """A frame that cannot be let in ends its connection; a polled one gets a 400 or a 413."""

    def __init__(self, app: ASGIApp, malformed: Counter) -> None:
        self._app = app
        self._malformed = malformed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
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
        except BodyTooLargeError:
            await self._refuse(413, "the packets are too large")(scope, receive, send)
            return
        if all(map(is_engine_packet, polled_packets(body))):
            await self._app(scope, _replay(body), send)
        else:
            await self._refuse(400, "these are no packets")(scope, receive, send)

    def _refuse(self, status: int, message: str) -> ASGIApp:
        self._malformed.labels("socket").inc()
        return error_response(status, message)


def _is_welcome(text: str | None) -> bool:
    return text is not None and is_engine_packet(text)


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive

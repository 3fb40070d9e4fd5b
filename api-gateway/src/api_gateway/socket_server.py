"""The Socket.IO server, whose clients are sockets of ours."""

from collections.abc import Callable
from typing import Any, Final

import engineio
import socketio
from prometheus_client import Counter

from api_gateway.engine_socket import MESSAGES_A_SECOND, PING_SECONDS, PONG_SECONDS, EngineSocket
from api_gateway.gateway_metrics import GatewayMetrics
from api_gateway.outbox import Outbox
from api_gateway.socket_packets import LARGEST_PACKET_BYTES, CheckedPacket

NAMESPACE: Final = "/"
TOO_MANY_MESSAGES: Final = f"a socket may send {MESSAGES_A_SECOND} messages a second"
_OUR_OWN: Final = frozenset({"connect", "disconnect"})


class EngineServer(engineio.AsyncServer):  # type: ignore[misc] # engineio ships no types
    cut_offs: Counter
    pictures_dropped: Counter
    route: str
    """See `session_route`."""

    def generate_id(self) -> str:
        return f"{self.route}{super().generate_id()}"

    def create_queue(self, *_arguments: Any, **_options: Any) -> Outbox:  # noqa: ANN401 - engine.io's
        return Outbox()


class SocketServer(socketio.AsyncServer):  # type: ignore[misc] # socketio ships no types
    def __init__(self, metrics: GatewayMetrics, route: str = "") -> None:
        super().__init__(
            async_mode="asgi",
            # Off on purpose: `GuardOrigin` stands before the socket, with the rules of all routes.
            cors_allowed_origins=[],
            serializer=CheckedPacket,
            max_http_buffer_size=LARGEST_PACKET_BYTES,
            http_compression=False,
            # One event of a client's after the other: an unsubscribe never overtakes a subscribe.
            async_handlers=False,
            # `connected` is sent by the connect handler, after the connection is accepted.
            always_connect=True,
            ping_interval=PING_SECONDS,
            ping_timeout=PONG_SECONDS,
            monitor_clients=False,  # each socket has timers of its own, which are exact
        )
        self._refusals = metrics.refusals
        self.eio.cut_offs = metrics.cut_offs
        self.eio.pictures_dropped = metrics.pictures_dropped
        self.eio.route = route

    def has_room_for(self, most: int) -> Callable[[], bool]:
        """Whether one more client may come, asked later."""
        return lambda: len(self.eio.sockets) < most

    def socket(self, socket_id: str) -> EngineSocket:
        """Raises KeyError: nobody is connected by that id."""
        engine_id = self.manager.eio_sid_from_sid(socket_id, NAMESPACE)
        found: EngineSocket = self.eio.sockets[engine_id]
        return found

    async def _trigger_event(self, event: str, namespace: str, *args: Any) -> Any:  # noqa: ANN401 - socket.io's
        if event not in _OUR_OWN and self.socket(args[0]).is_over_limit:
            self._refusals.labels("too_many_messages").inc()
            return {"ok": False, "error": TOO_MANY_MESSAGES}
        return await super()._trigger_event(event, namespace, *args)

    def _engineio_server_class(self) -> type[EngineServer]:
        return EngineServer

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> Any:  # noqa: ANN401
        # The engine names the class of its sockets itself, and this is the first we see of one.
        engine_socket = self.eio.sockets[eio_sid]
        engine_socket.__class__ = EngineSocket
        engine_socket.begin()
        return await super()._handle_eio_connect(eio_sid, environ)

"""What a client may say on a stream connection, and what it is told back."""

from dataclasses import dataclass
from typing import Final

import orjson

from exchange_simulator.subscriptions import Listener, Subscriptions

STREAMS_PER_CONNECTION: Final = 1_024

METHODS: Final = ("SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS")

RequestId = int | str | None


class RefusedRequestError(Exception):
    """Answered with `{"code", "msg", "id"}`."""

    def __init__(self, code: int, message: str, request_id: RequestId = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.request_id = request_id


@dataclass(frozen=True, slots=True)
class StreamRequest:
    method: str
    streams: tuple[str, ...]
    request_id: RequestId


def answer(text: str | bytes, listener: Listener, subscriptions: Subscriptions) -> bytes:
    """Carries out one message and says what came of it; never raises."""
    try:
        request = parse_request(text)
        result = carry_out(request, listener, subscriptions)
    except RefusedRequestError as refusal:
        return orjson.dumps(
            {"code": refusal.code, "msg": refusal.message, "id": refusal.request_id}
        )
    return orjson.dumps({"result": result, "id": request.request_id})


def carry_out(
    request: StreamRequest, listener: Listener, subscriptions: Subscriptions
) -> list[str] | None:
    """Raises: RefusedRequestError: more streams than a connection may have."""
    if request.method == "LIST_SUBSCRIPTIONS":
        return subscriptions.of(listener)
    if request.method == "UNSUBSCRIBE":
        subscriptions.remove(listener, request.streams)
        return None
    if len({*subscriptions.of(listener), *request.streams}) > STREAMS_PER_CONNECTION:
        raise RefusedRequestError(2, "Invalid request: too many streams", request.request_id)
    subscriptions.add(listener, request.streams)
    return None


def parse_request(text: str | bytes) -> StreamRequest:
    """Raises: RefusedRequestError."""
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RefusedRequestError(3, f"Invalid JSON: {error}") from error
    if not isinstance(message, dict):
        raise RefusedRequestError(2, "Invalid request: expected an object")
    request_id = _request_id(message.get("id"))
    if message.get("method") not in METHODS:
        raise RefusedRequestError(
            2,
            f"Invalid request: unknown variant `{str(message.get('method'))[:40]}`, "
            f"expected one of {', '.join(f'`{method}`' for method in METHODS)}",
            request_id,
        )
    return StreamRequest(message["method"], _streams(message, request_id), request_id)


def _request_id(value: object) -> RequestId:
    if value is None or (isinstance(value, int | str) and not isinstance(value, bool)):
        return value
    raise RefusedRequestError(2, "Invalid request: request ID must be an integer or a string")


def _streams(message: dict[str, object], request_id: RequestId) -> tuple[str, ...]:
    if message["method"] == "LIST_SUBSCRIPTIONS":
        return ()
    if "params" not in message:
        raise RefusedRequestError(2, "Invalid request: missing field `params`", request_id)
    streams = message["params"]
    if not (isinstance(streams, list) and all(isinstance(stream, str) for stream in streams)):
        raise RefusedRequestError(
            2, "Invalid request: params must be an array of strings", request_id
        )
    return tuple(streams)

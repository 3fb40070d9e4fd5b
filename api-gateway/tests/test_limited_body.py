"""A body that is too large is one however its bytes are cut into pieces."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.types import Message

from api_gateway.limited_body import BodyTooLargeError, LimitedBody

LIMIT_BYTES = 10


def body_of(*chunks: bytes) -> LimitedBody:
    def messages() -> Iterator[Message]:
        for number, chunk in enumerate(chunks, start=1):
            yield {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}

    coming = messages()

    async def receive() -> Message:
        return next(coming)

    scope = {"type": "http", "method": "POST", "headers": [(b"transfer-encoding", b"chunked")]}
    return LimitedBody(Request(scope, receive), LIMIT_BYTES)


async def read(body: LimitedBody) -> bytes:
    return b"".join([chunk async for chunk in body])


async def test_what_is_within_the_limit_comes_whole() -> None:
    assert await read(body_of(b"12345", b"67890")) == b"1234567890"


@pytest.mark.parametrize("chunks", [(b"x" * 11,), (b"x" * 6, b"x" * 5), (b"x" * 11, b"x", b"x")])
async def test_what_is_too_much_is_refused_and_read_away(
    chunks: tuple[bytes, ...],
) -> None:
    body = body_of(*chunks)
    with pytest.raises(BodyTooLargeError):
        await read(body)
    assert body.was_too_large
    await body.drain()

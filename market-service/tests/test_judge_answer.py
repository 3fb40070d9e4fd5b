import pytest

from market_service.errors import (
    ExchangeError,
    HostRefusedError,
    PermanentExchangeError,
    RateLimitedError,
    TransientExchangeError,
)
from market_service.judge_answer import judge_answer

WALL_MS = 1_000_000


@pytest.mark.parametrize("body", [[], [[1]], {}, {"serverTime": 1}])
def test_a_good_answer_is_good(body: object) -> None:
    assert judge_answer(200, {}, body, WALL_MS) is None


@pytest.mark.parametrize(
    ("status", "headers", "until_ms"),
    [
        (429, {"retry-after": "7"}, WALL_MS + 7_000),
        (418, {"retry-after": "259200"}, WALL_MS + 259_200_000),
        (403, {"retry-after": "30"}, WALL_MS + 30_000),
        (429, {}, WALL_MS + 60_000),
        (418, {"retry-after": "soon"}, WALL_MS + 120_000),
    ],
)
def test_who_is_told_to_wait_waits_as_long_as_told(
    status: int, headers: dict[str, str], until_ms: int
) -> None:
    failure = judge_answer(status, headers, {"code": -1003}, WALL_MS)
    assert isinstance(failure, RateLimitedError)
    assert failure.until_ms == until_ms
    assert failure.headers == {"Retry-After": str((until_ms - WALL_MS) // 1000)}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (451, {"code": 0, "msg": "restricted location"}, HostRefusedError),
        (403, None, HostRefusedError),
        (500, None, TransientExchangeError),
        (503, {"code": -1008}, TransientExchangeError),
        (200, None, TransientExchangeError),
        (400, {"code": -1001}, TransientExchangeError),
        (400, {"code": -1121, "msg": "Invalid symbol."}, PermanentExchangeError),
        (400, None, TransientExchangeError),
        (404, {}, PermanentExchangeError),
        (200, {"code": -1121}, PermanentExchangeError),
    ],
)
def test_every_failure_has_its_kind(status: int, body: object, kind: type[ExchangeError]) -> None:
    assert type(judge_answer(status, {}, body, WALL_MS)) is kind

"""A service without any server behind it, and what no service may accept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

NO_DATABASE: Final = SecretStr("postgresql+asyncpg://nobody@127.0.0.1:1/none")
NO_REDIS: Final = SecretStr("redis://127.0.0.1:1/0")
BAR: Final = {"symbol": "ETHUSDT", "timeframe": "5m", "timestamp": "300000"}
WRONG_MARKETS: Final = [
    ({"symbol": "nonsense"}, 400),
    ({"symbol": ""}, 400),
    ({"symbol": "ETH\0USDT"}, 400),
    ({"symbol": "A" * 60_000}, 400),
    ({"symbol": "BTC/USDT"}, 404),
    ({"timeframe": "2m"}, 400),
    ({"timeframe": "NaN"}, 400),
]
WRONG_TIMES: Final = ["NaN", "1", "-3600000", str(2**63), "\0", "1e3", ""]


@asynccontextmanager
async def without_servers(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Its lifespan does not run: nothing that these tests ask reaches a server."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


def assert_refused(answer: httpx.Response, status: int) -> None:
    assert (answer.status_code, answer.json()["success"]) == (status, False)
    assert 0 < len(answer.json()["error"]["message"]) <= 500

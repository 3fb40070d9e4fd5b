import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from eth_cli import tail_signals
from eth_cli.tail_signals import TailSignals
from service_kit.room import Room
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SIGNAL: dict[str, Any] = {
    "symbol": "ETHUSDT",
    "timeframe": "1h",
    "epoch": "e",
    "timestamp": 1_722_812_400_000,
    "signalType": "HOLD",
    "entryPrice": "2531.2",
}


class Gateway:
    """Accepts every room, tells of three signals at once, and then of nothing for ever."""

    def __init__(self, *, reconnection: bool) -> None:
        assert not reconnection

    def on(self, _event: str, handler: Callable[..., Awaitable[None]]) -> None:
        self._handler = handler

    async def connect(self, _url: str, *, transports: list[str]) -> None: ...

    async def call(self, *_wish: object, **_patience: float) -> dict[str, Any]:
        return {"ok": True, "epoch": "e", "seq": 0}

    async def wait(self) -> None:
        said = (self._handler("new_signal", {**SIGNAL, "seq": seq}) for seq in (1, 2, 3))
        await asyncio.gather(*said)
        await asyncio.Event().wait()

    async def disconnect(self) -> None: ...


@pytest.mark.parametrize("as_json", [True, False])
async def test_it_ends_quietly_when_nobody_reads_any_more(
    monkeypatch: pytest.MonkeyPatch, *, as_json: bool
) -> None:
    monkeypatch.setattr(tail_signals.socketio, "AsyncClient", Gateway)
    written: list[str] = []
    told: list[str] = []

    def write(line: str) -> None:
        written.append(line)
        if len(written) == 2:
            raise BrokenPipeError

    rooms = (Room(Symbol("ETH", "USDT"), Timeframe.H1),)
    tail = TailSignals("http://gateway", rooms, write, told.append, as_json=as_json)
    await asyncio.wait_for(tail.run(), 5)
    assert (len(written), told) == (2, [])

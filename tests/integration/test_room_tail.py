"""`./eth signals tail` on a real gateway, which is killed and started again under it."""

import asyncio
import json
from pathlib import Path

import pytest

from eth_cli.free_port import free_port
from eth_cli.stack_errors import StackError
from eth_cli.tail_signals import TailSignals
from room_log_writer import room_log_writer
from service_kit.room import Room
from service_process import running_service
from socket_client import until
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

ROOM = Room(Symbol("ETH", "USDT"), Timeframe.H1)


class Terminal:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.notices: list[str] = []

    def numbers(self) -> list[int]:
        return [json.loads(line)["number"] for line in self.lines]


async def test_signals_go_on_over_a_restart_of_the_gateway_without_a_hole_or_a_double(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SYMBOLS": "ETH/USDT"}
    port, terminal = free_port(), Terminal()
    tail = TailSignals(
        f"http://127.0.0.1:{port}",
        (ROOM,),
        terminal.lines.append,
        terminal.notices.append,
        as_json=True,
    )
    async with room_log_writer(database_url) as writer:
        with running_service("api_gateway", settings, tmp_path, port) as gateway:
            running = asyncio.create_task(tail.run())
            await asyncio.sleep(1)
            await writer.append(ROOM, 3)
            await until(lambda: terminal.numbers() == [1, 2, 3])
            gateway.kill()
        await writer.append(ROOM, 3)
        with running_service("api_gateway", settings, tmp_path, port):
            await until(lambda: len(terminal.numbers()) == 6, seconds=20)
            await writer.append(ROOM, 2)
            await until(lambda: len(terminal.numbers()) == 8)
        running.cancel()
    assert terminal.numbers() == list(range(1, 9))
    assert terminal.notices[0] == "The gateway cannot be reached; trying again."
    assert terminal.notices[1].startswith("Connected again; ")


async def test_a_room_that_is_not_watched_is_refused_in_a_sentence(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "SYMBOLS": "ETH/USDT"}
    terminal = Terminal()
    with running_service("api_gateway", settings, tmp_path) as gateway:
        rooms = (Room(Symbol("DOGE", "USDT"), Timeframe.H1),)
        tail = TailSignals(
            gateway.url, rooms, terminal.lines.append, terminal.notices.append, as_json=True
        )
        with pytest.raises(StackError, match="DOGE/USDT is not watched here"):
            await tail.run()

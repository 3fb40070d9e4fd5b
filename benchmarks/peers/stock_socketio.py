"""python-socketio's server on Uvicorn as its documentation shows it.

`python stock_socketio.py PORT COMPRESSION`; `on` is Uvicorn's default. Each price of standard
input, a JSON object a line, goes to the room. Ends with its standard input.
"""

import asyncio
import json
import signal
import sys
from typing import Any

import socketio
import uvicorn

ROOM = "ETH/USDT"

sio = socketio.AsyncServer(async_mode="asgi")
background = set[asyncio.Task[None]]()


@sio.event  # type: ignore[untyped-decorator] # socketio ships no types
async def subscribe(sid: str, wish: dict[str, Any]) -> dict[str, Any]:
    await sio.enter_room(sid, wish["symbol"])
    return {"ok": True}


async def emit_prices() -> None:
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async for line in lines:
        await sio.emit("price_update", json.loads(line), room=ROOM)
    signal.raise_signal(signal.SIGTERM)


async def start() -> None:
    background.add(asyncio.create_task(emit_prices()))


if __name__ == "__main__":
    uvicorn.run(
        socketio.ASGIApp(sio, on_startup=start),
        port=int(sys.argv[1]),
        log_level="warning",
        access_log=False,
        ws_per_message_deflate=sys.argv[2] == "on",
    )

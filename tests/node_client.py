"""The real JavaScript client in a process of its own, and what it hears."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from eth_cli.frontend_build import install_packages
from eth_cli.repository import FRONTEND

SCRIPT = Path(__file__).with_name("node_client.cjs")


class NodeClient:
    """`numbers` is what came of the log, as it came."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.numbers: list[int] = []
        self.transports: list[str] = []
        """In the order in which they first brought something."""

    async def listen(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            said = json.loads(line)
            self.heard.append(said)
            if "seq" in said["payload"] and said["event"] != "ack":
                self.numbers.append(said["payload"]["seq"])
            if said.get("transport") not in (None, *self.transports):
                self.transports.append(said["transport"])

    def got(self, event: str) -> list[dict[str, Any]]:
        return [said["payload"] for said in self.heard if said["event"] == event]


@asynccontextmanager
async def node_client(
    url: str, *transports: str, place: dict[str, Any] | None = None
) -> AsyncIterator[NodeClient]:
    """It subscribes to the minutes of ETH/USDT, or resumes them from a place."""
    environment = await asyncio.to_thread(install_packages)
    process = await asyncio.create_subprocess_exec(
        shutil.which("node", path=environment["PATH"]) or "node",
        str(SCRIPT),
        url,
        str(FRONTEND),
        ",".join(transports),
        "" if place is None else json.dumps(place),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    client = NodeClient()
    listening = asyncio.create_task(client.listen(process.stdout))
    try:
        yield client
    finally:
        process.stdin.close()
        await process.wait()
        await listening

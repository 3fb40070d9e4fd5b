"""Several gateways under one name behind a real Nginx, as the pods of a headless Service are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from eth_cli.free_port import free_port
from eth_cli.nginx_server import Front
from restarting_gateway import SYMBOLS
from running_nginx import RunningNginx, running_nginx
from service_process import ServiceProcess, running_service
from tiny_name_server import TinyNameServer, tiny_name_server

ADDRESSES = ("127.0.0.11", "127.0.0.12")


@dataclass
class GatewayReplicas:
    """Each is a process of its own with an address of its own, on one port."""

    settings: dict[str, str]
    folder: Path
    names: TinyNameServer
    is_told_its_address: bool = True
    port: int = field(default_factory=free_port)
    _running: dict[str, tuple[ServiceProcess, AsyncExitStack]] = field(default_factory=dict)

    async def start(self, address: str) -> None:
        """It has its place under the name once it answers."""
        own = {"ADVERTISED_ADDRESS": f"{address}:{self.port}"} if self.is_told_its_address else {}
        settings = {**self.settings, **own, "HOST": address, "ADMIN_TOKEN": "of-a-test"}
        settings["ALLOWED_HOSTS"] = f"127.0.0.1,{address}"
        starting = running_service("api_gateway", settings, self.folder, self.port)
        stack = AsyncExitStack()
        service = await asyncio.to_thread(starting.__enter__)
        stack.push_async_callback(asyncio.to_thread, starting.__exit__, None, None, None)
        self._running[address] = (service, stack)
        self.names.addresses = (*self.names.addresses, address)

    def take_off(self, address: str) -> None:
        """Out of the name; it still runs."""
        self.names.addresses = tuple(one for one in self.names.addresses if one != address)

    async def stop(self, address: str) -> None:
        """SIGTERM, and wait for its end."""
        _, stack = self._running.pop(address)
        await stack.aclose()

    async def stop_all(self) -> None:
        for address in tuple(self._running):
            await self.stop(address)


@asynccontextmanager
async def gateway_replicas(
    settings: dict[str, str], folder: Path, *, is_told_its_address: bool = True
) -> AsyncIterator[GatewayReplicas]:
    symbols = ",".join(symbol.slashed for symbol in SYMBOLS)
    async with tiny_name_server() as names:
        replicas = GatewayReplicas(
            {"SYMBOLS": symbols, **settings}, folder, names, is_told_its_address
        )
        try:
            await asyncio.gather(*map(replicas.start, ADDRESSES))
            yield replicas
        finally:
            await replicas.stop_all()


@asynccontextmanager
async def nginx_before(replicas: GatewayReplicas) -> AsyncIterator[RunningNginx]:
    """It asks for the name again every second, so that a test is quick."""
    resolver = f"127.0.0.1:{replicas.names.port} valid=1s ipv6=off"
    front = Front(f"gateways.test:{replicas.port}", resolver=resolver)
    starting = running_nginx(front)
    nginx = await asyncio.to_thread(starting.__enter__)
    try:
        yield nginx
    finally:
        await asyncio.to_thread(starting.__exit__, None, None, None)

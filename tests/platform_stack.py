"""Every service as a process behind the gateway, on the simulated exchange at 60×."""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from market_stack import MarketStack, Process, market_stack, wait_until

MODULES = {
    "analysis": "analysis_service",
    "patterns": "patterns_service",
    "ml": "ml_service",
    "signals": "signals_service",
    "maintenance": "maintenance_service",
    "scheduler": "scheduler_service",
    "gateway": "api_gateway",
}


@dataclass(frozen=True, slots=True)
class PlatformStack:
    market: MarketStack
    services: dict[str, Process]
    """By the names that the status gives them, the gateway among them."""

    def ask(self, method: str = "GET", path: str = "/api/status") -> httpx.Response:
        return httpx.request(method, self.services["gateway"].url + path, timeout=30)

    def status(self) -> dict[str, Any]:
        answer = self.ask()
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()["data"]
        return found

    def service(self, name: str) -> dict[str, Any]:
        return next(one for one in self.status()["services"] if one["name"] == name)

    def is_all_ready(self) -> bool:
        return all(one["state"] == "ready" for one in self.status()["services"])

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """The service is dead inside the block, and ready again after it."""
        process = self.services[name]
        process.kill()
        try:
            yield
        finally:
            process.start()
            wait_until(lambda: self.service(name)["state"] == "ready", f"{name} is back")

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """Its sockets stay open and say nothing inside the block."""
        child = self.services[name].child
        assert child is not None
        child.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            child.send_signal(signal.SIGCONT)
            wait_until(lambda: self.service(name)["state"] == "ready", f"{name} has thawed")


@contextmanager
def platform_stack(migrate: Callable[..., None], folder: Path) -> Iterator[PlatformStack]:
    with market_stack(migrate, folder) as market, ExitStack() as exits:
        settings = dict(market.market.settings, AUTO_TRAIN="false", MODELS_DIR=str(folder))
        settings["BACKUPS_DIR"] = str(folder / "backups")
        services = {
            name: Process(module, settings, folder / f"{name}.log")
            for name, module in MODULES.items()
        }
        services["market"] = market.market
        settings |= {f"{name.upper()}_SERVICE_URL": one.url for name, one in services.items()}
        for name in MODULES:
            services[name].start()
            exits.callback(services[name].stop)
        stack = PlatformStack(market, services)
        wait_until(lambda: services["gateway"].answers("/readyz"), "the gateway is ready")
        wait_until(stack.is_all_ready, "everybody is ready")
        yield stack

"""`./eth up`: from nothing to a running stack, and the watch over it until it is stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from eth_cli.child_process import ChildProcess
from eth_cli.data_folder import DataFolder, refuse_full_disk
from eth_cli.describe_feed import describe_feed
from eth_cli.event_clock import EventClock
from eth_cli.exchange_reach import Exchange, known_exchanges, reachable_exchange
from eth_cli.feed import (
    Feed,
    FeedRequest,
    completed,
    described_feed,
    read_feed,
    settled,
    utc_text,
    write_feed,
)
from eth_cli.free_port import LOOPBACK
from eth_cli.frontend_build import SITE, finish_build, is_built, start_build
from eth_cli.known_folders import remember_folder
from eth_cli.migrate import migrate
from eth_cli.nginx_server import Front, NginxServer
from eth_cli.part import PartPlan
from eth_cli.ports import Ports, refuse_taken_ports
from eth_cli.postgres_server import PostgresServer
from eth_cli.ready_check import http_ready
from eth_cli.secret_file import write_secret
from eth_cli.service_plans import (
    SERVICES,
    SIMULATOR,
    service_environment,
    service_plan,
    simulated_exchange,
)
from eth_cli.stack_state import end_leftovers
from eth_cli.steps import Steps
from eth_cli.stop_request import StopRequestedError, stop_on_request
from eth_cli.supervisor import Supervisor
from eth_cli.valkey_server import ValkeyServer

DEFAULT_SYMBOLS = ("ETH/USDT",)
SLOWEST_SPEED = 0.1
GUARANTEED_SPEED = 120


@dataclass(frozen=True, slots=True)
class StackRequest:
    """What `./eth up` was asked for. `feed` None leaves the choice to what can be reached."""

    feed: FeedRequest | None
    symbols: tuple[str, ...]
    data_dir: Path
    ports: Ports
    fresh: bool


def run_stack(request: StackRequest, steps: Steps, on_ready: Callable[[DataFolder], None]) -> None:
    """Raises StackError; returns after a request to stop has been carried out."""
    with stop_on_request():
        try:
            _run(request, steps, on_ready)
        except StopRequestedError:
            steps.note("Stopped.")


def _run(request: StackRequest, steps: Steps, on_ready: Callable[[DataFolder], None]) -> None:
    started = time.monotonic()
    exchange, feed_request = _choose_feed(request, steps)
    folder = DataFolder(request.data_dir / feed_request.kind)
    refuse_full_disk(folder.root)
    folder.create()
    with folder.locked():
        if left := end_leftovers(folder.state_file):
            steps.note(f"Ended what an earlier run had left: {', '.join(left)}.")
        refuse_taken_ports(request.ports)
        feed = _settle_feed(feed_request, folder, request, steps)
        remember_folder(folder)
        stack = _Stack(folder, feed, request.ports, exchange, steps, feed_request.faults)
        with stack.stopped_at_the_end():
            stack.start()
            steps.note(f"Ready in {time.monotonic() - started:.1f} s: {stack.summary()}")
            on_ready(folder)
            stack.watch()


def _choose_feed(request: StackRequest, steps: Steps) -> tuple[Exchange, FeedRequest]:
    """Where the market comes from; "auto" asks Binance and falls back to the simulated market."""
    if request.feed and request.feed.kind != "live":
        return simulated_exchange(request.ports), request.feed
    with steps.step("Asking Binance whether it can be reached"):
        found = reachable_exchange()
    if found or request.feed:
        if not found:
            steps.note("Binance does not answer now; the feed connects as soon as it does.")
        live = request.feed or FeedRequest(kind="live", symbols=request.symbols)
        return found or known_exchanges()[0], live
    steps.note("Binance cannot be reached from here: this uses the simulated market.")
    simulated = FeedRequest(kind="simulated", symbols=request.symbols)
    return simulated_exchange(request.ports), simulated


def _settle_feed(
    asked: FeedRequest, folder: DataFolder, request: StackRequest, steps: Steps
) -> Feed:
    """The feed of this folder, kept in it; `--fresh` forgets the earlier one and its data."""
    stored = None if request.fresh else read_feed(folder.feed_file)
    wanted = completed(asked, stored)
    if wanted.kind == "live":
        feed = Feed(kind="live", source="binance", symbols=wanted.symbols or DEFAULT_SYMBOLS)
    else:
        with steps.step("Examining the feed"):
            description = describe_feed(wanted)
        feed = settled(wanted, described_feed(wanted, description), stored)
    if request.fresh:
        with steps.step(f"Deleting the earlier data in {folder.root}"):
            folder.clear()
    write_feed(folder.feed_file, feed)
    return feed


class _Stack:
    """The parts of one stack, in the order in which they start."""

    def __init__(
        self,
        folder: DataFolder,
        feed: Feed,
        ports: Ports,
        exchange: Exchange,
        steps: Steps,
        faults: Path | None = None,
    ) -> None:
        self._folder = folder
        self._feed = feed
        self._ports = ports
        self._steps = steps
        self._clock = EventClock(folder, feed) if feed.has_own_clock else None
        self._environment = service_environment(folder, feed, exchange, ports, faults)
        self._supervisor = Supervisor(folder, feed, ports)
        self._build: ChildProcess | None = None

    def start(self) -> None:
        """The dashboard is built meanwhile, when its sources have changed."""
        if not is_built():
            self._build = start_build()
        with self._steps.step("Starting PostgreSQL and Valkey"):
            self._supervisor.start(self._server_plans())
        with self._steps.step("Bringing the database's schema up to date"):
            migrate(self._folder, self._environment)
        if self._clock:
            self._clock.pause()
        with self._steps.step("Starting the services"):
            self._supervisor.start(self._service_plans())
        if self._build:
            with self._steps.step("Building the dashboard"):
                finish_build(self._build)
        with self._steps.step("Starting the dashboard"):
            self._supervisor.start([self._dashboard_plan()])
        if self._clock:
            self._clock.start()

    def watch(self) -> None:
        self._supervisor.run(self._clock)

    @contextmanager
    def stopped_at_the_end(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._stop()

    def summary(self) -> str:
        feed = self._feed
        when = f", event time {utc_text(self._clock.now_ms)}" if self._clock else ""
        speed = f" at {feed.speed:g}×" if feed.speed != 1 else ""
        return (
            f"{', '.join(feed.symbols)} from {feed.source}{speed}{when}. "
            f"Open http://localhost:{self._ports['dashboard']}"
        )

    def _stop(self) -> None:
        """Time first, so that nothing happens after the moment from which the next run goes on."""
        if self._build:
            self._build.stop()
        try:
            if self._clock:
                self._clock.pause()
        finally:
            with self._steps.step("Stopping"):
                self._supervisor.stop()

    def _server_plans(self) -> list[PartPlan]:
        postgres = PostgresServer(self._folder.part("postgres"), port=self._ports["postgres"])
        valkey = ValkeyServer(self._folder.part("valkey"), port=self._ports["valkey"])
        postgres.prepare()
        valkey.prepare()
        write_secret(self._folder.secrets / "database_url", postgres.database_url)
        write_secret(self._folder.secrets / "redis_url", valkey.redis_url)
        return [
            self._server_plan("postgres", postgres),
            self._server_plan("valkey", valkey),
        ]

    def _server_plan(self, name: str, server: PostgresServer | ValkeyServer) -> PartPlan:
        program = replace(server.program(), log_path=self._folder.log_of(name))
        return PartPlan(name, self._ports[name], program, server.is_ready)

    def _service_plans(self) -> list[PartPlan]:
        services = (SIMULATOR, *SERVICES) if self._clock else SERVICES
        return [
            service_plan(service, self._folder, self._ports, self._environment)
            for service in services
        ]

    def _dashboard_plan(self) -> PartPlan:
        port = self._ports["dashboard"]
        nginx = NginxServer(
            self._folder.part("nginx"),
            self._folder.log_of("dashboard"),
            port=port,
            front=Front(gateway=f"{LOOPBACK}:{self._ports['gateway']}"),
        )
        nginx.prepare(SITE)
        return PartPlan("dashboard", port, nginx.program(), partial(http_ready, port, "/"))

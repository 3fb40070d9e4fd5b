"""The simulator put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from exchange_simulator.broadcast import OPEN_FRAME_SECONDS, Broadcast
from exchange_simulator.broadcast_trades import BroadcastTrades
from exchange_simulator.control_endpoints import control_router
from exchange_simulator.exchange import Exchange
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.fault_endpoints import fault_router
from exchange_simulator.faults.rest_faults import RestFaults
from exchange_simulator.faults.revised_market import RevisedMarket
from exchange_simulator.faults.revision_notices import RevisionNotices
from exchange_simulator.faults.run_faults import run_faults
from exchange_simulator.faults.script import read_script_file
from exchange_simulator.faults.socket_faults import SocketFaults
from exchange_simulator.faults.stream_faults import StreamFaults
from exchange_simulator.feed import Feed, open_replay, open_simulated
from exchange_simulator.recording import read_recordings_in_child
from exchange_simulator.rest_endpoints import rest_router
from exchange_simulator.settings import SimulatorSettings
from exchange_simulator.stream_endpoints import stream_router
from exchange_simulator.subscriptions import Subscriptions
from exchange_simulator.weight_limit import WeightLimit
from service_kit.clock import Clock
from service_kit.service import create_service


def build_app(settings: SimulatorSettings) -> FastAPI:
    """Raises: FeedError, ClockFileError, ScriptError."""
    clock = Clock(settings.clock_file)
    feed = _open_feed(settings, clock)
    path = settings.simulator_faults
    desk = FaultDesk(
        clock,
        feed.market.symbols,
        script=read_script_file(path) if path else None,
        state_path=settings.simulator_faults_state,
    )
    return simulator_app(feed, desk)


def simulator_app(
    feed: Feed, desk: FaultDesk, *, frame_seconds: float = OPEN_FRAME_SECONDS
) -> FastAPI:
    subscriptions, sockets, clock = Subscriptions(), SocketFaults(desk), desk.exchange_clock
    market = RevisedMarket(feed.market, desk.corrections)
    exchange, outlet = Exchange(market), StreamFaults(subscriptions, desk)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        broadcast = Broadcast(exchange, clock, outlet, frame_seconds)
        trades = BroadcastTrades(exchange, clock, outlet)
        notices = RevisionNotices(exchange, desk, outlet, lambda: broadcast.told_until_ms)
        async with asyncio.TaskGroup() as group:
            running = (
                group.create_task(broadcast.announce_closes()),
                group.create_task(broadcast.announce_prices()),
                group.create_task(trades.announce_trades()),
                group.create_task(run_faults(desk, sockets, notices)),
            )
            yield
            for task in running:
                task.cancel()

    app = create_service("exchange-simulator", lifespan=lifespan)
    app.include_router(rest_router(exchange, clock, WeightLimit(), RestFaults(desk)))
    app.include_router(control_router(feed, market, desk.clock))
    app.include_router(fault_router(desk, feed.market))
    app.include_router(stream_router(subscriptions, sockets))
    return app


def _open_feed(settings: SimulatorSettings, clock: Clock) -> Feed:
    # Without a clock file the clock is the wall's, and its epoch is 0.
    start_ms = settings.simulator_start_ms or clock.state.event_epoch_ms or clock.now_ms()
    if settings.simulator_feed == "replay":
        return open_replay(
            settings.simulator_recordings, settings.symbols, start_ms, read_recordings_in_child
        )
    return open_simulated(settings.simulator_seed, settings.symbols, start_ms)

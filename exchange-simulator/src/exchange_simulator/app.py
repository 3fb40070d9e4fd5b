"""The simulator put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from exchange_simulator.broadcast import OPEN_FRAME_SECONDS, Broadcast
from exchange_simulator.control_endpoints import control_router
from exchange_simulator.exchange import Exchange
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
    """Raises: FeedError, ClockFileError."""
    clock = Clock(settings.clock_file)
    return simulator_app(_open_feed(settings, clock), clock)


def simulator_app(
    feed: Feed, clock: Clock, *, frame_seconds: float = OPEN_FRAME_SECONDS
) -> FastAPI:
    exchange, subscriptions = Exchange(feed.market), Subscriptions()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        broadcast = Broadcast(exchange, clock, subscriptions, frame_seconds)
        async with asyncio.TaskGroup() as group:
            running = (
                group.create_task(broadcast.announce_closes()),
                group.create_task(broadcast.announce_prices()),
            )
            yield
            for task in running:
                task.cancel()

    app = create_service("exchange-simulator", lifespan=lifespan)
    app.include_router(rest_router(exchange, clock, WeightLimit()))
    app.include_router(control_router(feed, clock))
    app.include_router(stream_router(subscriptions))
    return app


def _open_feed(settings: SimulatorSettings, clock: Clock) -> Feed:
    # Without a clock file the clock is the wall's, and its epoch is 0.
    start_ms = settings.simulator_start_ms or clock.state.event_epoch_ms or clock.now_ms()
    if settings.simulator_feed == "replay":
        return open_replay(
            settings.simulator_recordings, settings.symbols, start_ms, read_recordings_in_child
        )
    return open_simulated(settings.simulator_seed, settings.symbols, start_ms)

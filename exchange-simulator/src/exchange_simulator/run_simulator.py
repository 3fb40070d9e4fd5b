"""The simulator's process."""

from exchange_simulator.app import build_app
from exchange_simulator.errors import FeedError
from exchange_simulator.faults.script import ScriptError
from exchange_simulator.faults.wire import CuttableHttp, CuttableWebSocket
from exchange_simulator.settings import SimulatorSettings
from service_kit.service import run_service


def run_simulator() -> None:
    """Until SIGTERM or SIGINT; pings its clients as the exchange does."""
    run_service(
        "exchange-simulator",
        SimulatorSettings,
        build_app,
        refusals=(FeedError, ScriptError),
        http=CuttableHttp,
        ws=CuttableWebSocket,
        ws_ping_interval=20,
        ws_ping_timeout=60,
        timeout_graceful_shutdown=2,
    )

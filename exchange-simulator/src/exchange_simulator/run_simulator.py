"""The simulator's process."""

import sys
from typing import Final

import uvicorn
from pydantic import ValidationError
from pydantic_settings import SettingsError

from exchange_simulator.app import build_app
from exchange_simulator.errors import FeedError
from exchange_simulator.settings import SimulatorSettings
from service_kit.clock import ClockFileError
from service_kit.logging import configure_logging
from service_kit.settings import setting_errors

PING_SECONDS: Final = 20
PONG_TIMEOUT_SECONDS: Final = 60
GRACEFUL_SHUTDOWN_SECONDS: Final = 2


def run_simulator() -> int:
    """Until SIGTERM or SIGINT; 2 and one sentence on standard error for a wrong setting."""
    try:
        settings = SimulatorSettings()
        configure_logging("exchange-simulator", settings.log_level, settings.log_format)
        app = build_app(settings)
    except ValidationError as error:
        return _refuse(setting_errors(list(error.errors())))
    except (SettingsError, FeedError, ClockFileError) as error:
        return _refuse(str(error))
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws="websockets-sansio",
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PONG_TIMEOUT_SECONDS,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=GRACEFUL_SHUTDOWN_SECONDS,
    )
    return 0


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"exchange-simulator: {sentence}\n")
    return 2

"""`python -m exchange_simulator.keep_clock`: time for a stack in containers.

It stands still until everything is ready, runs until SIGTERM, and then stands still again, so that
the next start goes on where this one ended. Exit code 2 and one sentence where that cannot be.
"""

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Final, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

from pydantic import ValidationError
from pydantic_settings import SettingsError

from exchange_simulator.errors import FeedError
from exchange_simulator.feed import Feed, open_replay, open_simulated
from exchange_simulator.settings import ClockSettings
from exchange_simulator.stack_clock import StackClock
from service_kit.clock import ClockFileError, wall_now_ms
from service_kit.settings import setting_errors

POLL_SECONDS: Final = 0.5
ANSWER_SECONDS: Final = 2.0


def main() -> None:
    try:
        settings = ClockSettings()
        clock = StackClock(settings.clock_file, played_feed(settings), settings.clock_speed)
    except ValidationError as error:
        _refuse(setting_errors(list(error.errors())))
    except (SettingsError, ClockFileError, FeedError, OSError) as error:
        _refuse(str(error))
    asyncio.run(keep(clock, settings.clock_waits_for))


def played_feed(settings: ClockSettings) -> Feed:
    """Raises: FeedError."""
    start_ms = settings.simulator_start_ms
    if settings.simulator_feed == "replay":
        return open_replay(settings.simulator_recordings, settings.symbols, start_ms)
    begin_ms = int(wall_now_ms()) if start_ms is None else start_ms
    return open_simulated(settings.simulator_seed, settings.symbols, begin_ms)


async def keep(clock: StackClock, addresses: Sequence[str]) -> None:
    """Until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    while not stop.is_set():
        if not clock.runs and await _all_answer(addresses):
            clock.start()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), POLL_SECONDS)
    clock.pause()


async def _all_answer(addresses: Sequence[str]) -> bool:
    return all(await asyncio.gather(*(asyncio.to_thread(_answers, one) for one in addresses)))


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - the operator's own
            return bool(answer.status == HTTPStatus.OK)
    except (URLError, OSError, ValueError):
        return False


def _refuse(sentence: str) -> NoReturn:
    sys.stderr.write(f"keep_clock: {sentence}\n")
    sys.exit(2)


if __name__ == "__main__":
    main()

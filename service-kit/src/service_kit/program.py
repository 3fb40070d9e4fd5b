"""A service's work as a program of its own, for commands that start it and read what it says.

JSON lines on standard output. What stops it is one sentence on standard error and an exit code:
2 for a wrong question or setting, 1 for what failed.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Final

from pydantic import ValidationError

from service_kit.clock import ClockFileError
from service_kit.errors import NotFoundError, ServiceError
from service_kit.settings import setting_errors
from trading_core.errors import TradingError

FAILED: Final = 1
WRONG_QUESTION: Final = 2


def run_program(work: Callable[[], Awaitable[int]]) -> int:
    """The exit code: that of the work, unless an error stopped it."""

    async def run() -> int:
        return await work()

    try:
        return asyncio.run(run())
    except ValidationError as error:
        return refuse(setting_errors(list(error.errors())), WRONG_QUESTION)
    except (NotFoundError, TradingError) as error:
        return refuse(str(error), WRONG_QUESTION)
    except (ServiceError, ClockFileError) as error:
        return refuse(str(error), FAILED)


def refuse(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def print_line(line: str | bytes) -> None:
    """At once, for whoever waits at the other end of a pipe."""
    sys.stdout.write((line if isinstance(line, str) else line.decode()) + "\n")
    sys.stdout.flush()

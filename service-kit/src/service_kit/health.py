"""Liveness never looks at another system; readiness names everything that the service needs."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from service_kit.errors import ServiceError

CHECK_TIMEOUT_SECONDS: Final = 2.0
OK: Final = "ok"

ReadinessCheck = Callable[[], Awaitable[str | None]]
"""Returns None when the thing is there, else a sentence that says what is wrong."""


@dataclass(frozen=True, slots=True)
class Readiness:
    ready: bool
    checks: Mapping[str, str]


async def check_readiness(checks: Mapping[str, ReadinessCheck]) -> Readiness:
    """Run all checks at once; one that hangs or raises is not ready and says why."""
    asked = dict(checks)  # a service may add some meanwhile
    results = await asyncio.gather(*(_run(check) for check in asked.values()))
    outcome = dict(zip(asked, results, strict=True))
    return Readiness(all(r is None for r in results), {k: v or OK for k, v in outcome.items()})


async def _run(check: ReadinessCheck) -> str | None:
    try:
        async with asyncio.timeout(CHECK_TIMEOUT_SECONDS):
            return await check()
    except TimeoutError:
        return f"no answer within {CHECK_TIMEOUT_SECONDS:g} s"
    except ServiceError as error:
        return error.message
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the reason
        return f"{type(error).__name__}: {str(error)[:200]}"

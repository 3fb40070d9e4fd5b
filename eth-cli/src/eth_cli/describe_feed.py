"""Ask the exchange simulator what it would play, before anything is started."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from eth_cli.feed import FeedDescription, FeedRequest, utc_text
from eth_cli.stack_errors import StackError, WrongOptionError

REFUSED = 2


def describe_feed(request: FeedRequest) -> FeedDescription:
    """Raises WrongOptionError with the simulator's sentence when it cannot play that."""
    result = subprocess.run(
        [sys.executable, "-m", "exchange_simulator.describe_feed", *_arguments(request)],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode == REFUSED:
        raise WrongOptionError(result.stderr.strip())
    if result.returncode != 0:
        last = result.stderr.strip().splitlines()[-1:]
        raise StackError(f"The feed could not be examined: {' '.join(last)}")
    return _parsed(json.loads(result.stdout))


def _arguments(request: FeedRequest) -> list[str]:
    arguments = ["--feed", request.kind]
    for recording in request.recordings:
        arguments += ["--recording", str(recording)]
    if request.start_ms is not None:
        arguments += ["--start", utc_text(request.start_ms)]
    if request.seed is not None:
        arguments += ["--seed", str(request.seed)]
    if request.symbols:
        arguments += ["--symbols", ",".join(request.symbols)]
    if request.faults:
        arguments += ["--faults", str(request.faults)]
    return arguments


def _parsed(answer: dict[str, Any]) -> FeedDescription:  # Any: JSON
    return FeedDescription(
        source=answer["source"],
        symbols=tuple(answer["symbols"]),
        start_ms=answer["startMs"],
        end_ms=answer["endMs"],
        identity=answer["identity"],
    )

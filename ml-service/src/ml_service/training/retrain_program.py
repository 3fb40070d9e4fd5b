"""`python -m ml_service.training.retrain_program`: what is due is retrained, one after the other.

The same as `POST /retrain`, for a machine of its own. JSON lines on standard output: what is due,
and what came of each. Exit code 0 where each was trained, or another process is at it; 1 where one
failed or it was told to stop, in one sentence on standard error; 2 for a wrong question or setting.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import orjson
from prometheus_client import CollectorRegistry

from ml_service.registry.model_store import ModelStore
from ml_service.settings import MlSettings
from ml_service.training.errors import RetrainingRunningError, TrainingRunningError
from ml_service.training.history_ready import HistoryReady
from ml_service.training.retrain import WhatIsDue, retrained
from ml_service.training.training import Training, TrainingState
from ml_service.training.training_metrics import TrainingMetrics
from ml_service.training.training_request import TrainingRequest
from ml_service.training.training_store import TrainingStore
from ml_service.training.trainings import Trainings
from service_kit.clock import Clock
from service_kit.database import create_database
from service_kit.errors import ServiceError
from service_kit.logging import configure_logging
from service_kit.program import FAILED, print_line, refuse, run_program
from trading_core.timeframe import DAY_MS

OLDER_THAN_DAYS: Final = 6.0
"""For a weekly run: what was last trained in an earlier week."""
STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


def parse_arguments(arguments: Sequence[str]) -> int:
    """How long ago, event time in ms, what is retrained was last trained.

    Ends the process, with exit code 2, for a wrong question.
    """
    parser = argparse.ArgumentParser(prog="python -m ml_service.training.retrain_program")
    parser.add_argument(
        "--older-than-days",
        type=_days,
        default=OLDER_THAN_DAYS,
        help="event time since it was last trained; 0 is all of them (default: 6)",
    )
    days: float = parser.parse_args(arguments).older_than_days
    return round(days * DAY_MS)


async def run(older_than_ms: int) -> int:
    """Raises ValidationError, ServiceError, ClockFileError."""
    settings = MlSettings()
    configure_logging("ml-retraining", settings.log_level, settings.log_format)
    _stop_when_told()
    try:
        async with _retraining(settings) as (trainings, due):
            requests = await due.requests(older_than_ms)
            _say("due", series=[_named(one) for one in requests])
            failed = [one async for one in _train_each(trainings, requests)]
    except RetrainingRunningError:
        _say("already_running")
        return 0
    except asyncio.CancelledError:
        return refuse("it was told to stop, and cancelled what it trained", FAILED)
    return refuse(f"not retrained: {', '.join(failed)}", FAILED) if failed else 0


@asynccontextmanager
async def _retraining(settings: MlSettings) -> AsyncIterator[tuple[Trainings, WhatIsDue]]:
    """Nobody else retrains inside the block; what it still trains at its end is cancelled."""
    database, clock = create_database(settings), Clock(settings.clock_file)
    metrics = TrainingMetrics.register(CollectorRegistry())
    trainings = Trainings(TrainingStore(database), clock, metrics)
    history, symbols, rules = HistoryReady(database, clock), settings.symbols, settings.label_rules
    due = WhatIsDue(ModelStore(database), history, clock, symbols, rules, settings.auto_train)
    try:
        async with trainings.alone_retraining(), trainings.open():
            yield trainings, due
    finally:
        await database.dispose()


async def _train_each(
    trainings: Trainings, requests: Sequence[TrainingRequest]
) -> AsyncIterator[str]:
    """The series that failed, each once it did."""
    for request in requests:
        came = await retrained(trainings, request)
        _say("retrained", series=_named(request), **_facts(came))
        if _has_failed(came):
            yield _named(request)


def _has_failed(came: Training | ServiceError) -> bool:
    """Candles that make no model are no failure, nor is a series that another process trains."""
    if isinstance(came, Training):
        return came.state is TrainingState.FAILED
    return not isinstance(came, TrainingRunningError)


def _facts(came: Training | ServiceError) -> dict[str, object]:
    if isinstance(came, ServiceError):
        return {"state": "left_out", "why": came.message}
    why = came.result.sentence if came.result else ""
    return {"id": str(came.id), "state": came.state.value, "why": why}


def _named(request: TrainingRequest) -> str:
    return " ".join(request.series.key)


def _days(text: str) -> float:
    days = float(text)
    if not 0 <= days <= 10_000:  # noqa: PLR2004 - as in POST /retrain
        raise argparse.ArgumentTypeError("from 0 to 10,000 days")
    return days


def _stop_when_told() -> None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    for number in STOP_SIGNALS:
        if task is not None:
            loop.add_signal_handler(number, task.cancel)


def _say(event: str, **facts: object) -> None:
    print_line(orjson.dumps({"event": event, **facts}))


if __name__ == "__main__":
    asked = parse_arguments(sys.argv[1:])
    sys.exit(run_program(lambda: run(asked)))

"""`python -m ml_service.training --id UUID`, or `--symbol ETH/USDT --timeframe 1h` and more.

The first runs a training that waits in the table, the second asks for one and runs it. JSON lines
on standard output; what stops it is one sentence on standard error: exit code 2 for a wrong
question, 1 otherwise. SIGTERM and SIGINT cancel it, and so does the end of whoever started it.
"""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import Final
from uuid import UUID, uuid4

import orjson

from ml_service.learning.training_plan import Step
from ml_service.settings import MlSettings
from ml_service.training.command_line import NewTraining, parse_arguments
from ml_service.training.last_step import LastStep
from ml_service.training.training import TrainingState
from ml_service.training.training_request import TrainingRequest
from ml_service.training.training_store import TrainingStore
from service_kit.clock import Clock
from service_kit.database import Database, create_database
from service_kit.errors import NotFoundError
from service_kit.logging import configure_logging
from service_kit.program import FAILED, print_line, refuse, run_program
from trading_core.frozen_json import to_json

NICENESS: Final = 15
"""Whatever else runs here is waited for by somebody."""
STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


async def run(asked: UUID | NewTraining) -> int:
    """Raises ValidationError, ServiceError, ClockFileError where it cannot even be begun."""
    settings = MlSettings()
    configure_logging("ml-training", settings.log_level, settings.log_format)
    last, clock = LastStep(), Clock(settings.clock_file)
    for number in STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, last.stop)
    database = create_database(settings)
    try:
        training_id, request = await _waiting(asked, TrainingStore(database), settings, clock)
        return await _train(training_id, request, last, database, settings, clock)
    finally:
        await database.dispose()


async def _waiting(
    asked: UUID | NewTraining, store: TrainingStore, settings: MlSettings, clock: Clock
) -> tuple[UUID, TrainingRequest]:
    if isinstance(asked, NewTraining):
        if asked.symbol not in settings.symbols:
            raise NotFoundError(f"{asked.symbol.slashed} is not watched here")
        training_id, request = uuid4(), asked.request(settings.label_rules)
        await store.ask(training_id, request, clock.wall_ms())
        return training_id, request
    found = await store.get(asked)
    if found is None:
        raise NotFoundError(f"there is no training {asked}")
    return found.id, found.asked


async def _train(
    training_id: UUID,
    request: TrainingRequest,
    last: LastStep,
    database: Database,
    settings: MlSettings,
    clock: Clock,
) -> int:
    # Late, so that a wrong question is answered at once, and the threads' setting is read.
    from ml_service.registry.model_files import ModelFiles  # noqa: PLC0415
    from ml_service.training.run_training import RunTraining  # noqa: PLC0415

    files = ModelFiles(database, settings.models_dir)
    await files.take_up()
    training = RunTraining(database, files, settings.label_rules, clock)
    ended = await training.run(training_id, request, last, _say_step)
    if ended.state is not TrainingState.DONE:
        return refuse(ended.result.sentence, FAILED)
    _say("done", id=str(training_id), **to_json(ended.result))
    return 0


def _stand_back() -> None:
    """Threads of XGBoost's that wait shall sleep, and all of it only take what nobody wants."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    with suppress(OSError):
        os.nice(NICENESS)


def _say_step(step: Step) -> None:
    _say("progress", stage=step.stage, done=step.done, total=step.total)


def _say(event: str, **facts: object) -> None:
    print_line(orjson.dumps({"event": event, **facts}))


if __name__ == "__main__":
    training_asked = parse_arguments(sys.argv[1:])
    _stand_back()
    sys.exit(run_program(lambda: run(training_asked)))

"""How long predictions take while a model is trained beside them, and while none is.

A real ml-service on a real PostgreSQL imports the recording and learns a model that answers. It is
then asked steadily, one prediction at a time, by turns alone and while it trains on the whole
recording in a process of its own. Each training is cancelled when its turn is over.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from http_load import Connection, Question
from ml_service.training.training import TrainingState
from recorded_ml import Json, RecordedMl, recorded_ml
from trading_core.indicators.values import FloatArray

AIM = 1.5
"""Of the p99 alone."""
LEARNING = "walking forward"
"""How the stage begins that nearly all of a training's time goes into."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path, help="such as ETHUSDT-1h-2017-2024.parquet")
    parser.add_argument("--rows", type=int, default=20_000, help="that the answering model learns")
    parser.add_argument("--rate", type=float, default=20, help="predictions a second")
    parser.add_argument("--seconds", type=float, default=25, help="of one turn")
    parser.add_argument("--turns", type=int, default=2, help="of each kind")
    options = parser.parse_args()
    with recorded_ml(options.recording) as ml:
        ml.train(options.rows)
        _ask(ml, options.rate, seconds=3)
        alone, beside = [], []
        print(f"\n{'':24}{'predictions':>12}{'p50 ms':>9}{'p99 ms':>9}")
        for _ in range(options.turns):
            alone.append(_ask(ml, options.rate, options.seconds))
            _print("alone", alone[-1])
            with _training(ml):
                beside.append(_ask(ml, options.rate, options.seconds))
            _print("while training", beside[-1])
        _print_ratios(np.concatenate(alone), np.concatenate(beside))


@contextmanager
def _training(ml: RecordedMl) -> Iterator[None]:
    """On all there is, from when it learns to the end of the block, where it has to run still."""
    training_id = ml.post("/train?async=true", {**ml.market, "lookback_periods": None})["id"]
    path = f"/train/{training_id}"
    while not _running(ml, path)["stage"].startswith(LEARNING):
        time.sleep(0.1)
    yield
    _running(ml, path)
    ml.post(f"{path}/cancel", {})
    while ml.get(path)["state"] == TrainingState.RUNNING:
        time.sleep(0.1)


def _running(ml: RecordedMl, path: str) -> Json:
    found = ml.get(path)
    if found["state"] not in {TrainingState.WAITING, TrainingState.RUNNING}:
        raise SystemExit(f"the training ended before its turn did: {found['message']}")
    return found


def _ask(ml: RecordedMl, rate: float, seconds: float) -> FloatArray:
    """How long each answer took, in ms."""
    question = Question(f"{ml.url}/predict", json.dumps(ml.question).encode())
    return asyncio.run(_asked(question, rate, round(rate * seconds)))


async def _asked(question: Question, rate: float, count: int) -> FloatArray:
    """An answer that is late delays the next question: they never overlap."""
    connection = await Connection.open(question)
    times, began = np.empty(count), time.perf_counter()
    for number in range(count):
        await asyncio.sleep(began + number / rate - time.perf_counter())
        times[number], _ = await connection.ask()
    connection.close()
    return times * 1000


def _print(name: str, times: FloatArray) -> None:
    p50, p99 = np.percentile(times, [50, 99])
    print(f"{name:24}{len(times):12,}{p50:9.2f}{p99:9.2f}")


def _print_ratios(alone: FloatArray, beside: FloatArray) -> None:
    _print("all of them alone", alone)
    _print("all while training", beside)
    p50, p99 = np.percentile(beside, [50, 99]) / np.percentile(alone, [50, 99])
    print(f"{'while training / alone':36}{p50:9.2f}{p99:9.2f}, aim {AIM}")


if __name__ == "__main__":
    main()

"""One prediction with its explanation, in process and over HTTP, and many at once.

A real ml-service on a real PostgreSQL imports the recording and learns from its newest rows; what
then serves is asked. Beside it, in the same run: the bare XGBoost calls on the same rows, and an
answer of the same service that looks at nothing. Wall time, so others on the machine are in it.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xgboost

from http_load import measure_load
from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_contents import loaded_model, sha256_of
from ml_service.registry.model_folder import ModelFolder
from ml_service.registry.serving_model import ServingModel
from ml_service.seen_bar import see_bar
from ml_service.statement import state
from recorded_ml import RecordedMl, recorded_ml
from service_kit.candle_windows import CandleWindow
from trading_core.candles import Candles
from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.feature_set import FeatureSet
from trading_core.features.feature_table import feature_table
from trading_core.indicators.values import FloatArray
from trading_core.timeframe import WINDOW_BARS

BATCH_ROWS = 10_000
AIM_MS = 1.0


@dataclass(frozen=True, slots=True)
class Served:
    """What answers, and the candles that it is asked about."""

    model: LoadedModel
    candles: Candles

    @property
    def features(self) -> FeatureSet:
        return FEATURE_SETS[self.model.card.feature_set]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path, help="such as ETHUSDT-1h-2017-2024.parquet")
    parser.add_argument("--rows", type=int, default=20_000, help="to learn from, the newest")
    parser.add_argument("--runs", type=int, default=1_000, help="single predictions")
    options = parser.parse_args()
    with recorded_ml(options.recording) as ml:
        served = Served(_cached(ml.models, ml.train(options.rows)), ml.candles)
        card = served.model.card
        print(f"{card.model_id}: {card.rounds} rounds, {len(card.feature_names)} features\n")
        _print_one(served, options.runs)
        asyncio.run(_print_http(ml, options.runs))
        _print_batch(served)


def _cached(models: Path, model_id: str) -> LoadedModel:
    """What the service has just trained."""
    contents = ModelFolder(models).read_all(model_id)
    digests = {suffix: sha256_of(content) for suffix, content in contents.items()}
    return loaded_model(model_id, contents, digests)


def _print_one(served: Served, runs: int) -> None:
    model, serving = served.model, ServingModel(served.model)
    window = _full_window(served.candles)
    bar = see_bar(served.features, window)
    row = bar.features.reshape(1, -1)

    def bare() -> None:
        booster = model.forest.booster
        booster.inplace_predict(row, predict_type="margin")
        booster.predict(xgboost.DMatrix(row, nthread=1), pred_contribs=True)

    def whole() -> None:
        state(serving, see_bar(served.features, window), model.card.prior)

    calls: dict[str, Callable[[], object]] = {
        "bare XGBoost: margins, contributions": bare,
        "features": lambda: see_bar(served.features, window),
        "probabilities and contributions": lambda: model.predict(bar.features),
        "the whole prediction": whole,
    }
    times = _milliseconds(calls, runs)
    heading = f"one, over a window of {len(window.candles):,} bars"
    print(f"{heading:40}{'least ms':>9}{'p50 ms':>9}{'p99 ms':>9}{'of bare':>9}")
    floor = np.median(times[0])
    for name, own in zip(calls, times, strict=True):
        least, p50, p99 = np.percentile(own, [0, 50, 99])
        print(f"{name:40}{least:9.2f}{p50:9.2f}{p99:9.2f}{p50 / floor:9.2f}")
    print(f"the aim of the p50 is {AIM_MS} ms\n")


def _full_window(candles: Candles) -> CandleWindow:
    """The longest there is: that of the last bar of a block."""
    block_ms = WINDOW_BARS * candles.timeframe.duration_ms
    end_ms = candles.closed_until_ms // block_ms * block_ms
    seen = candles.between(end_ms - 2 * block_ms, end_ms)
    return CandleWindow(seen, candles.first_open_ms, seen.closed_until_ms, seen.gaps())


def _milliseconds(calls: Mapping[str, Callable[[], object]], runs: int) -> FloatArray:
    """(calls, runs), by turns: what disturbs one of them disturbs all."""
    times = np.empty((len(calls), runs))
    for run in range(runs):
        for number, call in enumerate(calls.values()):
            started = time.perf_counter()
            call()
            times[number, run] = time.perf_counter() - started
    return times * 1000


async def _print_http(ml: RecordedMl, runs: int) -> None:
    asked = {
        "GET /livez, the same service": (f"{ml.url}/livez", None),
        "POST /predict, a named bar": (f"{ml.url}/predict", json.dumps(ml.question).encode()),
        "POST /predict, whichever is newest": (f"{ml.url}/predict", json.dumps(ml.market).encode()),
    }
    print(f"{'over HTTP, one at a time':40}{'':9}{'p50 ms':>9}{'p99 ms':>9}{'of bare':>9}")
    floor = None
    for name, (url, body) in asked.items():
        await measure_load(url, requests=50, connections=1, json=body)
        found = await measure_load(url, requests=runs, connections=1, json=body)
        floor = floor or found.p50_ms
        print(f"{name:49}{found.p50_ms:9.2f}{found.p99_ms:9.2f}{found.p50_ms / floor:9.2f}")
    print()


def _print_batch(served: Served, rounds: int = 5) -> None:
    candles, model = served.candles, served.model
    since_ms = int(candles.open_time_ms[-BATCH_ROWS])

    def features() -> FloatArray:
        table = feature_table(served.features, candles, since_ms, candles.first_open_ms)
        return table.values[table.warm]

    values = features()
    calls: dict[str, Callable[[], object]] = {
        "bare XGBoost: margins": lambda: model.forest.booster.inplace_predict(
            values, predict_type="margin"
        ),
        "probabilities": lambda: model.probabilities(values),
        "features and probabilities": lambda: model.probabilities(features()),
    }
    rates = len(values) / _milliseconds(calls, rounds).min(axis=1) * 1000
    print(f"{f'{BATCH_ROWS:,} at once, best of {rounds}':40}{'a second':>9}{'of bare':>9}")
    for name, rate in zip(calls, rates, strict=True):
        print(f"{name:40}{rate:9,.0f}{rate / rates[0]:9.2f}")


if __name__ == "__main__":
    main()

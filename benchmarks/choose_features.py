"""Which features foretell anything: walk-forward log-loss of feature sets over one recording.

Every fold is fitted on what came before it, stops early on the newest part of that, and leaves out
the bars between that a label reaches over, and as many again. All sets are asked about the same
bars. Nothing that opens at or after `--until` is read. Not part of any model: it chose the set.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import xgboost as xgb
from numpy.typing import NDArray

from candidate_features import DROPPED
from trading_core.candles import COLUMNS, Candles
from trading_core.features.feature import Feature
from trading_core.features.feature_set import FeatureSet
from trading_core.features.feature_table import feature_table
from trading_core.features.scale_free import GROUPS, SCALE_FREE, feature_set_of
from trading_core.features.specification import SPEC16
from trading_core.indicators.values import FloatArray
from trading_core.labels import DOWN, LOOK_AHEAD_BARS, classes, label_table
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

GAP_BARS = 2 * LOOK_AHEAD_BARS
FIRST_FOLD_AT = 0.35
STOPPING_SHARE = 0.12
ROUNDS = 800
PATIENCE = 30
SHORT_BARS = 24
BLOCK_BARS = 120
PARAMETERS = {
    "objective": "multi:softprob",
    "num_class": 3,
    "tree_method": "hist",
    "max_depth": 3,
    "learning_rate": 0.08,
    "min_child_weight": 100,
    "subsample": 0.7,
    "colsample_bytree": 0.5,
    "reg_lambda": 5.0,
    "max_bin": 128,
    "nthread": 2,
}


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """By fold, the loss of every bar in nats, and that of the class shares before the fold."""

    losses: tuple[FloatArray, ...]
    prior_losses: tuple[FloatArray, ...]

    @property
    def loss(self) -> float:
        return float(np.concatenate(self.losses).mean())

    @property
    def skill(self) -> float:
        return 1 - self.loss / float(np.concatenate(self.prior_losses).mean())

    @property
    def fold_skills(self) -> list[float]:
        pairs = zip(self.losses, self.prior_losses, strict=True)
        return [float(1 - loss.mean() / prior.mean()) for loss, prior in pairs]


def main() -> None:
    given = _arguments()
    candles = _read(given.recording, int(pd.Timestamp(given.until, tz="UTC").timestamp() * 1000))
    sets = _feature_sets()
    rows, y = _questions(candles, list(sets.values()))
    asked = (SCALE_FREE.name, SPEC16.name) if given.brief else tuple(sets)
    print(f"{len(y)} bars of {len(candles)}; {len(asked)} feature sets, {given.seeds} fits each")
    print(f"{'':40}{'features':>9}{'log-loss':>10}{'skill':>8}{'worse by':>22}  skill of each fold")
    walked: dict[str, Walked] = {}
    for name in asked:
        table = feature_table(sets[name], candles, 0, candles.first_open_ms)
        x = table.values[rows].astype(np.float32)
        walked[name] = _walk(x, y, given.folds, given.seeds)
        _print(name, x.shape[1], walked[name], walked[SCALE_FREE.name])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path, help="such as ETHUSDT-1h-2017-2024.parquet")
    parser.add_argument("--until", default="2024-01-01", help="UTC date; default: %(default)s")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=2, help="fits whose losses are averaged")
    parser.add_argument("--brief", action="store_true", help="only the two sets of the catalogue")
    return parser.parse_args()


def _read(recording: Path, until_ms: int) -> Candles:
    market, timeframe, _ = recording.stem.split("-", 2)
    table = pq.read_table(recording, columns=list(COLUMNS))
    columns = {column: table[column].to_numpy() for column in COLUMNS}
    candles = Candles.from_columns(Symbol.parse(market), Timeframe(timeframe), columns)
    return candles.between(0, until_ms)


def _feature_sets() -> dict[str, FeatureSet]:
    """By what the table calls them; `scale_free`, which the others are compared with, first."""
    kept = _all_of(GROUPS)
    short = tuple(one for one in kept if one.look_back_bars <= SHORT_BARS)
    variants = {
        **{f"less {name}": _without(kept, group) for name, group in GROUPS.items()},
        f"at most {SHORT_BARS} bars back": short,
        "volatility alone": GROUPS["volatility"],
        **{f"with {name}": kept + group for name, group in DROPPED.items()},
        "with all of these": kept + _all_of(DROPPED),
    }
    tried = {name: feature_set_of("tried", 1, features) for name, features in variants.items()}
    return {SCALE_FREE.name: SCALE_FREE, SPEC16.name: SPEC16, **tried}


def _all_of(groups: Mapping[str, tuple[Feature, ...]]) -> tuple[Feature, ...]:
    return tuple(chain.from_iterable(groups.values()))


def _without(features: tuple[Feature, ...], group: tuple[Feature, ...]) -> tuple[Feature, ...]:
    return tuple(one for one in features if one not in group)


def _questions(
    candles: Candles, sets: Sequence[FeatureSet]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """The bars that every set can be asked about, and the class of each of them."""
    label = label_table(candles)
    looked_back = max(one.look_back_bars for one in sets)
    step_ms = candles.timeframe.duration_ms
    times = candles.open_time_ms
    unbroken = np.zeros(len(candles), dtype=np.bool_)
    unbroken[looked_back:] = times[looked_back:] - times[:-looked_back] == looked_back * step_ms
    warm = np.logical_and.reduce(
        [feature_table(one, candles, 0, candles.first_open_ms).warm for one in sets]
    )
    rows = warm & unbroken & (label >= DOWN)
    return rows, classes(label[rows])


def _walk(x: NDArray[np.float32], y: NDArray[np.int64], folds: int, seeds: int) -> Walked:
    edges = np.linspace(len(y) * FIRST_FOLD_AT, len(y), folds + 1).astype(int).tolist()
    losses, prior_losses = [], []
    for first, end in pairwise(edges):
        known = first - GAP_BARS
        came = y[first:end]
        fitted = [
            _fit(x[:known], y[:known], seed).predict(_matrix(x[first:end])) for seed in range(seeds)
        ]
        losses.append(np.mean([_loss(one, came) for one in fitted], axis=0))
        shares = np.bincount(y[:known], minlength=3) / known
        prior_losses.append(-np.log(shares[came]))
    return Walked(tuple(losses), tuple(prior_losses))


def _fit(x: NDArray[np.float32], y: NDArray[np.int64], seed: int) -> xgb.Booster:
    """Cut back to the round that was best on the newest part."""
    stop = int(len(y) * (1 - STOPPING_SHARE))
    fit = _matrix(x[: stop - GAP_BARS], y[: stop - GAP_BARS])
    stopping = _matrix(x[stop:], y[stop:])
    booster = xgb.train(
        {**PARAMETERS, "seed": seed},
        fit,
        ROUNDS,
        evals=[(stopping, "stopping")],
        early_stopping_rounds=PATIENCE,
        verbose_eval=False,
    )
    return booster[: booster.best_iteration + 1]


def _matrix(x: NDArray[np.float32], y: NDArray[np.int64] | None = None) -> xgb.DMatrix:
    return xgb.DMatrix(x, label=y, nthread=PARAMETERS["nthread"])


def _loss(probabilities: NDArray[np.float32], came: NDArray[np.int64]) -> FloatArray:
    return -np.log(probabilities[np.arange(len(came)), came].astype(np.float64))


def _worse_by(one: Walked, than: Walked) -> str:
    """Mean difference of the losses and its standard error, from the means of whole blocks."""
    difference = np.concatenate(one.losses) - np.concatenate(than.losses)
    blocks = len(difference) // BLOCK_BARS
    means = difference[: blocks * BLOCK_BARS].reshape(blocks, BLOCK_BARS).mean(axis=1)
    error = means.std(ddof=1) / np.sqrt(blocks)
    return f"{difference.mean():+.5f} ± {error:.5f}"


def _print(name: str, features: int, one: Walked, best: Walked) -> None:
    worse = "" if one is best else _worse_by(one, best)
    folds = " ".join(f"{skill:6.2%}" for skill in one.fold_skills)
    print(
        f"{name:40}{features:>9}{one.loss:>10.5f}{one.skill:>8.2%}{worse:>22}  {folds}", flush=True
    )


if __name__ == "__main__":
    main()

"""What a model is worth on a last stretch that nothing was fitted on; trained as the product does.

`.venv/bin/python benchmarks/model_skill.py --untouched-from 2024-01-01 FILE.parquet …` takes
recordings named like `ETHUSDT-1h-2017-2024.parquet`.

Every look at the same stretch makes it less untouched: look when all is decided.
"""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from ml_service.learning.evaluation import Figures
from ml_service.learning.train import train
from ml_service.learning.training_plan import Step, TrainingPlan
from ml_service.registry.model_card import ModelCard
from training_markets import recorded_market


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--untouched-from", type=datetime.fromisoformat, required=True)
    parser.add_argument("recordings", type=Path, nargs="+")
    options = parser.parse_args()
    from_ms = int(options.untouched_from.replace(tzinfo=UTC).timestamp() * 1000)
    for path in options.recordings:
        _measure(path, from_ms)


def _measure(path: Path, untouched_from_ms: int) -> None:
    data = recorded_market(path)
    started, spent = time.perf_counter(), time.process_time()
    plan = TrainingPlan(untouched_from_ms=untouched_from_ms)
    trained = train(data, plan, data.candles.closed_until_ms, _say)
    wall, cpu = time.perf_counter() - started, time.process_time() - spent
    print(f"\n{path.stem}: trained in {wall:.0f} s, {cpu:.0f} s of CPU time")
    for model in trained.models:
        _print_card(model.card)


def _say(step: Step) -> None:
    print(f"\r{step.done:3}/{step.total} {step.stage:48}", end="", flush=True)


def _print_card(card: ModelCard) -> None:
    tried = len(card.evaluation.configurations)
    print(f"{card.model_id}: {card.rounds} rounds, {card.calibrator.kind}, {tried} configurations")
    for name, figures in (
        ("walk-forward", card.evaluation.walk_forward),
        ("untouched", card.evaluation.untouched),
    ):
        print(f"  {name:13}{_figures(figures)}")
    print(f"  gate: {'passed' if card.gate.passed else 'not passed'}; {card.gate.sentence}")


def _figures(of: Figures) -> str:
    return (
        f"n {of.bars}  log-loss {of.log_loss:.4f}  prior {of.prior_log_loss:.4f}  "
        f"own prior {of.own_prior_log_loss:.4f}  "
        f"skill {of.skill:.2%} [{of.skill_low:.2%}, {of.skill_high:.2%}]  "
        f"ECE {of.expected_calibration_error:.2%}  balanced {of.balanced_accuracy:.1%}  "
        f"accuracy {of.accuracy:.1%} (majority {of.majority_rate:.1%})"
    )


if __name__ == "__main__":
    main()

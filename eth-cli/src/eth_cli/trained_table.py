"""What trainings came to, as a table: each figure beside the one that it has to beat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from eth_cli.program_lines import Json
from eth_cli.train_models import TrainedSeries

MIB: Final = 2**20


def print_trained(series: Sequence[TrainedSeries], models: Path, console: Console) -> None:
    """`models` is the folder that the reports lie in."""
    trained = [one.result for one in series if one.result is not None]
    if trained:
        console.print(_table(trained))
    for one in series:
        for line in _lines(one, models):
            console.print(line)


def _table(results: Sequence[Json]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("model", no_wrap=True)
    for name in (
        "log-loss (prior)",
        "skill (95 %)",
        "calibration error",
        "balanced accuracy",
        "accuracy (majority)",
        "unseen bars",
    ):
        table.add_column(name, justify="right", no_wrap=True)
    for result in results:
        for model in result["models"]:
            table.add_row(*_cells(model))
    return table


def _cells(model: Json) -> tuple[str, ...]:
    interval = f"{model['skill_low']:+.2%} to {model['skill_high']:+.2%}"
    return (
        model["model_id"],
        f"{model['log_loss']:.4f} ({model['prior_log_loss']:.4f})",
        f"{model['log_loss_skill']:+.2%} ({interval})",
        f"{model['expected_calibration_error']:.2%}",
        f"{model['balanced_accuracy']:.1%}",
        f"{model['accuracy']:.1%} ({model['majority_rate']:.1%})",
        str(model["test_samples"]),
    )


def _lines(series: TrainedSeries, models: Path) -> list[str]:
    result = series.result
    if result is None:
        return [f"{series.name}: {series.refusal}"]
    memory = result["peak_memory_bytes"] / MIB
    head = f"{series.name}: trained in {result['seconds']:.1f} s, {memory:.0f} MiB at most"
    return [head, *(line for model in result["models"] for line in _verdicts(model, models))]


def _verdicts(model: Json, models: Path) -> list[str]:
    said = [
        f"  {model['model_id']} {'serves' if one['promoted'] else 'does not serve'}"
        f" ({one['role']}): {one['sentence']}"
        for one in model["verdicts"]
    ]
    return [*said, f"  report: {models / model['model_id']}.html"]

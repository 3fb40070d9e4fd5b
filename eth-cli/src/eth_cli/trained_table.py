"""What trainings came to: each figure beside the one that it has to beat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    for one in series:
        if one.result is None:
            console.print(f"{one.name}: {one.refusal}")
        else:
            _print_result(one.name, one.result, models, console)


def _print_result(name: str, result: Json, models: Path, console: Console) -> None:
    memory = result["peak_memory_bytes"] / MIB
    console.print(f"{name}: trained in {result['seconds']:.1f} s, {memory:.0f} MiB at most.")
    for model in result["models"]:
        console.print(_figures(model))
        for line in _verdicts(model, models):
            console.print(line)


def _figures(model: Json) -> Table:
    table = Table("of unseen bars", box=box.SIMPLE_HEAD, pad_edge=False, title=model["model_id"])
    table.add_column(f"{model['test_samples']:,}", justify="right")
    table.add_column("to beat", justify="right")
    low, high = model["skill_low"], model["skill_high"]
    table.add_row("log-loss", f"{model['log_loss']:.4f}", f"{model['prior_log_loss']:.4f} (prior)")
    table.add_row("skill", f"{model['log_loss_skill']:+.2%}", "0 (prior)")
    table.add_row("  95 % interval", f"{low:+.2%} to {high:+.2%}", "")
    table.add_row("calibration error", f"{model['expected_calibration_error']:.2%}", "")
    table.add_row(
        "accuracy", f"{model['accuracy']:.1%}", f"{model['majority_rate']:.1%} (majority)"
    )
    table.add_row("balanced accuracy", f"{model['balanced_accuracy']:.1%}", "33.3% (chance)")
    return table


def _verdicts(model: Json, models: Path) -> Iterator[str]:
    yield f"  Skill gate: {model['gate']}."
    for one in model["verdicts"]:
        says = "serves now" if one["promoted"] else "does not serve"
        yield f"  For {one['role']} it {says}: {one['sentence']}."
    yield f"  Report: {models / model['model_id']}.html"

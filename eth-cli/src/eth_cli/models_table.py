"""Models as a table: what each is worth where it had seen nothing, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from eth_cli.feed import utc_text
from eth_cli.program_lines import Json


def print_models(models: Sequence[Json], console: Console) -> None:
    if not models:
        console.print("No model has been trained yet; `./eth train` trains one.")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("model", "trained", "data", "serves"):
        table.add_column(name, overflow="fold")
    for name in ("skill (95 %)", "calibration error", "accuracy (majority)"):
        table.add_column(name, justify="right", overflow="fold")
    for model in models:
        table.add_row(*_cells(model))
    console.print(table)
    for model in models:
        console.print(f"{model['model_id']}: {model['verdict']}")


def _cells(model: Json) -> tuple[str, ...]:
    low, high = model["skill_interval"]
    return (
        model["model_id"],
        _day(model["trained_at"]),
        f"{_day(model['data_from'])} to {_day(model['data_until'])}",
        ", ".join(model["serves"]) or "–",
        f"{model['log_loss_skill']:+.2%} ({low:+.2%} to {high:+.2%})",
        f"{model['ece']:.2%}",
        f"{model['accuracy']:.1%} ({model['majority_rate']:.1%})",
    )


def _day(time_ms: int) -> str:
    return utc_text(time_ms)[:10]

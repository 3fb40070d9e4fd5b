"""The command `./eth health`."""

from __future__ import annotations

import http
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from eth_cli.feed import utc_text
from eth_cli.ready_check import http_answer
from eth_cli.running_stack import RunningStack, running_stack
from eth_cli.stack_errors import StackError
from eth_cli.told import told

Json = dict[str, Any]  # Any: JSON

ANSWER_SECONDS: Final = 60.0
SOMETHING_IS_WRONG: Final = 1
HOUR_MS: Final = 3_600_000


def health_command(
    *,
    now: Annotated[bool, typer.Option("--now", help="Make a new report first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: one line.")] = False,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of the data.")] = None,
) -> None:
    """Show the newest health report; exit code 1 when something is wrong."""
    reports: list[Json] = []

    def run() -> None:
        report = read_report(running_stack(data_dir), now=now)
        reports.append(report)
        if as_json:
            sys.stdout.write(json.dumps(report) + "\n")
        else:
            print_report(report, Console(highlight=False, soft_wrap=True, markup=False))

    failed = told(run)
    raise typer.Exit(failed or (0 if reports[-1]["ok"] else SOMETHING_IS_WRONG))


def read_report(stack: RunningStack, *, now: bool) -> Json:
    """The newest, or a first one. Raises StackError when nobody answers."""
    port = stack.state.ports["maintenance"]
    status, body = http.HTTPStatus.NOT_FOUND.value, b""
    if not now:
        status, body = http_answer(port, "/health-reports/latest")
    if status == http.HTTPStatus.NOT_FOUND:
        status, body = http_answer(port, "/health-reports", ANSWER_SECONDS, method="POST")
    if status != http.HTTPStatus.OK:
        raise StackError(f"maintenance-service makes no report (status {status or 'none'}).")
    report: Json = json.loads(body)["data"]
    return report


def print_report(report: Json, console: Console) -> None:
    table = Table.grid(padding=(0, 2))
    for name, said in _rows(report):
        table.add_row(name, said)
    console.print(table)
    for complaint in report["complaints"]:
        console.print(f"✗ {complaint}", style="red")
    if report["ok"]:
        console.print("✓ All is well.", style="green")


def _rows(report: Json) -> Iterator[tuple[str, str]]:
    yield "made", f"{utc_text(report['madeAtMs'])} (wall)"
    feed, series = report["feed"], report["series"]
    if feed:
        faults = ", ".join(f"{one['kind']} {one['count']}×" for one in feed["faults"] or ())
        told = f"{feed['source']}, {feed['state']}, market time {utc_text(feed['eventTimeMs'])}"
        yield "feed", told + (f"; went wrong: {faults}" if faults else "")
    if report["services"]:
        ready = sum(state == "ready" for state in report["services"].values())
        yield "services", f"{ready} of {len(report['services'])} ready"
    if series:
        yield "series", _series(series)
    signals = report["signalsOfTheDay"]
    yield "signals of the day", ", ".join(f"{signals[k]} {k}" for k in sorted(signals)) or "none"
    if report["models"] is not None:
        serving = [one for one in report["models"] if one["abstainsFor"] is None]
        degraded = sum(one["degraded"] for one in serving)
        yield "models", f"{len(serving)} serve, {degraded} degraded"
    yield "backup", _backup(report["backup"])
    for disk in report["disks"]:
        free, size = disk["freeBytes"] / 1e9, disk["sizeBytes"] / 1e9
        yield "disk", f"{free:,.1f} of {size:,.1f} GB free at {disk['folder']}"
    database, redis = report["database"], report["redis"]
    used = f"{database['connections']} of {database['connectionsLimit']} connections"
    yield "database", f"{database['sizeBytes'] / 1e6:,.1f} MB, {used}"
    yield "redis", f"{redis['usedMemoryBytes'] / 1e6:,.1f} MB" if redis else "no answer"


def _series(series: Json) -> str:
    decided = f"{series['decided']} of {series['series']} decided"
    bars = f"{series['undecidedBars']} bars to decide, {series['skippedBars']} skipped"
    return f"{decided}, {bars}, {_known(series['holes'])} missing"


def _backup(backup: Json | None) -> str:
    if backup is None:
        return "none"
    return f"{backup['ageMs'] / HOUR_MS:.1f} h old, verified: {backup['verified'] or 'no'}"


def _known(figure: int | None) -> str:
    return "unknown" if figure is None else str(figure)

"""The commands of `./eth`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.console import Console

from eth_cli.backup_commands import backup_command, restore_command
from eth_cli.data_folder import DataFolder
from eth_cli.detach import leave_terminal, run_detached
from eth_cli.feed import FeedKind, FeedRequest, parse_start
from eth_cli.health_command import health_command
from eth_cli.import_command import import_command
from eth_cli.known_folders import known_folders, meant_folders
from eth_cli.models_commands import models_app
from eth_cli.ports import PUBLIC, Ports
from eth_cli.prometheus_command import prometheus_command
from eth_cli.quality_command import quality_command
from eth_cli.rebuild import RebuildRequest, read_scorecard, rebuild_history
from eth_cli.repository import DATA
from eth_cli.run_tests import install_for_checks, run_tests
from eth_cli.running_stack import running_stack
from eth_cli.scorecard_table import print_rebuilt, print_scorecard
from eth_cli.show_logs import follow, logs_of, print_newest
from eth_cli.signals_commands import signals_app
from eth_cli.stack_errors import StackError, WrongOptionError
from eth_cli.stack_report import stack_report
from eth_cli.start_stack import GUARANTEED_SPEED, SLOWEST_SPEED, StackRequest, run_stack
from eth_cli.status_table import print_report
from eth_cli.steps import Steps
from eth_cli.stop_stack import runs, stop_stack
from eth_cli.told import told
from eth_cli.train_command import train_command
from trading_core.timeframe import Timeframe

NOTHING_RUNS = 3

app = typer.Typer(
    name="eth",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The ETH Trading Platform on this machine.",
)
app.add_typer(signals_app, name="signals")
app.add_typer(models_app, name="models")
app.command("import", no_args_is_help=True)(import_command)
app.command("train")(train_command)
app.command("quality")(quality_command)
app.command("prometheus")(prometheus_command)
app.command("backup")(backup_command)
app.command("restore", no_args_is_help=True)(restore_command)
app.command("health")(health_command)
console = Console(highlight=False, soft_wrap=True)


class FeedChoice(StrEnum):
    AUTO = "auto"
    LIVE = "live"
    REPLAY = "replay"
    SIMULATED = "simulated"


class TestLevel(StrEnum):
    UNIT = "unit"
    INTEGRATION = "integration"
    E2E = "e2e"
    CONTAINERS = "containers"
    ALL = "all"


DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the data, one below it for each feed.")
]


@app.command()
def up(
    *,
    feed: Annotated[
        FeedChoice, typer.Option(help="Where the market comes from.")
    ] = FeedChoice.AUTO,
    recording: Annotated[
        list[Path] | None, typer.Option(help="Candles to replay (parquet or CSV); repeatable.")
    ] = None,
    start: Annotated[str | None, typer.Option(help="Event time to begin at, ISO 8601.")] = None,
    speed: Annotated[float | None, typer.Option(help="Event seconds a wall second.")] = None,
    seed: Annotated[int | None, typer.Option(help="Which simulated market.")] = None,
    symbols: Annotated[str, typer.Option(help="Comma-separated, like ETH/USDT,BTC/USDT.")] = "",
    faults: Annotated[
        Path | None,
        typer.Option(help="How the exchange misbehaves: docs/faults.md."),
    ] = None,
    data_dir: DataDir = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Delete this feed's data first.")] = False,
    port: Annotated[
        int, typer.Option(help="The dashboard's port; the others shift along.")
    ] = PUBLIC,
    detach: Annotated[bool, typer.Option("--detach", help="Return when it is ready.")] = False,
) -> None:
    """Start everything; Ctrl-C stops it."""

    def request() -> StackRequest:
        wanted = tuple(part.strip() for part in symbols.split(",") if part.strip())
        asked = FeedRequest(
            kind=cast("FeedKind", feed.value),
            recordings=tuple(path.resolve() for path in recording or ()),
            start_ms=parse_start(start) if start else None,
            speed=checked_speed(speed),
            seed=seed,
            symbols=wanted,
            faults=faults.resolve() if faults else None,
        )
        return StackRequest(
            feed=None if feed is FeedChoice.AUTO else asked.checked(),
            symbols=wanted if feed is not FeedChoice.AUTO else refuse_unused(asked).symbols,
            data_dir=(data_dir or DATA).resolve(),
            ports=Ports.shifted_to(port),
            fresh=fresh,
        )

    def run(on_ready: Callable[[DataFolder], None]) -> int:
        return told(lambda: run_stack(request(), Steps(console), on_ready))

    if not detach:
        raise typer.Exit(run(lambda _folder: None))

    def run_apart(tell_ready: Callable[[], None]) -> int:
        def leave(folder: DataFolder) -> None:
            leave_terminal(folder.log_of("supervisor"))
            tell_ready()

        return run(leave)

    raise typer.Exit(run_detached(run_apart))


@app.command()
def down(data_dir: DataDir = None) -> None:
    """Stop what runs."""

    def stop() -> None:
        running = [folder for folder in known_folders(data_dir) if runs(folder)]
        for folder in running if data_dir else meant_folders(running):
            stop_stack(folder)
            console.print(f"Stopped the stack on {folder.root}.")
        if not running:
            console.print("Nothing runs.")

    raise typer.Exit(told(stop))


@app.command()
def status(
    *,
    data_dir: DataDir = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="For programs: one line a stack.")
    ] = False,
) -> None:
    """Show what runs; exit code 3 when nothing does."""
    reports = [report for folder in known_folders(data_dir) if (report := stack_report(folder))]
    if as_json:
        for report in reports:
            write_line(json.dumps(report) + "\n")
    elif not reports:
        console.print("Nothing runs; `./eth up` starts it.")
    else:
        for report in reports:
            print_report(report, console)
    raise typer.Exit(0 if reports else NOTHING_RUNS)


@app.command()
def logs(
    service: Annotated[str | None, typer.Argument(help="One part only.")] = None,
    *,
    following: Annotated[bool, typer.Option("--follow", "-f", help="Go on as it grows.")] = False,
    lines: Annotated[
        int, typer.Option("--lines", "-n", min=0, help="How many to begin with.")
    ] = 50,
    data_dir: DataDir = None,
) -> None:
    """Show what the parts have written."""

    def show() -> None:
        chosen = logs_of(newest_folder(data_dir), service)
        print_newest(chosen, lines, write_line)
        if following:
            follow(chosen, write_line)

    raise typer.Exit(told(show))


@app.command()
def rebuild(
    *,
    symbol: Annotated[str | None, typer.Option(help="One market only, like ETH/USDT.")] = None,
    timeframe: Annotated[Timeframe | None, typer.Option(help="One timeframe only.")] = None,
    since: Annotated[str | None, typer.Option(help="First bar, ISO 8601.")] = None,
    until: Annotated[str | None, typer.Option(help="No bar from then on, ISO 8601.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Decide the stored history again and show what came of it; a stack has to run."""

    def run() -> None:
        request = RebuildRequest(
            symbol,
            timeframe,
            parse_start(since, "--since") if since else None,
            parse_start(until, "--until") if until else None,
        ).checked()
        stack = running_stack(data_dir)
        print_rebuilt(rebuild_history(stack, request, console), console)
        print_scorecard(read_scorecard(stack, request), console)

    raise typer.Exit(told(run))


@app.command()
def install() -> None:
    """Install what the tests and the checks need."""

    def run() -> None:
        install_for_checks(Steps(console))

    raise typer.Exit(told(run))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(
    context: typer.Context,
    level: Annotated[TestLevel, typer.Argument(help="Which tests.")] = TestLevel.ALL,  # noqa: PT028  # a command, not a test
) -> None:
    """Run the tests; what follows `--` is for pytest."""
    codes: list[int] = []
    failed = told(lambda: codes.append(run_tests(level.value, context.args, Steps(console))))
    raise typer.Exit(failed or codes[0])


def checked_speed(speed: float | None) -> float | None:
    """Raises WrongOptionError beyond what every part keeps up with."""
    if speed is not None and not SLOWEST_SPEED <= speed <= GUARANTEED_SPEED:
        raise WrongOptionError(
            f"--speed must be between {SLOWEST_SPEED} and {GUARANTEED_SPEED}, not {speed:g}."
        )
    return speed


def refuse_unused(asked: FeedRequest) -> FeedRequest:
    """Raises WrongOptionError for options that need a --feed to be chosen."""
    chosen = (asked.recordings or None, asked.start_ms, asked.speed, asked.seed, asked.faults)
    if any(option is not None for option in chosen):
        raise WrongOptionError(
            "--recording, --start, --speed, --seed and --faults "
            "need --feed replay or --feed simulated."
        )
    return asked


def newest_folder(data_dir: Path | None) -> DataFolder:
    """The folder that a stack used last. Raises StackError when there is none."""
    folders = known_folders(data_dir)
    if not folders:
        raise StackError("No stack has run here yet; `./eth up` starts one.")
    return max(folders, key=lambda folder: folder.lock_file.stat().st_mtime)


def write_line(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def main() -> None:
    app()

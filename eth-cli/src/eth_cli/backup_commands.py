"""The commands `./eth backup` and `./eth restore`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from eth_cli.data_folder import KINDS, DataFolder
from eth_cli.feed import FeedKind, utc_text
from eth_cli.open_market import describe_market, open_market
from eth_cli.program_lines import Json, program_lines
from eth_cli.repository import DATA
from eth_cli.restore_backup import Backup, read_backup, restore_backup
from eth_cli.stack_errors import StackError, WrongOptionError
from eth_cli.told import told
from maintenance_service.backup_files import whole_backups

MODULE: Final = "maintenance_service.back_up"
LATEST: Final = "latest"

ShowLine = Callable[[Json], None]

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder of the data.")]


def backup_command(
    *,
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder for the file; else beside the data.")
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Show which there are; make none.")
    ] = False,
    feed: Annotated[
        FeedKind | None, typer.Option(help="Whose data; else the running stack's, or the live.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Back up the database and prove that it can be restored; a stack may run, and need not."""
    console = _console()

    def run() -> None:
        if listed:
            _print_backups(_found(_folder_of(data_dir), feed, to), console)
        else:
            _back_up(to, feed, data_dir, console)

    raise typer.Exit(told(run))


def restore_command(
    file: Annotated[str, typer.Argument(metavar="FILE|latest", help="The dump, or the newest.")],
    *,
    feed: Annotated[FeedKind | None, typer.Option(help="Of which feed, with `latest`.")] = None,
    discard_old: Annotated[
        bool, typer.Option("--discard-old", help="Do not keep the database that is there.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Put a backup in place of the database, all or nothing; no stack may run on it."""
    console = _console()

    def run() -> None:
        folder = _folder_of(data_dir)
        backup = _latest(folder, feed) if file == LATEST else read_backup(Path(file))
        console.print(f"Backup of {utc_text(backup.manifest.started_at_ms)}: {backup.dump}")
        started, last = time.monotonic(), Json()

        def tell(line: Json) -> None:
            show(line)
            last.update(line)

        with _progress(console) as show:
            restore_backup(backup, folder, tell, discard_old=discard_old)
        seconds = time.monotonic() - started
        console.print(f"Restored {last['rows']:,} rows, all as they were, in {seconds:.1f} s.")
        if last["kept"] and not discard_old:
            console.print(f"The earlier database is kept as {last['kept']}.")

    raise typer.Exit(told(run))


def _back_up(
    to: Path | None, feed: FeedKind | None, data_dir: Path | None, console: Console
) -> None:
    with open_market(data_dir, feed) as market:
        console.print(describe_market(market))
        environment = market.environment()
        if to is not None:
            environment["BACKUPS_DIR"] = str(to.resolve())
        last = Json()
        with _progress(console) as show:
            for last in program_lines([sys.executable, "-m", MODULE], environment):
                show(last)
    seconds = (last["ended_at_ms"] - last["started_at_ms"]) / 1000
    verified = {"contents": "restored and compared", "listing": "its listing was read"}
    how = verified.get(last["verified"] or "", "not verified")
    console.print(str(last["path"]))
    console.print(
        f"{last['size_bytes'] / 1e6:,.1f} MB, {last['row_count']:,} rows, {how}, {seconds:.1f} s."
    )


def _folder_of(data_dir: Path | None) -> Path:
    return (data_dir or DATA).resolve()


def _found(data_dir: Path, feed: FeedKind | None, to: Path | None = None) -> list[Backup]:
    """The newest last; of one feed or of any."""
    folders = [to] if to else [DataFolder(data_dir / kind).backups for kind in KINDS]
    backups = [
        Backup(dump, manifest)
        for folder in folders
        if folder.is_dir()
        for dump, manifest in whole_backups(folder)
        if feed in (None, manifest.feed.kind)
    ]
    return sorted(backups, key=lambda backup: backup.manifest.started_at_ms)


def _latest(data_dir: Path, feed: FeedKind | None) -> Backup:
    """Raises StackError when there is none, WrongOptionError when they are of several feeds."""
    found = _found(data_dir, feed)
    kinds = {backup.manifest.feed.kind for backup in found}
    if len(kinds) > 1:
        raise WrongOptionError(f"There are backups of {', '.join(sorted(kinds))}: choose a --feed.")
    if not found:
        raise StackError(f"There is no backup below {data_dir / 'backups'}.")
    return found[-1]


def _print_backups(backups: list[Backup], console: Console) -> None:
    if not backups:
        console.print("There is no backup yet; `./eth backup` makes one.")
        return
    for backup in reversed(backups):
        manifest = backup.manifest
        made, market = utc_text(manifest.started_at_ms), utc_text(manifest.event_ms)
        how = f"verified: {manifest.verified}" if manifest.verified else "not verified"
        size = f"{manifest.dump_bytes / 1e6:,.1f} MB, {manifest.row_count:,} rows, {how}"
        console.print(f"{made}  {manifest.feed.source} at {market}: {size}\n  {backup.dump}")


@contextmanager
def _progress(console: Console) -> Iterator[ShowLine]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bars:
        task = bars.add_task("starting", total=None)

        def show(line: Json) -> None:
            if line["event"] == "progress":
                total = line["total"] or None
                bars.update(task, description=line["stage"], completed=line["done"], total=total)

        yield show


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True, markup=False)

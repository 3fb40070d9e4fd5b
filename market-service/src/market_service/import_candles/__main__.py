"""`python -m market_service.import_candles [--symbol ETH/USDT --timeframe 1h] [--] FILE…`.

JSON lines on standard output: how far a file is read, `{"file", "done", "total"}` in rows, and of
each file in the end `{"report": {…}}` (see ImportReport). What stops it is one sentence on standard
error: exit code 2 for a wrong question, 1 otherwise, also where a file was refused.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from market_service.import_candles.import_file import FileImporter, ImportOptions
from service_kit.clock import Clock
from service_kit.database import create_database
from service_kit.errors import ServiceError
from service_kit.program import FAILED, print_line, refuse, run_program
from service_kit.settings import DatabaseSettings, FeedSettings
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


class ImportSettings(DatabaseSettings, FeedSettings):
    clock_file: Path | None = None


class SimulatedMarketError(ServiceError):
    def __init__(self) -> None:
        super().__init__(
            "this database holds a simulated market, where real candles do not belong; "
            "--feed live imports into the live market's"
        )


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m market_service.import_candles")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--symbol", help="ETH/USDT or ETHUSDT, where the name does not say it")
    parser.add_argument("--timeframe", type=Timeframe, choices=list(Timeframe))
    parser.add_argument("--skip-bad-rows", action="store_true", help="import the other rows")
    parser.add_argument("--replace", action="store_true", help="other stored values are revised")
    parser.add_argument("--gaps-are-holes", action="store_true", help="record no outages")
    return parser.parse_args(arguments)


async def run(given: argparse.Namespace) -> int:
    """Raises ValidationError, ServiceError, InvalidSymbolError, ClockFileError."""
    settings = ImportSettings()
    if settings.feed_kind == "simulated":
        raise SimulatedMarketError
    options = ImportOptions(
        symbol=Symbol.parse(given.symbol) if given.symbol else None,
        timeframe=given.timeframe,
        skip_bad_rows=given.skip_bad_rows,
        replace=given.replace,
        gaps_are_holes=given.gaps_are_holes,
    )
    database = create_database(settings)
    try:
        importer = FileImporter(database, Clock(settings.clock_file), options)
        refused = sum([await report_file(importer, path) for path in given.files])
    finally:
        await database.dispose()
    return refuse(f"refused {refused} of {len(given.files)} files", FAILED) if refused else 0


async def report_file(importer: FileImporter, path: Path) -> bool:
    """Whether it was refused."""
    report = await importer.import_file(path, print_progress)
    print_line(orjson.dumps({"report": report.to_json()}))
    return report.refused is not None


def print_progress(file: str, done: int, total: int) -> None:
    print_line(orjson.dumps({"file": file, "done": done, "total": total}))


if __name__ == "__main__":
    arguments = parse_arguments(sys.argv[1:])
    sys.exit(run_program(lambda: run(arguments)))

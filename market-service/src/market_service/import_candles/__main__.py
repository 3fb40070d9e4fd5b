"""`python -m market_service.import_candles [--symbol ETH/USDT --timeframe 1h] [--] FILE…`.

JSON lines on standard output: how far a file is read, `{"file", "done", "total"}` in rows, and of
each file in the end `{"report": {…}}` (see ImportReport). What stops it is one sentence on standard
error: exit code 2 for a wrong question, 1 otherwise, also where a file was refused.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from market_service.import_candles.import_file import FileImporter, ImportOptions
from service_kit.clock import Clock, ClockFileError
from service_kit.database import create_database
from service_kit.errors import ServiceError
from service_kit.settings import DatabaseSettings, FeedSettings, setting_errors
from trading_core.errors import TradingError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

FAILED = 1
WRONG_QUESTION = 2


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


async def run(given: argparse.Namespace, settings: ImportSettings) -> int:
    """How many files were refused. Raises ServiceError, InvalidSymbolError, ClockFileError."""
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
        reports = [await report_file(importer, path) for path in given.files]
    finally:
        await database.dispose()
    return sum(reports)


async def report_file(importer: FileImporter, path: Path) -> bool:
    """Whether it was refused."""
    report = await importer.import_file(path, print_progress)
    print_line({"report": report.to_json()})
    return report.refused is not None


def print_progress(file: str, done: int, total: int) -> None:
    print_line({"file": file, "done": done, "total": total})


def print_line(line: dict[str, Any]) -> None:  # Any: JSON
    sys.stdout.write(orjson.dumps(line).decode() + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    given = parse_arguments(arguments)
    try:
        refused = asyncio.run(run(given, ImportSettings()))
    except ValidationError as error:
        return refuse(setting_errors(list(error.errors())), WRONG_QUESTION)
    except TradingError as error:
        return refuse(str(error), WRONG_QUESTION)
    except (ServiceError, ClockFileError) as error:
        return refuse(str(error), FAILED)
    if refused:
        return refuse(f"refused {refused} of {len(given.files)} files", FAILED)
    return 0


def refuse(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

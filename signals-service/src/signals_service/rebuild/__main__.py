"""`python -m signals_service.rebuild --symbol ETH/USDT --timeframe 1h [--since T] [--until T]`.

Times are ISO 8601 (UTC where no offset is given) or milliseconds. JSON lines on standard output;
what stops it is one sentence on standard error: exit code 2 for a wrong question, 1 otherwise.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import ValidationError

from service_kit.database import create_database
from service_kit.errors import ServiceError
from service_kit.series import Series
from service_kit.settings import DatabaseSettings, FeedSettings, Symbols, setting_errors
from signals_service.gathered_inputs import Feed
from signals_service.rebuild.errors import RebuildError, UnknownSeriesError
from signals_service.rebuild.rebuild_series import END_OF_TIME_MS, Rebuild, rebuild_series
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

FAILED = 1
WRONG_QUESTION = 2


class RebuildSettings(DatabaseSettings, FeedSettings):
    symbols: Symbols = (Symbol("ETH", "USDT"),)


def parse_time(text: str) -> int:
    """Milliseconds UTC. Raises argparse.ArgumentTypeError."""
    if text.isdecimal():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO 8601 time") from None
    at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(at.timestamp() * 1000)


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m signals_service.rebuild")
    parser.add_argument("--symbol", required=True)
    parser.add_argument("--timeframe", required=True, choices=[one.value for one in Timeframe])
    parser.add_argument("--since", type=parse_time, default=0)
    parser.add_argument("--until", type=parse_time, default=END_OF_TIME_MS)
    return parser.parse_args(arguments)


def asked_for(given: argparse.Namespace, settings: RebuildSettings) -> Rebuild:
    """Raises UnknownSeriesError and InvalidSymbolError."""
    symbol = Symbol.parse(given.symbol)
    if symbol not in settings.symbols:
        raise UnknownSeriesError(f"{symbol.slashed} is not watched here")
    series = Series(symbol, Timeframe(given.timeframe))
    feed = Feed(settings.feed_kind, settings.feed_source)
    return Rebuild(series, DEFAULT_ENGINE, feed, given.since, given.until)


async def run(rebuild: Rebuild, settings: RebuildSettings) -> None:
    database = create_database(settings)
    try:
        await rebuild_series(database, rebuild, print_line)
    finally:
        await database.dispose()


def print_line(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    given = parse_arguments(arguments)
    try:
        settings = RebuildSettings()
        asyncio.run(run(asked_for(given, settings), settings))
    except ValidationError as error:
        return refuse(setting_errors(list(error.errors())), WRONG_QUESTION)
    except (UnknownSeriesError, InvalidSymbolError) as error:
        return refuse(str(error), WRONG_QUESTION)
    except (RebuildError, ServiceError) as error:
        return refuse(str(error), FAILED)
    return 0


def refuse(sentence: str, code: int) -> int:
    sys.stderr.write(f"rebuild: {sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

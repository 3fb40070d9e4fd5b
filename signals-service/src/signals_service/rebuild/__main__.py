"""`python -m signals_service.rebuild --symbol ETH/USDT --timeframe 1h [--since T] [--until T]`.

Times are ISO 8601 (UTC where no offset is given) or milliseconds. JSON lines on standard output;
what stops it is one sentence on standard error: exit code 2 for a wrong question, 1 otherwise.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from service_kit.database import create_database
from service_kit.errors import NotFoundError
from service_kit.program import print_line, run_program
from service_kit.series import Series
from service_kit.settings import DatabaseSettings, FeedSettings, Symbols
from signals_service.gathered_inputs import Feed
from signals_service.rebuild.rebuild_series import END_OF_TIME_MS, Rebuild, rebuild_series
from trading_core.decision.engine import DEFAULT_ENGINE
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


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
    """Raises NotFoundError and InvalidSymbolError."""
    symbol = Symbol.parse(given.symbol)
    if symbol not in settings.symbols:
        raise NotFoundError(f"{symbol.slashed} is not watched here")
    series = Series(symbol, Timeframe(given.timeframe))
    feed = Feed(settings.feed_kind, settings.feed_source)
    return Rebuild(series, DEFAULT_ENGINE, feed, given.since, given.until)


async def run(given: argparse.Namespace) -> int:
    """Raises ValidationError, ServiceError and InvalidSymbolError."""
    settings = RebuildSettings()
    rebuild = asked_for(given, settings)
    database = create_database(settings)
    try:
        await rebuild_series(database, rebuild, print_line)
    finally:
        await database.dispose()
    return 0


if __name__ == "__main__":
    arguments = parse_arguments(sys.argv[1:])
    sys.exit(run_program(lambda: run(arguments)))

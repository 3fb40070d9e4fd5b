"""`python -m exchange_simulator.describe_feed`: check a feed and print what it is, as JSON.

Exit code 2 and one sentence on standard error where it cannot be played.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from exchange_simulator.errors import FeedError, StartError
from exchange_simulator.faults.script import (
    ScriptError,
    read_script_file,
    refuse_strange_symbols,
)
from exchange_simulator.feed import Feed, open_replay, open_simulated
from exchange_simulator.utc_text import parse_utc, utc_text
from service_kit.clock import Clock
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol

DEFAULT_SYMBOLS = (Symbol("ETH", "USDT"),)


def main() -> None:
    try:
        arguments = _parser().parse_args()
        feed = _chosen_feed(arguments)
        if arguments.faults:
            refuse_strange_symbols(read_script_file(arguments.faults), feed.market.symbols)
    except (FeedError, ScriptError, InvalidSymbolError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    sys.stdout.write(orjson.dumps(feed.description()).decode() + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="describe_feed", description=__doc__)
    parser.add_argument("--feed", choices=("replay", "simulated"), required=True)
    parser.add_argument("--recording", type=Path, action="append", default=[])
    parser.add_argument("--start", help="ISO 8601; UTC unless it names a zone")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--faults", type=Path, help="a script by which the exchange misbehaves")
    parser.add_argument("--symbols", help="comma-separated, like ETH/USDT,BTC/USDT")
    return parser


def _chosen_feed(arguments: argparse.Namespace) -> Feed:
    start_ms = None if arguments.start is None else parse_utc(arguments.start)
    symbols = _symbols(arguments.symbols)
    if arguments.feed == "replay":
        return _refuse_ended(open_replay(arguments.recording, symbols, start_ms))
    begin_ms = Clock().now_ms() if start_ms is None else start_ms
    return open_simulated(arguments.seed, symbols or DEFAULT_SYMBOLS, begin_ms)


def _symbols(text: str | None) -> Sequence[Symbol] | None:
    if text is None:
        return None
    return tuple(Symbol.parse(part.strip()) for part in text.split(","))


def _refuse_ended(feed: Feed) -> Feed:
    if feed.start_ms == feed.end_ms:
        raise StartError(f"the start {utc_text(feed.start_ms)} is the end of the recording")
    return feed


if __name__ == "__main__":
    main()

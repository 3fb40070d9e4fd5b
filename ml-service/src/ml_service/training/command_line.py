"""What `python -m ml_service.training` is told: a training that waits, or a new one."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from ml_service.training.training_request import TrainingRequest
from service_kit.query_parameters import LARGEST_TIMESTAMP_MS
from service_kit.series import Series
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


def parse_arguments(arguments: Sequence[str]) -> UUID | TrainingRequest:
    """Times are in ms UTC. Ends the process, with exit code 2, for a wrong question."""
    parser = argparse.ArgumentParser(prog="python -m ml_service.training")
    parser.add_argument("--id", type=UUID, help="of a training that waits; else:")
    parser.add_argument("--symbol", type=_symbol, help="ETH/USDT or ETHUSDT")
    parser.add_argument("--timeframe", type=Timeframe, choices=list(Timeframe))
    parser.add_argument("--since", type=_time_ms, help="no bar that opens before")
    parser.add_argument("--untouched-since", type=_time_ms, help="kept for the last evaluation")
    parser.add_argument("--lookback", type=_count, help="newest labelled rows; all without it")
    given = parser.parse_args(arguments)
    if given.id is not None:
        waiting: UUID = given.id
        return waiting
    if given.symbol is None or given.timeframe is None:
        parser.error("either --id, or --symbol and --timeframe")
    return replace(
        TrainingRequest.of(Series(given.symbol, given.timeframe)),
        since_ms=given.since,
        untouched_from_ms=given.untouched_since,
        lookback_rows=given.lookback,
    )


def _symbol(text: str) -> Symbol:
    try:
        return Symbol.parse(text)
    except InvalidSymbolError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _time_ms(text: str) -> int:
    time_ms = int(text)
    if not 0 <= time_ms <= LARGEST_TIMESTAMP_MS:
        raise ValueError(text)
    return time_ms


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count

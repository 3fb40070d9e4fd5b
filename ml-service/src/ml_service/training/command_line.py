"""What `python -m ml_service.training` is told: a training that waits, or a new one."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ml_service.training.label_rules import MOST_LOOK_AHEAD_BARS, MOST_THRESHOLD, LabelRules
from ml_service.training.training_request import TrainingRequest
from service_kit.query_parameters import LARGEST_TIMESTAMP_MS
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTraining:
    """None is what was not said. Times are in ms UTC."""

    symbol: Symbol
    timeframe: Timeframe
    since_ms: int | None = None
    untouched_from_ms: int | None = None
    lookback_rows: int | None = None
    look_ahead_bars: int | None = None
    threshold: float | None = None

    def request(self, rules: LabelRules) -> TrainingRequest:
        return TrainingRequest(
            symbol=self.symbol.compact,
            timeframe=self.timeframe,
            label_rule=rules.chosen(self.timeframe, self.look_ahead_bars, self.threshold),
            lookback_rows=self.lookback_rows,
            since_ms=self.since_ms,
            untouched_from_ms=self.untouched_from_ms,
        )


def parse_arguments(arguments: Sequence[str]) -> UUID | NewTraining:
    """Ends the process, with exit code 2, for a wrong question."""
    parser = argparse.ArgumentParser(prog="python -m ml_service.training")
    parser.add_argument("--id", type=UUID, help="of a training that waits; else:")
    parser.add_argument("--symbol", type=_symbol, help="ETH/USDT or ETHUSDT")
    parser.add_argument("--timeframe", type=Timeframe, choices=list(Timeframe))
    parser.add_argument("--since", type=_time_ms, help="no bar that opens before")
    parser.add_argument("--untouched-since", type=_time_ms, help="kept for the last evaluation")
    parser.add_argument("--lookback", type=_count, help="newest labelled rows; all without it")
    parser.add_argument("--look-ahead", type=_look_ahead, help="bars that a label looks ahead")
    parser.add_argument("--threshold", type=_threshold, help="share of the price it is about")
    given = parser.parse_args(arguments)
    if given.id is not None:
        waiting: UUID = given.id
        return waiting
    if given.symbol is None or given.timeframe is None:
        parser.error("either --id, or --symbol and --timeframe")
    return NewTraining(
        symbol=given.symbol,
        timeframe=given.timeframe,
        since_ms=given.since,
        untouched_from_ms=given.untouched_since,
        lookback_rows=given.lookback,
        look_ahead_bars=given.look_ahead,
        threshold=given.threshold,
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


def _look_ahead(text: str) -> int:
    bars = _count(text)
    if bars > MOST_LOOK_AHEAD_BARS:
        raise argparse.ArgumentTypeError(f"at most {MOST_LOOK_AHEAD_BARS} bars")
    return bars


def _threshold(text: str) -> float:
    share = float(text)
    if not 0 <= share <= MOST_THRESHOLD:
        raise argparse.ArgumentTypeError("a share of the price from 0 to 1, like 0.005")
    return share

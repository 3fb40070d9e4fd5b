"""Candles that are wrong, in REST rows and in closing frames alike.

A kind is a function of rows and one of a frame. Both draw what they do from the random source that
they are given and never change what they were given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from exchange_simulator.faults.entries import CandleEntry
from exchange_simulator.random_source import Source
from trading_core.timeframe import Timeframe

Row = list[object]
Event = dict[str, Any]  # Any: a kline event's JSON, whose fields are about to be spoilt

FIELDS: Final = ((0, "t"), (1, "o"), (2, "h"), (3, "l"), (4, "c"), (5, "v"))
"""A candle's figures by their place in a row and their name in a frame."""

MOST_SPOILT: Final = 3
FUTURE_BARS: Final = (3, 500)
NAMES: Final = ("t", "T", "s", "i", "o", "c", "h", "l", "v", "x")
"""Fields of a frame that nothing can be made of a candle without."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a spoiler may know beside the candle: the exchange's time, the bar's length, the past.

    `earlier` are the stream's last closing frames, oldest first.
    """

    now_ms: int
    timeframe: Timeframe
    earlier: Sequence[Event] = ()


@dataclass(frozen=True, slots=True)
class CandleKind:
    """`rows` spoils those at the picked places; `frame` gives what is sent in the frame's stead."""

    rows: Callable[[Sequence[Row], Sequence[int], Source, Moment], list[Row]]
    frame: Callable[[Event, Source, Moment], list[Event]]
    entry: type[CandleEntry] = CandleEntry


def _wrong_figures(worth: Callable[[Source], object]) -> CandleKind:
    """Some figures of a candle are something that is no number."""

    def spoilt(source: Source) -> list[tuple[int, str, object]]:
        count = int(source.integers(1, MOST_SPOILT + 1))
        places = source.choice(len(FIELDS), count, replace=False)
        return [(*FIELDS[place], worth(source)) for place in places]

    def row(row: Row, source: Source, _moment: Moment) -> list[Row]:
        copy = list(row)
        for place, _, value in spoilt(source):
            copy[place] = value
        return [copy]

    def frame(event: Event, source: Source, _moment: Moment) -> list[Event]:
        wrong = {name: value for _, name, value in spoilt(source)}
        return [_with_kline(event, wrong)]

    return CandleKind(_each(row), frame)


def _each(
    spoil: Callable[[Row, Source, Moment], list[Row]],
) -> Callable[[Sequence[Row], Sequence[int], Source, Moment], list[Row]]:
    """Spoils one picked row after the other."""

    def rows(
        given: Sequence[Row], picked: Sequence[int], source: Source, moment: Moment
    ) -> list[Row]:
        chosen = set(picked)
        spoilt = (
            spoil(row, source, moment) if place in chosen else [row]
            for place, row in enumerate(given)
        )
        return [row for rows in spoilt for row in rows]

    return rows


def _with_kline(event: Event, changed: Mapping[str, object]) -> Event:
    return event | {"k": event["k"] | changed}


def _either(*values: object) -> Callable[[Source], object]:
    return lambda source: values[int(source.integers(len(values)))]


def _short_row(row: Row, source: Source, _moment: Moment) -> list[Row]:
    return [row[: int(source.integers(0, len(FIELDS)))]]


def _short_frame(event: Event, source: Source, _moment: Moment) -> list[Event]:
    gone = set(source.choice(NAMES, int(source.integers(1, MOST_SPOILT + 1)), replace=False))
    return [event | {"k": {name: v for name, v in event["k"].items() if name not in gone}}]


def _high_below_low(high: object, low: object) -> tuple[object, object]:
    """The two the wrong way round; of a candle that stood still the high is next to nothing."""
    return (low, high) if high != low else ("0.00000001", low)


def _inconsistent_row(row: Row, _source: Source, _moment: Moment) -> list[Row]:
    return [[*row[:2], *_high_below_low(row[2], row[3]), *row[4:]]]


def _inconsistent_frame(event: Event, _source: Source, _moment: Moment) -> list[Event]:
    high, low = _high_below_low(event["k"]["h"], event["k"]["l"])
    return [_with_kline(event, {"h": high, "l": low})]


def _future_open(source: Source, moment: Moment) -> int:
    first, last = FUTURE_BARS
    ahead = int(source.integers(first, last + 1))
    return moment.timeframe.bar_open(moment.now_ms) + ahead * moment.timeframe.duration_ms


def _future_rows(
    given: Sequence[Row], picked: Sequence[int], source: Source, moment: Moment
) -> list[Row]:
    """As many as were picked follow the last row, each further ahead than the one before."""
    opens = sorted({_future_open(source, moment) for _ in picked})
    length_ms = moment.timeframe.duration_ms
    model = given[-1]
    return [*given, *([t, *model[1:6], t + length_ms - 1, *model[7:]] for t in opens)]


def _future_frame(event: Event, source: Source, moment: Moment) -> list[Event]:
    open_ms = _future_open(source, moment)
    times = {"t": open_ms, "T": open_ms + moment.timeframe.duration_ms - 1}
    return [event, _with_kline(event, times)]


def _shuffled_rows(
    given: Sequence[Row], picked: Sequence[int], source: Source, _moment: Moment
) -> list[Row]:
    """The picked rows change places with one another, in a ring, so that none keeps its own."""
    ring = source.permutation(picked).tolist() if len(picked) else []
    rows = list(given)
    for place, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        rows[place] = given[other]
    return rows


def _older_again(event: Event, source: Source, moment: Moment) -> list[Event]:
    if not moment.earlier:
        return [event]
    return [event, moment.earlier[int(source.integers(len(moment.earlier)))]]


def _twice_row(row: Row, _source: Source, _moment: Moment) -> list[Row]:
    return [row, list(row)]


def _twice_frame(event: Event, _source: Source, _moment: Moment) -> list[Event]:
    return [event, event]


CANDLE_KINDS: Final[Mapping[str, CandleKind]] = {
    "null_values": _wrong_figures(_either(None)),
    "nan_values": _wrong_figures(_either(orjson.Fragment("NaN"), "NaN")),
    "huge_values": _wrong_figures(_either(orjson.Fragment("1e400"), "1e400")),
    "short_rows": CandleKind(_each(_short_row), _short_frame),
    "inconsistent_candles": CandleKind(_each(_inconsistent_row), _inconsistent_frame),
    "future_candles": CandleKind(_future_rows, _future_frame),
    "duplicate_candles": CandleKind(_each(_twice_row), _twice_frame),
    "out_of_order_candles": CandleKind(_shuffled_rows, _older_again),
}

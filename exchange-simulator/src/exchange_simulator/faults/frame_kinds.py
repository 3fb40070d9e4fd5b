"""What goes wrong on the stream: candles, closing frames late or lost, frames that are no JSON.

A kind gives what is sent in a frame's stead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Annotated, Final

from pydantic import Field

from exchange_simulator.faults.candle_kinds import CANDLE_KINDS, CandleKind, Moment
from exchange_simulator.faults.entries import CandleEntry, FaultEntry
from exchange_simulator.faults.html_page import html_page
from exchange_simulator.faults.passing import Passing
from exchange_simulator.random_source import Source, coin
from exchange_simulator.stream_frame import StreamFrame

NOISE_BYTES: Final = (1, 400)
NOT_JSON: Final = (
    "",
    "null",
    "{",
    "[]",
    '"kline"',
    "undefined",
    "{'e':'kline'}",
    "\x00\x01",
    "0x1F",
)


class Reach(IntEnum):
    """Which frames a kind can spoil."""

    CLOSING = 1
    KLINE = 2
    EVERY = 3

    def covers(self, frame: StreamFrame) -> bool:
        if self is Reach.CLOSING:
            return frame.closing
        return self is Reach.EVERY or frame.timeframe is not None


class LateEntry(CandleEntry):
    seconds: Annotated[float, Field(gt=0, le=600)] = 12.0


@dataclass(frozen=True, slots=True)
class FrameKind:
    spoil: Callable[[Passing, Source, Moment, FaultEntry], list[Passing]]
    reach: Reach
    entry: type[CandleEntry] = CandleEntry


def _candles(kind: CandleKind) -> FrameKind:
    def spoil(
        passing: Passing, source: Source, moment: Moment, _entry: FaultEntry
    ) -> list[Passing]:
        return [passing.telling(event) for event in kind.frame(passing.event, source, moment)]

    return FrameKind(spoil, Reach.CLOSING)


def _late(passing: Passing, _source: Source, _moment: Moment, entry: FaultEntry) -> list[Passing]:
    seconds = entry.seconds if isinstance(entry, LateEntry) else 0.0
    return [replace(passing, held_back_seconds=passing.held_back_seconds + seconds)]


def _missing(
    _passing: Passing, _source: Source, _moment: Moment, _entry: FaultEntry
) -> list[Passing]:
    return []


def _without_k(
    passing: Passing, _source: Source, _moment: Moment, _entry: FaultEntry
) -> list[Passing]:
    left = {name: value for name, value in passing.event.items() if name != "k"}
    return [passing.telling(left)]


def _texts(text: Callable[[str, Source], str | bytes]) -> FrameKind:
    def spoil(
        passing: Passing, source: Source, _moment: Moment, _entry: FaultEntry
    ) -> list[Passing]:
        return [passing.as_text(text(passing.payload, source))]

    return FrameKind(spoil, Reach.EVERY)


def _truncated(text: str, source: Source) -> str:
    return text[: int(source.integers(1, len(text)))]


def _broken(_text: str, source: Source) -> str | bytes:
    """What no parser takes for an event, or noise in a binary frame."""
    if coin(source):
        return NOT_JSON[int(source.integers(len(NOT_JSON)))]
    return source.bytes(int(source.integers(*NOISE_BYTES)))


def _html(_text: str, source: Source) -> str:
    return html_page(502, int(source.integers(1_000_000)))


STREAM_KINDS: Final[Mapping[str, FrameKind]] = {
    **{name: _candles(kind) for name, kind in CANDLE_KINDS.items()},
    "late_candles": FrameKind(_late, Reach.CLOSING, LateEntry),
    "missing_closes": FrameKind(_missing, Reach.CLOSING),
    "kline_without_k": FrameKind(_without_k, Reach.KLINE),
    "truncated_frames": _texts(_truncated),
    "broken_frames": _texts(_broken),
    "html_frames": _texts(_html),
}
"""In the order in which they are applied: what is no JSON any more cannot be spoilt as such."""

"""Second closing frames, for some of the candles that are told otherwise after their close."""

from collections.abc import Callable
from dataclasses import dataclass, field

from exchange_simulator.exchange import Exchange
from exchange_simulator.faults.corrections import Correction, draw
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.market_kinds import RevisedEntry
from exchange_simulator.kline_message import kline_frame
from exchange_simulator.stream_frame import Outlet, StreamFrame
from exchange_simulator.stream_name import kline_stream
from trading_core.symbol import Symbol
from trading_core.timeframe import MINUTE_MS, Timeframe


@dataclass(slots=True)
class RevisionNotices:
    """Of revisions after it was made, each once; also of coarser bars that had closed by then."""

    exchange: Exchange
    desk: FaultDesk
    outlet: Outlet
    closes_told_until_ms: Callable[[], int]
    """So that nothing is told otherwise before it was told."""
    _told_until_ms: int = field(init=False)

    def __post_init__(self) -> None:
        self._told_until_ms = self.desk.exchange_clock.now_ms()

    def send_due(self) -> None:
        now_ms = min(self.desk.exchange_clock.now_ms(), self.closes_told_until_ms())
        if now_ms <= self._told_until_ms:
            return
        for correction in self.desk.corrections():
            entry = correction.fault.entry
            if isinstance(entry, RevisedEntry) and entry.announce:
                self._send(correction, now_ms)
        self._told_until_ms = now_ms

    def _send(self, correction: Correction, now_ms: int) -> None:
        first_ms = max(self._told_until_ms - correction.delay_ms, correction.after_ms)
        last_ms = min(now_ms - correction.delay_ms, correction.until_ms)
        first_close_ms = first_ms - first_ms % MINUTE_MS + MINUTE_MS
        for close_ms in range(first_close_ms, last_ms + 1, MINUTE_MS):
            for symbol in self.exchange.market.symbols:
                if _announced(correction, symbol, close_ms - MINUTE_MS, now_ms):
                    self._tell_again(symbol, close_ms, close_ms + correction.delay_ms)

    def _tell_again(self, symbol: Symbol, minute_close_ms: int, now_ms: int) -> None:
        for timeframe in Timeframe:
            close_ms = timeframe.next_close(minute_close_ms - 1)
            bar = self.exchange.closed_at(symbol, timeframe, close_ms, now_ms)
            if close_ms >= now_ms or bar is None:
                continue  # its closing frame tells the revision already
            stream = kline_stream(symbol, timeframe)
            frame = kline_frame(symbol, timeframe, bar, closed=True, event_ms=now_ms)
            self.outlet.publish(StreamFrame(stream, frame, symbol, timeframe, closing=True))


def _announced(correction: Correction, symbol: Symbol, open_ms: int, now_ms: int) -> bool:
    fault = correction.fault
    told = correction.touches(symbol, open_ms, now_ms)
    return told and draw(fault.seed, fault.index, symbol, open_ms).announced

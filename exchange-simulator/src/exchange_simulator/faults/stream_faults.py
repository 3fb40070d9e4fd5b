"""Stands between the exchange and its stream, and spoils what passes."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Final

import orjson

from exchange_simulator.faults.candle_kinds import Moment
from exchange_simulator.faults.fault import Fault
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.frame_kinds import STREAM_KINDS
from exchange_simulator.faults.passing import Passing
from exchange_simulator.random_source import coin
from exchange_simulator.stream_frame import StreamFrame
from exchange_simulator.subscriptions import Subscriptions
from trading_core.timeframe import Timeframe

REMEMBERED_CLOSES: Final = 4
"""Closing frames of a stream that may be sent again."""

_ORDER: Final = list(STREAM_KINDS)


@dataclass(slots=True)
class StreamFaults:
    """Implements `stream_frame.Outlet`."""

    subscriptions: Subscriptions
    desk: FaultDesk
    _closes: defaultdict[str, deque[str]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=REMEMBERED_CLOSES))
    )

    def wanted(self, stream: str) -> bool:
        return self.subscriptions.wanted(stream)

    def publish(self, frame: StreamFrame) -> None:
        faults = self._concerning(frame)
        if faults:
            for passing in self._spoilt(frame, faults):
                self._send(frame, passing)
        else:
            self.subscriptions.publish(frame)
        if frame.closing:
            self._closes[frame.stream].append(frame.payload)

    def _concerning(self, frame: StreamFrame) -> list[Fault]:
        active = self.desk.active(STREAM_KINDS)
        concerning = (
            fault
            for fault in active
            if STREAM_KINDS[fault.kind].reach.covers(frame)
            and fault.concerns(frame.symbol, frame.timeframe)
        )
        return sorted(concerning, key=lambda fault: _ORDER.index(fault.kind))

    def _spoilt(self, frame: StreamFrame, faults: list[Fault]) -> list[Passing]:
        passing = [Passing(orjson.loads(frame.payload))]
        moment = Moment(
            now_ms=self.desk.exchange_clock.now_ms(),
            timeframe=frame.timeframe or Timeframe.M1,
            earlier=[orjson.loads(payload) for payload in self._closes[frame.stream]],
        )
        for fault in faults:
            source = self.desk.source(fault)
            if coin(source):
                self.desk.tally(fault).bites += 1
                kind = STREAM_KINDS[fault.kind]
                passing = [
                    left for one in passing for left in kind.spoil(one, source, moment, fault.entry)
                ]
        return passing

    def _send(self, frame: StreamFrame, passing: Passing) -> None:
        if passing.held_back_seconds:
            loop = asyncio.get_running_loop()
            loop.call_later(passing.held_back_seconds, self._send_now, frame, passing)
        else:
            self._send_now(frame, passing)

    def _send_now(self, frame: StreamFrame, passing: Passing) -> None:
        if passing.text is None:
            payload = StreamFrame(frame.stream, passing.payload, frame.symbol, frame.timeframe)
            self.subscriptions.publish(payload)
        else:
            self.subscriptions.publish_bare(frame.stream, passing.text)

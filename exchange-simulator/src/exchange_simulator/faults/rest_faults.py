"""What REST meets on its way: refusals, delays, and answers that are replaced or spoilt."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from fastapi import Request

from exchange_simulator.answer import Answer
from exchange_simulator.binance_errors import BinanceError
from exchange_simulator.faults.answer_kinds import (
    ANSWER_KINDS,
    REFUSAL_KINDS,
    RetryAfterEntry,
    SlowEntry,
)
from exchange_simulator.faults.candle_kinds import CANDLE_KINDS, Moment
from exchange_simulator.faults.connections import wire_of
from exchange_simulator.faults.fault import Fault
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.spoil_rows import read_rows, spoil_rows, write_rows
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

UNDER_WAY_MS: Final = 300
"""Whoever sent a request that arrives so soon after a refusal could not have read it yet."""

_REFUSALS: Final = frozenset(kind.status for kind in REFUSAL_KINDS.values())


@dataclass(frozen=True, slots=True)
class RestFaults:
    desk: FaultDesk

    async def meet(self, request: Request) -> None:
        """Before a request is answered.

        Raises: BinanceError: it is refused; where its connection is cut, nobody reads that.
        """
        if cutting := self.desk.active({"refuse_rest"}):
            self.desk.tally(cutting[0]).bites += 1
            wire_of(request.scope).abort()
            await asyncio.sleep(0)
            raise BinanceError(-1001, "Disconnected.", status=503)
        if refusing := self._refusing():
            raise self._refusal(refusing)
        if slowing := self.desk.active({"slow_answers"}):
            self.desk.tally(slowing[0]).bites += 1
            entry = slowing[0].entry
            await asyncio.sleep(entry.seconds if isinstance(entry, SlowEntry) else 0)

    def spoilt(self, path: str, parameters: Mapping[str, str], answer: Answer) -> Answer:
        """What is sent in the place of an answer; a refusal stays one."""
        if answer.status in _REFUSALS:
            return answer
        if answer.status == HTTPStatus.OK and path == "/klines":
            answer = self._with_wrong_rows(parameters, answer)
        for fault in self.desk.active(ANSWER_KINDS):
            self.desk.tally(fault).bites += 1
            return ANSWER_KINDS[fault.kind].answer(answer.body, self.desk.source(fault))
        return answer

    def _refusing(self) -> Fault | None:
        """A refusal holds while its fault lasts, and until the Retry-After that it gave ends."""
        wall_ms = self.desk.clock.wall_ms()
        for fault in self.desk.faults:
            if fault.kind in REFUSAL_KINDS and (
                fault.active(wall_ms) or wall_ms < self.desk.tally(fault).refused_until_ms
            ):
                return fault
        return None

    def _refusal(self, fault: Fault) -> BinanceError:
        """Counts those who should have known, and tells when it ends."""
        wall_ms, tally = self.desk.clock.wall_ms(), self.desk.tally(fault)
        tally.bites += 1
        if wall_ms >= tally.refused_until_ms:
            seconds = fault.entry.retry_after if isinstance(fault.entry, RetryAfterEntry) else 0
            tally.told_at_ms, tally.refused_until_ms = wall_ms, wall_ms + seconds * 1000
        elif wall_ms >= tally.told_at_ms + UNDER_WAY_MS:
            tally.early += 1
        self.desk.save_tallies()
        kind = REFUSAL_KINDS[fault.kind]
        return BinanceError(
            -1003,
            kind.message.format(until_ms=tally.refused_until_ms),
            status=kind.status,
            headers={"Retry-After": str(-(-(tally.refused_until_ms - wall_ms) // 1000))},
        )

    def _with_wrong_rows(self, parameters: Mapping[str, str], answer: Answer) -> Answer:
        symbol, timeframe = Symbol.parse(parameters["symbol"]), Timeframe(parameters["interval"])
        moment = Moment(self.desk.exchange_clock.now_ms(), timeframe)
        rows = read_rows(answer.body)
        active = self.desk.active(CANDLE_KINDS)
        faults = [fault for fault in active if rows and fault.concerns(symbol, timeframe)]
        for fault in faults:
            rows, bites = spoil_rows(fault.kind, rows, self.desk.source(fault), moment)
            self.desk.tally(fault).bites += bites
        return Answer(answer.status, write_rows(rows)) if faults else answer

"""What is armed now, what was armed before, and how much it has done."""

from collections.abc import Container, Sequence
from dataclasses import replace
from pathlib import Path

from exchange_simulator.faults.arming import Arming
from exchange_simulator.faults.corrections import Correction, corrections_of
from exchange_simulator.faults.fault import Fault, Tally
from exchange_simulator.faults.market_kinds import skew_ms
from exchange_simulator.faults.script import Script, refuse_strange_symbols
from exchange_simulator.faults.skewed_clock import SkewedClock
from exchange_simulator.faults.state_file import FaultState, GivenScript, read_state
from exchange_simulator.random_source import Source, random_source
from service_kit.clock import Clock
from service_kit.errors import ConflictError
from trading_core.symbol import Symbol


class FaultDesk:
    """All that misbehaves asks here whether it should; nothing does while nothing is armed."""

    def __init__(
        self,
        clock: Clock,
        listed: Sequence[Symbol],
        *,
        script: Script | None = None,
        state_path: Path | None = None,
    ) -> None:
        """`script` is armed as soon as the clock runs, but once in a run of the clock.

        Raises: ScriptError: of the script, or of the state file.
        """
        self.clock = clock
        self._listed = listed
        self._state_path = state_path
        state = read_state(state_path) if state_path else FaultState()
        self._armings = state.armings
        self._tallies = state.tallies
        self._given = state.given
        self._saved = self._json_tallies()
        self._corrections = corrections_of(self._armings)
        if script:
            refuse_strange_symbols(script, self._listed)
        self._waiting = script
        self.exchange_clock = SkewedClock(clock, self._skew_ms)

    @property
    def arming(self) -> Arming | None:
        last = self._armings[-1] if self._armings else None
        return last if last and last.told_until_ms is None else None

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.arming.faults if self.arming else ()

    def corrections(self) -> tuple[Correction, ...]:
        return self._corrections

    def active(self, kinds: Container[str]) -> list[Fault]:
        wall_ms = self.clock.wall_ms()
        return [fault for fault in self.faults if fault.kind in kinds and fault.active(wall_ms)]

    def tally(self, fault: Fault) -> Tally:
        return self._tallies[fault.index]

    def source(self, fault: Fault) -> Source:
        """For the fault's next candidate: what the n-th one draws follows from the seed alone."""
        tally = self.tally(fault)
        tally.candidates += 1
        return random_source(fault.seed, "fault", fault.index, tally.candidates)

    def arm(self, script: Script) -> Arming:
        """Replaces what was armed.

        Raises:
            ConflictError: the clock does not run yet.
            ScriptError: it names a symbol that is not on this exchange.

        """
        if not self.clock.started:
            raise ConflictError("the clock does not run yet, so no fault has a time")
        refuse_strange_symbols(script, self._listed)
        told_ms = self._told_ms()
        arming = Arming(script, self.clock.wall_ms(), self.clock.state, told_from_ms=told_ms)
        self._keep((*self._ended_armings(told_ms), arming), tuple(Tally() for _ in script.entries))
        return arming

    def arm_waiting(self) -> None:
        """The script that was given at the start, once the clock runs."""
        if self._waiting is None or not self.clock.started:
            return
        script, self._waiting = self._waiting, None
        given = GivenScript(script, self.clock.state)
        if given != self._given:
            self._given = given
            self.arm(script)

    def disarm(self) -> None:
        """What was revised stays so, and what never was is never filled."""
        self._waiting = None
        self._keep(self._ended_armings(self._told_ms()), ())

    def save_tallies(self) -> None:
        if self._state_path and self._json_tallies() != self._saved:
            self._save()

    def _keep(self, armings: tuple[Arming, ...], tallies: tuple[Tally, ...]) -> None:
        self._armings, self._tallies = armings, tallies
        self._corrections = corrections_of(armings)
        self._save()

    def _save(self) -> None:
        self._saved = self._json_tallies()
        if self._state_path:
            FaultState(self._armings, self._tallies, self._given).write(self._state_path)

    def _json_tallies(self) -> str:
        return repr(self._tallies)

    def _ended_armings(self, told_ms: int) -> tuple[Arming, ...]:
        """Of those that are over only the ones that have left something in the market."""
        ended = (
            a if a.told_until_ms is not None else replace(a, told_until_ms=told_ms)
            for a in self._armings
        )
        return tuple(arming for arming in ended if corrections_of((arming,)))

    def _told_ms(self) -> int:
        """Event time until which the exchange has told what happened."""
        return max(self.clock.now_ms(), self.exchange_clock.now_ms())

    def _skew_ms(self, wall_ms: int) -> int:
        return sum(skew_ms(fault) for fault in self.faults if fault.active(wall_ms))

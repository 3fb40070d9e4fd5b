"""The exchange's own clock, which may run ahead of the stack's or behind it."""

from collections.abc import Callable

from service_kit.clock import Clock, ClockState


class SkewedClock(Clock):
    """Follows the same clock file on a wall that is wrong by `skew_ms` of the right one."""

    def __init__(self, clock: Clock, skew_ms: Callable[[int], int]) -> None:
        super().__init__(wall=lambda: clock.wall_ms() + skew_ms(clock.wall_ms()))
        self._right = clock

    def wall_ms(self) -> int:
        """Of the right wall: weights and bans do not follow the exchange's clock."""
        return self._right.wall_ms()

    @property
    def state(self) -> ClockState:
        return self._right.state

from prometheus_client import CollectorRegistry

from service_kit.event_loop_lag import REMEMBERED, EventLoopLag


class Loop:
    def __init__(self) -> None:
        self.now, self.registry = 100.0, CollectorRegistry()
        self.lag = EventLoopLag(self.registry, lambda: self.now)

    def woke(self, late_seconds: float) -> None:
        self.lag.woke(self.now - late_seconds)

    @property
    def shown(self) -> float | None:
        return self.registry.get_sample_value("event_loop_lag_seconds")


def test_the_longest_delay_is_shown_until_it_is_half_a_minute_old() -> None:
    loop = Loop()
    assert loop.shown == 0
    loop.woke(0.75)
    for _ in range(REMEMBERED - 1):
        loop.woke(0.25)
    assert loop.shown == 0.75
    loop.woke(0.25)
    assert loop.shown == 0.25


def test_nobody_wakes_too_early() -> None:
    loop = Loop()
    loop.woke(-0.25)
    assert loop.shown == 0

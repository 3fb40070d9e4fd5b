import asyncio

import pytest
from prometheus_client import CollectorRegistry

from service_kit.sibling_metrics import OUTCOMES, SiblingMetrics


class House:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.meter = SiblingMetrics(self.registry).of("market-service")

    def count(self, outcome: str) -> float | None:
        labels = {"sibling": "market-service", "outcome": outcome}
        return self.registry.get_sample_value("sibling_requests_total", labels)

    @property
    def timed(self) -> float | None:
        name = "sibling_request_duration_seconds_count"
        return self.registry.get_sample_value(name, {"sibling": "market-service"})


def test_every_outcome_is_there_before_it_happens() -> None:
    house = House()
    assert [house.count(one) for one in OUTCOMES] == [0] * len(OUTCOMES)
    assert house.timed == 0


def test_an_answer_is_counted_by_its_status() -> None:
    house = House()
    for status in (200, 204, 404, 503):
        with house.meter.asking() as asked:
            asked.answered(status)
    assert (house.count("2xx"), house.count("4xx"), house.count("5xx")) == (2, 1, 1)
    assert house.timed == 4


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (TimeoutError(), "timeout"),
        (ConnectionRefusedError(), "down"),
        (asyncio.CancelledError(), "given_up"),
    ],
)
def test_what_is_not_answered_is_counted_by_its_reason(error: BaseException, outcome: str) -> None:
    house = House()
    with pytest.raises(type(error)), house.meter.asking():
        raise error
    assert house.count(outcome) == 1
    assert house.timed == 1

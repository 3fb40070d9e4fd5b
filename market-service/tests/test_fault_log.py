import pytest
from prometheus_client import CollectorRegistry

from market_service.fault_kind import FaultKind
from market_service.fault_log import FaultLog, FaultTally
from market_service.market_metrics import MarketMetrics
from service_kit.clock import Clock


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def faults(registry: CollectorRegistry) -> FaultLog:
    return FaultLog(Clock(wall=lambda: 5_000.0), MarketMetrics(registry).faults)


def test_every_kind_is_there_before_it_happens(
    faults: FaultLog, registry: CollectorRegistry
) -> None:
    assert faults.tallies == {}
    for kind in FaultKind:
        assert registry.get_sample_value("market_feed_faults_total", {"kind": kind.value}) == 0


def test_what_happened_is_counted_and_dated(faults: FaultLog, registry: CollectorRegistry) -> None:
    faults.count(FaultKind.NOT_JSON)
    faults.count(FaultKind.NOT_JSON, 3, reason="a flood")
    faults.count(FaultKind.OUTAGE, 0)
    assert faults.tallies == {FaultKind.NOT_JSON: FaultTally(4, 5_000)}
    assert registry.get_sample_value("market_feed_faults_total", {"kind": "not_json"}) == 4

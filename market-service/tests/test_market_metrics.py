import math

from prometheus_client import CollectorRegistry

from market_service.market_metrics import MarketMetrics
from service_kit.events import FeedState, FeedStatus
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

HOURS = Series(Symbol("ETH", "USDT"), Timeframe.H1)


class House:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.metrics = MarketMetrics(self.registry)
        self.told: FeedState | None = None
        self.leads = True

    def sample(self, name: str, **labels: str) -> float:
        found = self.registry.get_sample_value(name, labels)
        assert found is not None
        return found

    def states(self) -> dict[str, float]:
        return {one.value: self.sample("market_feed_state", state=one.value) for one in FeedStatus}


def feed(status: FeedStatus, age_ms: int | None) -> FeedState:
    return FeedState(state=status, age_ms=age_ms, source="test", kind="live")


def test_the_feed_is_in_one_state_where_it_is_led_and_in_none_elsewhere() -> None:
    house = House()
    house.metrics.watch_feed(lambda: house.told)
    assert set(house.states().values()) == {0}
    assert math.isnan(house.sample("market_feed_age_seconds"))
    house.told = feed(FeedStatus.STALE, 31_500)
    assert [state for state, is_on in house.states().items() if is_on] == ["stale"]
    assert house.sample("market_feed_age_seconds") == 31.5
    house.told = feed(FeedStatus.OFFLINE, None)
    assert house.states()["offline"] == 1
    assert math.isnan(house.sample("market_feed_age_seconds"))


def test_who_no_longer_leads_tells_no_old_holes() -> None:
    house, missing = House(), dict[Series, int]()
    house.metrics.watch_holes([HOURS], missing, lambda: house.leads)
    labels = {"symbol": "ETHUSDT", "timeframe": "1h"}
    assert house.sample("market_holes", **labels) == 0
    missing[HOURS] = 3
    assert house.sample("market_holes", **labels) == 3
    house.leads = False
    assert house.sample("market_holes", **labels) == 0


def test_what_can_be_counted_is_there_before_it_happens() -> None:
    house = House()
    assert house.sample("market_frames_total", kind="kline") == 0
    assert house.sample("market_candles_stored_total", origin="healed") == 0
    assert house.sample("exchange_requests_total", outcome="ok") == 0
    assert house.sample("exchange_requests_total", outcome="rest_rate_limited") == 0
    assert house.sample("exchange_weight_limit") == 4_800

"""Everything that market-service counts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge

from market_service.budget_store import OUR_LIMIT
from market_service.fault_kind import FaultKind
from market_service.frames import FRAME_KINDS
from service_kit.events import FeedState, FeedStatus
from service_kit.series import Series
from trading_core.candle_origin import CandleOrigin

OK: Final = "ok"
_SERIES: Final = ("symbol", "timeframe")


class MarketMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(name, meaning, labels, registry=registry)

        def gauge(name: str, meaning: str, *labels: str) -> Gauge:
            return Gauge(name, meaning, labels, registry=registry)

        self.frames = counter("market_frames_total", "Frames of the stream.", "kind")
        self.faults = counter(
            "market_feed_faults_total", "What went wrong with the exchange, by name.", "kind"
        )
        self.reconnects = counter("market_feed_reconnects_total", "Connections after the first.")
        self._feed_age = gauge(
            "market_feed_age_seconds",
            "Wall time since the last good frame; NaN where this process has none.",
        )
        self._feed_state = gauge(
            "market_feed_state",
            "1 for the state of the feed that this process leads; all 0 where another one leads.",
            "state",
        )
        self.stored = counter("market_candles_stored_total", "Candles new to us.", "origin")
        self.revised = counter("market_candles_revised_total", "Closed candles that changed.")
        self.unwritten = gauge("market_candles_unwritten", "Closed candles that wait to be stored.")
        self.overflowed = counter(
            "market_candles_overflowed_total",
            "Closed candles given up because too many waited; they are healed later.",
        )
        self._holes = gauge(
            "market_holes",
            "Bars that the exchange has and we lack, as the leading process last saw.",
            *_SERIES,
        )
        self.candle_lag = gauge(
            "market_candle_lag_seconds",
            "Wall time for which the bar after the newest stored one has been due; 0 while whole.",
            *_SERIES,
        )
        self.requests = counter("exchange_requests_total", "REST requests by outcome.", "outcome")
        self.weight_used = gauge(
            "exchange_weight_used", "Request weight spent in this minute, as far as we know."
        )
        limit = gauge("exchange_weight_limit", "Request weight that we may spend in a minute.")
        limit.set(OUR_LIMIT)
        self._begin_at_zero()

    def watch_feed(self, state: Callable[[], FeedState | None]) -> None:
        """`state` is asked at every look, and says None while another process leads."""

        def age_seconds() -> float:
            told = state()
            return float("nan") if told is None or told.age_ms is None else told.age_ms / 1000

        def is_it(status: FeedStatus) -> Callable[[], float]:
            return lambda: (told := state()) is not None and told.state is status

        self._feed_age.set_function(age_seconds)
        for status in FeedStatus:
            self._feed_state.labels(status.value).set_function(is_it(status))

    def watch_holes(
        self,
        series: Iterable[Series],
        missing: Mapping[Series, int],
        leads: Callable[[], bool],
    ) -> None:
        """`missing` is looked at again each time; who does not lead may have seen it long ago."""

        def count(one: Series) -> Callable[[], float]:
            return lambda: missing.get(one, 0) if leads() else 0

        for one in series:
            self._holes.labels(*one.key).set_function(count(one))

    def _begin_at_zero(self) -> None:
        """Whatever can be counted is there before it happens."""
        for kind in FRAME_KINDS.values():
            self.frames.labels(kind)
        for origin in CandleOrigin:
            self.stored.labels(origin.value)
        for fault in FaultKind:
            self.faults.labels(fault.value)
            if fault.is_answer:
                self.requests.labels(fault.value)
        self.requests.labels(OK)
        self._feed_age.set(float("nan"))
        for status in FeedStatus:
            self._feed_state.labels(status.value)

"""Everything that market-service counts."""

from prometheus_client import CollectorRegistry, Counter, Gauge


class MarketMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.frames = Counter(
            "market_frames_total", "Frames of the stream.", ("kind",), registry=registry
        )
        self.faults = Counter(
            "market_feed_faults_total",
            "What went wrong with the exchange, by name.",
            ("kind",),
            registry=registry,
        )
        self.reconnects = Counter(
            "market_feed_reconnects_total", "Connections after the first.", registry=registry
        )
        self.feed_age_seconds = Gauge(
            "market_feed_age_seconds", "Wall time since the last good frame.", registry=registry
        )
        self.stored = Counter(
            "market_candles_stored_total", "Candles new to us.", ("origin",), registry=registry
        )
        self.revised = Counter(
            "market_candles_revised_total", "Closed candles that changed.", registry=registry
        )
        self.unwritten = Gauge(
            "market_candles_unwritten", "Closed candles that wait to be stored.", registry=registry
        )
        self.overflowed = Counter(
            "market_candles_overflowed_total",
            "Closed candles given up because too many waited; they are healed later.",
            registry=registry,
        )
        self.holes = Gauge(
            "market_holes", "Missing bars.", ("symbol", "timeframe"), registry=registry
        )
        self.requests = Counter(
            "exchange_requests_total", "REST requests.", ("outcome",), registry=registry
        )
        self.weight_used = Gauge(
            "exchange_weight_used", "Request weight spent in this minute.", registry=registry
        )

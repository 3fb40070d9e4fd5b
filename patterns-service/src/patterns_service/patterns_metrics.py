"""Everything that patterns-service counts."""

from prometheus_client import CollectorRegistry, Counter

from trading_core.timeframe import Timeframe


class PatternsMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.scanned = Counter(
            "patterns_bars_scanned_total",
            "Bars that were scanned for patterns.",
            ("timeframe",),
            registry=registry,
        )
        self.held_up = Counter(
            "patterns_bars_held_up_total",
            "Bars asked for while candles of their window were missing.",
            ("timeframe",),
            registry=registry,
        )
        for timeframe in Timeframe:
            self.scanned.labels(timeframe)
            self.held_up.labels(timeframe)

"""Everything that analysis-service counts."""

from prometheus_client import CollectorRegistry, Counter

from trading_core.timeframe import Timeframe


class AnalysisMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.computed = Counter(
            "analysis_bars_computed_total",
            "Bars whose indicators were computed.",
            ("timeframe",),
            registry=registry,
        )
        self.announced = Counter(
            "analysis_bars_announced_total", "Bars that rooms were told of.", registry=registry
        )
        self.held_up = Counter(
            "analysis_bars_held_up_total",
            "Bars asked for while candles of their window were missing.",
            ("timeframe",),
            registry=registry,
        )
        for timeframe in Timeframe:
            self.computed.labels(timeframe)
            self.held_up.labels(timeframe)

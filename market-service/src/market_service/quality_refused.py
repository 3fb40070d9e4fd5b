"""What the exchange sent that was no candle, no price and no frame, counted by reason."""

from collections import Counter
from collections.abc import Iterator

from prometheus_client import Counter as MetricCounter

from market_service.market_metrics import MarketMetrics


def refused_so_far(metrics: MarketMetrics) -> Counter[str]:
    """Frames of the stream and rows of REST answers, since this process began."""
    refused = {f"frame_{labels['reason']}": count for labels, count in _totals(metrics.dropped)}
    refused["rest_row"] = sum(count for _, count in _totals(metrics.rejected_rows))
    return Counter(refused)


def _totals(counter: MetricCounter) -> Iterator[tuple[dict[str, str], int]]:
    for family in counter.collect():
        for sample in family.samples:
            if sample.name.endswith("_total"):
                yield sample.labels, int(sample.value)

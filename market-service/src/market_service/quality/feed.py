"""What the samples of the feed's age mean; pure."""

from market_service.quality.faults import refused_of
from market_service.quality.feed_ages import AgeSpan, FeedAges, first_second_of_hour
from market_service.quality.schemas import FeedAgeSpan, FeedQuality
from service_kit.events import FeedStatus


def feed_quality(ages: FeedAges, source: str, wall_ms: int) -> FeedQuality:
    hour_ms = max(ages.since_ms, first_second_of_hour(wall_ms))
    return FeedQuality(
        source=source,
        sampled_since_ms=ages.since_ms,
        last_hour=_span(ages.last_hour(wall_ms), wall_ms - hour_ms),
        whole=_span(ages.whole, wall_ms - ages.since_ms),
        refused=refused_of(ages.faults),
        faults=dict(sorted(ages.faults.items())),
    )


def _span(span: AgeSpan, lasted_ms: int) -> FeedAgeSpan:
    ages = span.ages
    p50_ms, p95_ms, p99_ms = (ages.percentile(share) for share in (0.5, 0.95, 0.99))
    return FeedAgeSpan(
        samples=span.samples,
        unsampled_seconds=max(0, lasted_ms // 1000 - span.samples),
        p50_ms=p50_ms,
        p95_ms=p95_ms,
        p99_ms=p99_ms,
        max_ms=ages.largest_ms if ages.count else None,
        seconds={state: span.states.get(state, 0) for state in FeedStatus},
    )

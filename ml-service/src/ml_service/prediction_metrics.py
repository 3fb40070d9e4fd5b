"""How long predictions take."""

from prometheus_client import CollectorRegistry, Histogram

from service_kit.metrics import BUCKETS_SECONDS


def prediction_seconds(registry: CollectorRegistry) -> Histogram:
    return Histogram(
        "ml_prediction_duration_seconds",
        "Time to answer with a prediction, or with the prior where nobody predicts.",
        buckets=BUCKETS_SECONDS,
        registry=registry,
    )

"""What is counted of the trainings that this service started."""

from dataclasses import dataclass
from typing import Self

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from ml_service.training.training import TrainingState

BUCKETS_SECONDS = (2, 5, 10, 20, 60, 120, 300, 600, 1800)


@dataclass(frozen=True, slots=True)
class TrainingMetrics:
    ended: Counter
    seconds: Histogram
    running: Gauge

    @classmethod
    def register(cls, registry: CollectorRegistry) -> Self:
        metrics = cls(
            ended=Counter(
                "ml_trainings_total", "Trainings by how they ended.", ("state",), registry=registry
            ),
            seconds=Histogram(
                "ml_training_duration_seconds",
                "Wall time of a training that made models.",
                buckets=BUCKETS_SECONDS,
                registry=registry,
            ),
            running=Gauge("ml_trainings_running", "Training now.", registry=registry),
        )
        for state in TrainingState:
            if state.is_over:
                metrics.ended.labels(state.value)
        return metrics

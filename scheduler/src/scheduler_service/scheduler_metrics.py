"""What the scheduler counts."""

from dataclasses import dataclass
from typing import Self

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


@dataclass(frozen=True, slots=True)
class SchedulerMetrics:
    runs: Counter
    misfires: Counter
    seconds: Histogram
    leader: Gauge

    @classmethod
    def register(cls, registry: CollectorRegistry) -> Self:
        return cls(
            runs=Counter(
                "job_runs_total", "Runs by outcome.", ("job", "outcome"), registry=registry
            ),
            misfires=Counter(
                "job_misfires_total",
                "Ends of periods that had no run of their own; the next run covered them.",
                ("job",),
                registry=registry,
            ),
            seconds=Histogram("job_seconds", "Wall time of a run.", ("job",), registry=registry),
            leader=Gauge("scheduler_leader", "1 while this process leads.", registry=registry),
        )

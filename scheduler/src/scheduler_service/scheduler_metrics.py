"""What the scheduler counts."""

from dataclasses import dataclass
from typing import Final, Self

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

OUTCOMES: Final = {True: "ok", False: "failed"}
BUCKETS_SECONDS: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900)
"""Up to a back-up of a large database."""


@dataclass(frozen=True, slots=True)
class SchedulerMetrics:
    runs: Counter
    misfires: Counter
    seconds: Histogram
    last_success: Gauge
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
            seconds=Histogram(
                "job_duration_seconds",
                "Wall time of a run.",
                ("job",),
                buckets=BUCKETS_SECONDS,
                registry=registry,
            ),
            last_success=Gauge(
                "job_last_success_timestamp_seconds",
                "Wall time at which a run last ended well; 0 before the first.",
                ("job",),
                registry=registry,
            ),
            leader=Gauge("scheduler_leader", "1 while this process leads.", registry=registry),
        )

    def watch(self, job: str) -> None:
        """Show a job before its first run."""
        for outcome in OUTCOMES.values():
            self.runs.labels(job, outcome)
        for metric in (self.misfires, self.seconds, self.last_success):
            metric.labels(job)

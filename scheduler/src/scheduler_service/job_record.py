"""What became of a job so far: pure bookkeeping, one record a job."""

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from scheduler_service.period import Period

FIRST_RETRY_MS: Final = 1_000.0
LAST_RETRY_MS: Final = 60_000.0


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run: when it began, how long it took on the wall, and what came of it."""

    event_ms: int
    wall_ms: int
    duration_ms: int
    result: Any = None  # Any: the sibling's JSON
    error: str | None = None


@dataclass(frozen=True, slots=True)
class JobRecord:
    runs: int = 0
    failures: int = 0
    consecutive_failures: int = 0
    misfires: int = 0
    last: JobRun | None = None
    last_success_ms: int | None = None
    """Wall time at which a run last ended well."""

    def after(self, run: JobRun, period: Period) -> Self:
        """The record with one more run, and the ends that it covers besides its own."""
        failed = run.error is not None
        at_ms = run.wall_ms if period.by_the_wall else run.event_ms
        return replace(
            self,
            runs=self.runs + 1,
            failures=self.failures + failed,
            consecutive_failures=self.consecutive_failures + 1 if failed else 0,
            misfires=self.misfires + self.missed(at_ms, period),
            last=run,
            last_success_ms=self.last_success_ms if failed else run.wall_ms + run.duration_ms,
        )

    def missed(self, at_ms: int, period: Period) -> int:
        """Ends between the last run and one at `at_ms` that had no run of their own."""
        if self.last is None:
            return 0
        last_ms = self.last.wall_ms if period.by_the_wall else self.last.event_ms
        ends = period.start(at_ms) - period.start(last_ms)
        return max(0, ends // period.duration_ms - 1)

    @property
    def retry_ms(self) -> float | None:
        """Wall milliseconds after which a failed run is tried again; None after a good one."""
        if not self.consecutive_failures:
            return None
        doubled = FIRST_RETRY_MS * 2.0 ** min(self.consecutive_failures - 1, 10)
        return min(doubled, LAST_RETRY_MS)

from scheduler_service.job_record import JobRecord, JobRun
from scheduler_service.period import Period, daily_at
from trading_core.timeframe import DAY_MS, HOUR_MS, MINUTE_MS, Timeframe

T0 = 1_722_807_000_000
MINUTE = Period.of(Timeframe.M1)


def run(event_ms: int, error: str | None = None) -> JobRun:
    return JobRun(event_ms, wall_ms=0, duration_ms=5, error=error)


def after(*runs: JobRun) -> JobRecord:
    record = JobRecord()
    for one in runs:
        record = record.after(one, MINUTE)
    return record


def test_a_run_for_every_close_misses_none() -> None:
    record = after(run(T0 + 100), run(T0 + MINUTE_MS + 1), run(T0 + 3 * MINUTE_MS - 1))
    assert (record.runs, record.misfires) == (3, 0)


def test_closes_without_a_run_of_their_own_are_counted() -> None:
    record = after(run(T0), run(T0 + 5 * MINUTE_MS))
    assert record.misfires == 4


def test_runs_by_hand_and_clocks_set_back_are_no_misfires() -> None:
    assert after(run(T0), run(T0 + 1), run(T0 - 10 * MINUTE_MS)).misfires == 0


def test_failures_are_counted_until_one_succeeds() -> None:
    failed = after(run(T0), run(T0, "away"), run(T0, "away"))
    assert (failed.failures, failed.consecutive_failures) == (2, 2)
    good = failed.after(run(T0), MINUTE)
    assert (good.runs, good.failures, good.consecutive_failures) == (4, 2, 0)


def test_only_a_good_run_is_a_success() -> None:
    assert after(run(T0, "away")).last_success_ms is None
    assert after(run(T0), run(T0, "away")).last_success_ms == 5


def test_a_failed_run_is_tried_again_ever_later_up_to_a_minute() -> None:
    waits = [after(*[run(T0, "away")] * n).retry_ms for n in (0, 1, 2, 3, 7, 50)]
    assert waits == [None, 1_000, 2_000, 4_000, 60_000, 60_000]


def test_days_of_the_wall_are_missed_by_the_walls_time() -> None:
    period = daily_at(2, first_wait_minutes=10)
    first = JobRun(event_ms=0, wall_ms=3 * HOUR_MS, duration_ms=1)
    sixty_times_faster = JobRun(event_ms=60 * DAY_MS, wall_ms=DAY_MS + 3 * HOUR_MS, duration_ms=1)
    record = JobRecord().after(first, period).after(sixty_times_faster, period)
    assert record.misfires == 0
    late = JobRun(event_ms=61 * DAY_MS, wall_ms=4 * DAY_MS + 3 * HOUR_MS, duration_ms=1)
    assert record.after(late, period).misfires == 2

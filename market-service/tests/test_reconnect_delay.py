from hypothesis import given
from hypothesis import strategies as st

from market_service.reconnect_delay import LONGEST_SECONDS, reconnect_delay

JITTERS = st.floats(0, 1, exclude_max=True)


def test_the_first_attempt_comes_at_once() -> None:
    assert reconnect_delay(0, 0.0) <= 0.2


@given(failures=st.integers(0, 10_000), jitter=JITTERS)
def test_the_delay_is_never_long_and_never_nothing(failures: int, jitter: float) -> None:
    assert 0 < reconnect_delay(failures, jitter) <= LONGEST_SECONDS


@given(failures=st.integers(0, 100), jitter=JITTERS)
def test_each_failure_makes_the_wait_no_shorter(failures: int, jitter: float) -> None:
    assert reconnect_delay(failures, jitter) <= reconnect_delay(failures + 1, jitter)

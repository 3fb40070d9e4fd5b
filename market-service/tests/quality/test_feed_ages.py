import pytest

from market_service.quality.feed import feed_quality
from market_service.quality.feed_ages import FeedAges
from service_kit.events import FeedState, FeedStatus

START_MS = 1_795_450_020_000
HOUR_MS = 3_600_000


def state(age_ms: int | None, status: FeedStatus = FeedStatus.LIVE) -> FeedState:
    return FeedState(state=status, age_ms=age_ms, source="test", kind="live")


def sampled(ages_ms: list[int]) -> FeedAges:
    """Second after second."""
    ages = FeedAges(START_MS)
    for second, age_ms in enumerate(ages_ms):
        ages.sample(START_MS + second * 1_000, state(age_ms))
    return ages


def test_the_last_hour_forgets_what_came_before_it() -> None:
    ages = sampled([20_000] * 60)
    ages.sample(START_MS + HOUR_MS, state(100))
    now_ms = START_MS + HOUR_MS
    assert (ages.last_hour(now_ms).samples, ages.last_hour(now_ms).ages.largest_ms) == (1, 100)
    assert (ages.whole.samples, ages.whole.ages.largest_ms) == (61, 20_000)


def test_the_seconds_of_each_state_are_told() -> None:
    ages = FeedAges(START_MS)
    ages.sample(START_MS, state(None, FeedStatus.OFFLINE))
    ages.sample(START_MS + 1_000, state(100))
    ages.sample(START_MS + 2_000, state(12_000, FeedStatus.DELAYED))
    told = feed_quality(ages, "test", START_MS + 3_000).whole
    assert told.seconds == dict.fromkeys(FeedStatus, 0) | {
        FeedStatus.OFFLINE: 1,
        FeedStatus.LIVE: 1,
        FeedStatus.DELAYED: 1,
    }
    assert told.max_ms == 12_000


def test_seconds_without_a_leader_are_counted_as_not_sampled() -> None:
    ages = sampled([100] * 10)
    ages.sample(START_MS + 40_000, state(100))
    told = feed_quality(ages, "test", START_MS + 41_000)
    assert (told.whole.samples, told.whole.unsampled_seconds) == (11, 30)
    assert (told.last_hour.samples, told.last_hour.unsampled_seconds) == (11, 30)


def test_the_age_of_a_feed_that_has_ended_counts_for_nothing() -> None:
    ages = sampled([100])
    ages.sample(START_MS + 1_000, state(900_000, FeedStatus.ENDED))
    assert feed_quality(ages, "test", START_MS + 2_000).whole.max_ms == 100


def test_a_clock_that_was_set_back_leaves_no_future_in_the_last_hour() -> None:
    ages = sampled([100] * 120)
    ages.sample(START_MS - HOUR_MS, state(100))
    assert ages.last_hour(START_MS - HOUR_MS).samples == 1


def test_the_next_leader_goes_on_with_all_that_was_told() -> None:
    ages = sampled([100, 2_000, 12_000] * 50)
    ages.faults.update(bad_range=3, rest_bad_row=2, half_open=1)
    read = FeedAges.from_json(ages.to_json())
    now_ms = START_MS + 150_000
    assert feed_quality(read, "test", now_ms) == feed_quality(ages, "test", now_ms)


def test_of_all_faults_those_are_counted_as_refused_that_kept_a_candle_out() -> None:
    ages = sampled([100])
    ages.faults.update(bad_range=3, rest_bad_row=2, half_open=1, duplicate_candle=9, unheard_of=4)
    told = feed_quality(ages, "test", START_MS + 1_000)
    assert told.refused == 5
    assert (told.faults["half_open"], told.faults["unheard_of"]) == (1, 4)


@pytest.mark.parametrize(
    "told", [b"", b"[]", b"{}", b'{"sinceMs": 1, "whole": 2, "faults": {}, "minutes": []}']
)
def test_what_is_no_such_thing_is_refused(told: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        FeedAges.from_json(told)

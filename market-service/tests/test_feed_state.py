import pytest

from market_service.feed_state import feed_status
from service_kit.events import FeedStatus


@pytest.mark.parametrize(
    ("age_ms", "connected", "status"),
    [
        (0, True, FeedStatus.LIVE),
        (10_000, True, FeedStatus.LIVE),
        (10_001, True, FeedStatus.DELAYED),
        (30_000, True, FeedStatus.DELAYED),
        (30_001, True, FeedStatus.STALE),
        (0, False, FeedStatus.DELAYED),
        (30_001, False, FeedStatus.STALE),
        (None, True, FeedStatus.OFFLINE),
        (None, False, FeedStatus.OFFLINE),
    ],
)
def test_the_state_follows_the_age(
    age_ms: float | None,
    connected: bool,  # noqa: FBT001 - a column of the table
    status: FeedStatus,
) -> None:
    assert feed_status(age_ms=age_ms, connected=connected, ended=False) is status


@pytest.mark.parametrize("age_ms", [None, 0, 99_999])
def test_a_recording_that_is_played_out_has_ended_whatever_its_age(age_ms: float | None) -> None:
    assert feed_status(age_ms=age_ms, connected=False, ended=True) is FeedStatus.ENDED

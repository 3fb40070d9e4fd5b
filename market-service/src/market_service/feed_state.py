"""What may be said of the feed, by the age of its newest frame."""

from typing import Final

from service_kit.events import FeedStatus

LIVE_UNTIL_MS: Final = 10_000
DELAYED_UNTIL_MS: Final = 30_000


def feed_status(*, age_ms: float | None, connected: bool, ended: bool) -> FeedStatus:
    """Judge by wall milliseconds since the last good frame; None when there never was one.

    A lost connection is at best `delayed`, however fresh its last frame.
    """
    if ended:
        return FeedStatus.ENDED
    if age_ms is None:
        return FeedStatus.OFFLINE
    if age_ms > DELAYED_UNTIL_MS:
        return FeedStatus.STALE
    if age_ms > LIVE_UNTIL_MS or not connected:
        return FeedStatus.DELAYED
    return FeedStatus.LIVE

from api_gateway.feed_watch import FeedWatch
from service_kit.events import FeedState, FeedStatus

UNHEARD = FeedState(state=FeedStatus.OFFLINE, age_ms=None, source="binance", kind="live")
LIVE = FeedState(state=FeedStatus.LIVE, age_ms=200, source="binance", kind="live")


def test_a_feed_that_was_never_heard_is_offline() -> None:
    assert FeedWatch(UNHEARD, now=0.0).state(now=0.0) == UNHEARD


def test_a_feed_is_what_the_market_says_until_the_market_is_silent() -> None:
    watch = FeedWatch(UNHEARD, now=0.0)
    watch.hear(LIVE, now=10.0)
    assert watch.state(now=15.0) == LIVE.model_copy(update={"age_ms": 5_200})
    assert watch.state(now=15.1) == LIVE.model_copy(
        update={"state": FeedStatus.OFFLINE, "age_ms": 5_300}
    )


def test_it_is_said_on_change_and_every_second() -> None:
    watch = FeedWatch(UNHEARD, now=0.0)
    assert watch.news(now=0.0) == UNHEARD
    assert watch.news(now=0.5) is None
    watch.hear(LIVE, now=0.6)
    assert watch.news(now=0.6) == LIVE
    older = LIVE.model_copy(update={"age_ms": 900})
    watch.hear(older, now=1.5)
    assert watch.news(now=1.5) is None
    watch.hear(older, now=1.6)
    assert watch.news(now=1.6) == older
    assert watch.news(now=1.7) is None


def test_going_offline_is_a_change_that_the_gateway_notices_itself() -> None:
    watch = FeedWatch(UNHEARD, now=0.0)
    watch.hear(LIVE, now=0.0)
    watch.news(now=4.5)
    assert watch.news(now=5.0) is None
    said = watch.news(now=5.05)
    assert said is not None
    assert said.state is FeedStatus.OFFLINE

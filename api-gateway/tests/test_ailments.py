from dataclasses import replace

import pytest

from api_gateway.ailments import ailments
from api_gateway.shape_status import Gathered, Readiness, shape_status
from api_gateway.sibling_reports import ReadinessReport
from service_kit.events import FeedState, FeedStatus


def readiness(checks: dict[str, str]) -> Readiness:
    ready = set(checks.values()) <= {"ok"}
    return Readiness(ReadinessReport(ready=ready, checks=checks, version="0.1.0"), 1.0)


def gathered(**changed: object) -> Gathered:
    usual = Gathered(
        event_time_ms=0,
        wall_ms=0,
        speed=1.0,
        heard=FeedState(state=FeedStatus.LIVE, age_ms=1, source="x", kind="live"),
        services={"market": readiness({"database": "ok"}), "gateway": readiness({})},
        market=None,
        decisions=None,
        models=None,
        jobs=None,
    )
    return replace(usual, **changed)  # type: ignore[arg-type] # what a test changes


def test_a_platform_whose_services_are_ready_and_whose_feed_lives_is_well() -> None:
    assert ailments(shape_status(gathered(), ())) == ()


def test_who_is_not_ready_or_unreachable_is_named_with_what_it_lacks() -> None:
    services = {
        "market": readiness({"database": "ok", "feed": "no frame for 12 s"}),
        "ml": Readiness(None, 2_000.0),
        "gateway": readiness({}),
    }
    assert ailments(shape_status(gathered(services=services), ())) == (
        "market is not ready (feed: no frame for 12 s)",
        "ml is unreachable",
    )


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (FeedStatus.DELAYED, ()),
        (FeedStatus.ENDED, ()),
        (FeedStatus.STALE, ("the feed is stale",)),
        (FeedStatus.OFFLINE, ("the feed is offline",)),
    ],
)
def test_a_feed_that_is_silent_for_long_is_an_ailment(
    state: FeedStatus, told: tuple[str, ...]
) -> None:
    heard = FeedState(state=state, age_ms=None, source="x", kind="live")
    assert ailments(shape_status(gathered(heard=heard), ())) == told

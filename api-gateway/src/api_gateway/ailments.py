"""What is wrong with the platform, a sentence each, for a probe that wants one word; pure."""

from typing import Final

from api_gateway.platform_status import PlatformStatus, ServiceStatus
from service_kit.events import FeedStatus

WELL: Final = frozenset({FeedStatus.LIVE, FeedStatus.DELAYED, FeedStatus.ENDED})
"""Delayed is less than 30 s, and a recording that has ended is as it should be."""


def ailments(status: PlatformStatus) -> tuple[str, ...]:
    """None where every service is ready and prices come in. A model that abstains is no ailment."""
    services = (_ailment(one) for one in status.services if one.state != "ready")
    feed = status.feed.state
    return (*services, *(() if feed in WELL else (f"the feed is {feed}",)))


def _ailment(service: ServiceStatus) -> str:
    if service.state == "unreachable":
        return f"{service.name} is unreachable"
    failed = (f"{check}: {said}" for check, said in service.checks.items() if said != "ok")
    return f"{service.name} is not ready ({', '.join(failed)})"

"""kill -9 of a gateway, again and again, under 200 clients: none misses an event.

`benchmarks/gateway_kills.py` does the same with 1,000 clients and 20 kills.
"""

from pathlib import Path

import pytest

from killed_gateway import Campaign, kill_gateway
from restarting_gateway import RestartingGateway

pytestmark = pytest.mark.faults

CAMPAIGN = Campaign(clients=200, kills=3, seed=6, longest_life_seconds=4.0)


async def test_a_gateway_killed_again_and_again_costs_no_client_an_event(
    database_url: str, redis_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gateway = RestartingGateway(database_url, redis_url, tmp_path)
    outcome = await kill_gateway(gateway, CAMPAIGN, tell=lambda _sentence: None)
    with capsys.disabled():
        print(f"\nseed {CAMPAIGN.seed}: {outcome.summary()}")  # noqa: T201 - figures are the point
    assert outcome.followers.faults() == []
    assert all(one.resumed for one in outcome.followers.everybody)

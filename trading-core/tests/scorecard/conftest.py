import pytest

from scored_signals import wandering_market
from trading_core.scorecard.market import Market


@pytest.fixture(scope="module")
def wandering() -> Market:
    return wandering_market()

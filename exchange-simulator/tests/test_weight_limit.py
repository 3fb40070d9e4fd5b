import pytest

from exchange_simulator.binance_errors import BinanceError
from exchange_simulator.weight_limit import TOLERATED_AFTER_429, WeightLimit

MINUTE_MS = 60_000


@pytest.fixture
def limit() -> WeightLimit:
    return WeightLimit(limit=100)


def refused(limit: WeightLimit, wall_ms: int) -> BinanceError:
    with pytest.raises(BinanceError) as refusal:
        limit.charge("1.1.1.1", 1, wall_ms)
    return refusal.value


def test_weight_adds_up_within_a_minute(limit: WeightLimit) -> None:
    assert limit.charge("1.1.1.1", 60, 1_000) == 60
    assert limit.charge("1.1.1.1", 40, 59_999) == 100
    assert limit.charge("1.1.1.1", 1, MINUTE_MS) == 1


def test_each_address_has_its_own_weight(limit: WeightLimit) -> None:
    limit.charge("1.1.1.1", 100, 0)
    assert limit.charge("2.2.2.2", 100, 0) == 100


def test_too_much_weight_is_429_until_the_minute_is_over(limit: WeightLimit) -> None:
    limit.charge("1.1.1.1", 100, 0)
    error = refused(limit, 20_500)
    assert (error.status, error.code) == (429, -1003)
    assert error.headers["Retry-After"] == "40"
    assert limit.charge("1.1.1.1", 1, MINUTE_MS) == 1


def test_going_on_after_429_is_a_ban_of_two_minutes(limit: WeightLimit) -> None:
    limit.charge("1.1.1.1", 100, 0)
    for _ in range(TOLERATED_AFTER_429):
        assert refused(limit, 1_000).status == 429
    error = refused(limit, 1_000)
    assert (error.status, error.headers["Retry-After"]) == (418, "120")
    assert "IP banned until 121000" in error.message
    assert refused(limit, 120_999).status == 418
    assert limit.charge("1.1.1.1", 1, 121_000) == 1


def test_the_next_ban_is_longer(limit: WeightLimit) -> None:
    lengths = []
    for minute in (0, 10, 20):
        limit.charge("1.1.1.1", 100, minute * MINUTE_MS)
        for _ in range(TOLERATED_AFTER_429):
            refused(limit, minute * MINUTE_MS)
        lengths.append(refused(limit, minute * MINUTE_MS).headers["Retry-After"])
    assert lengths == ["120", "240", "480"]

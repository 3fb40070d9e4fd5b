import pytest

from ml_service.registry.promotion import Promotion, standing
from ml_service.registry.role import Role
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

SERIES = Series(Symbol("ETH", "USDT"), Timeframe.H1)


def history(models: str) -> list[Promotion]:
    return [
        Promotion(
            number=number,
            series=SERIES,
            role=Role.CANDLES,
            model_id=model,
            reason="",
            promoted_at_ms=number,
        )
        for number, model in enumerate(models)
    ]


@pytest.mark.parametrize(
    ("promoted", "stands"),
    [
        ("", ""),
        ("a", "a"),
        ("ab", "ab"),
        ("aab", "ab"),
        ("aba", "a"),
        ("abcb", "ab"),
        ("abcba", "a"),
        ("abcbd", "abd"),
        ("abab", "ab"),
    ],
)
def test_to_promote_the_one_before_takes_back_the_one_between(promoted: str, stands: str) -> None:
    found = standing(history(promoted))
    assert "".join(one.model_id for one in found) == stands


def test_what_serves_is_told_with_its_newest_promotion() -> None:
    assert [one.number for one in standing(history("aba"))] == [2]

from dataclasses import replace

from ml_service.learning.dataset import LabelRule
from ml_service.training.label_rules import LabelRules
from ml_service.training.retrain import newest_by_series, request_like
from model_cards import model_card
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

CARD = model_card()
ETH = Series(Symbol("ETH", "USDT"), Timeframe.H1)


def test_the_newest_model_speaks_for_its_series() -> None:
    older, newer = replace(CARD, trained_at_ms=1), replace(CARD, trained_at_ms=2)
    other = replace(CARD, timeframe=Timeframe.D1)
    found = newest_by_series([newer, other, older])
    assert found == {ETH: newer, Series(ETH.symbol, Timeframe.D1): other}


def test_the_same_question_is_asked_over_all_history() -> None:
    card = replace(CARD, look_ahead_bars=9, threshold=0.02, seed=3)
    request = request_like(card, LabelRules({Timeframe.D1: LabelRule(2, 0.1)}))
    assert (request.series, request.label_rule, request.seed) == (ETH, LabelRule(9, 0.02), 3)
    assert (request.lookback_rows, request.since_ms, request.untouched_from_ms) == (None,) * 3


def test_another_question_that_the_operator_told_is_asked_instead() -> None:
    told = LabelRules({Timeframe.H1: LabelRule(2, 0.1)})
    assert request_like(CARD, told).label_rule == LabelRule(2, 0.1)

import pytest
from pydantic import ValidationError

from ml_service.learning.dataset import LabelRule
from ml_service.settings import MlSettings
from ml_service.training.label_rules import LabelRules
from trading_core.timeframe import Timeframe

RULES = LabelRules({Timeframe.D1: LabelRule(3, 0.03)})


@pytest.fixture(autouse=True)
def _some_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://nobody@127.0.0.1:1/none")


def told(monkeypatch: pytest.MonkeyPatch, text: str) -> LabelRules:
    monkeypatch.setenv("LABEL_RULES", text)
    return MlSettings().label_rules


def test_those_that_are_named_differ_and_the_others_are_as_specified(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = told(monkeypatch, "1m=5:0.001, 1d=3:0.03")
    assert rules.of(Timeframe.M1) == LabelRule(5, 0.001)
    assert rules.of(Timeframe.D1) == LabelRule(3, 0.03)
    assert rules.of(Timeframe.H1) == LabelRule(5, 0.005)


def test_without_the_setting_all_are_as_specified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LABEL_RULES", raising=False)
    assert MlSettings().label_rules == told(monkeypatch, "") == LabelRules()


@pytest.mark.parametrize(
    "text",
    [
        "1h",
        "1h=5",
        "1h=5:",
        "1h=:0.01",
        "1h=0:0.01",
        "1h=501:0.01",
        "1h=5:-0.01",
        "1h=5:1.5",
        "1h=5:nan",
        "2h=5:0.01",
        "5:0.01",
    ],
)
def test_a_wrong_rule_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with pytest.raises(ValidationError, match=f"'{text}' is not like 1m=5:0.001"):
        told(monkeypatch, text)


def test_a_timeframe_has_one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match="a timeframe is named twice"):
        told(monkeypatch, "1h=5:0.01,1h=6:0.01")


def test_a_model_keeps_its_question_unless_another_was_told() -> None:
    before = LabelRule(9, 0.02)
    assert RULES.again(Timeframe.H1, before) == before
    assert RULES.again(Timeframe.D1, before) == LabelRule(3, 0.03)


def test_what_is_asked_goes_before_what_was_told() -> None:
    assert RULES.chosen(Timeframe.D1, None, None) == LabelRule(3, 0.03)
    assert RULES.chosen(Timeframe.D1, 9, None) == LabelRule(9, 0.03)
    assert RULES.chosen(Timeframe.D1, None, 0.0) == LabelRule(3, 0.0)

from dataclasses import replace
from uuid import UUID

import pytest

from ml_service.learning.dataset import LabelRule
from ml_service.training.command_line import NewTraining, parse_arguments
from ml_service.training.label_rules import LabelRules
from ml_service.training.training_request import TrainingRequest
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

ID = "2f0f6c4e-8f3f-4a55-9a43-3f9f8a2b7c11"
SERIES = ["--symbol", "ETH/USDT", "--timeframe", "1h"]
NEW = NewTraining(symbol=Symbol("ETH", "USDT"), timeframe=Timeframe.H1)


def test_a_waiting_training_is_named_by_its_id() -> None:
    assert parse_arguments(["--id", ID]) == UUID(ID)


def test_a_new_one_is_asked_for_by_its_series() -> None:
    assert parse_arguments(SERIES) == NEW
    assert NEW.request(LabelRules()) == TrainingRequest(symbol="ETHUSDT", timeframe=Timeframe.H1)
    told = parse_arguments([*SERIES, "--since", "5", "--untouched-since", "9", "--lookback", "7"])
    assert told == replace(NEW, since_ms=5, untouched_from_ms=9, lookback_rows=7)


def test_labels_are_as_asked_and_else_as_the_operator_told() -> None:
    rules = LabelRules({Timeframe.H1: LabelRule(9, 0.02)})
    assert NEW.request(rules).label_rule == LabelRule(9, 0.02)
    asked = parse_arguments([*SERIES, "--look-ahead", "3"])
    assert isinstance(asked, NewTraining)
    assert asked.request(rules).label_rule == LabelRule(3, 0.02)
    asked = parse_arguments([*SERIES, "--threshold", "0"])
    assert isinstance(asked, NewTraining)
    assert asked.request(rules).label_rule == LabelRule(9, 0.0)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["--symbol", "ETH/USDT"],
        ["--id", "nonsense"],
        ["--symbol", "?", "--timeframe", "1h"],
        ["--symbol", "ETHUSDT", "--timeframe", "2h"],
        [*SERIES, "--since", "-1"],
        [*SERIES, "--lookback", "0"],
        [*SERIES, "--look-ahead", "0"],
        [*SERIES, "--look-ahead", "501"],
        [*SERIES, "--threshold", "-0.1"],
        [*SERIES, "--threshold", "1.1"],
        [*SERIES, "--threshold", "nan"],
    ],
)
def test_a_wrong_question_ends_with_exit_code_2(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_arguments(wrong)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err

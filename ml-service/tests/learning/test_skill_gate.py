from dataclasses import replace

import numpy as np
import pytest

from ml_service.learning.evaluation import Figures
from ml_service.learning.figures import answers, figures
from ml_service.learning.skill_gate import skill_gate

PRIOR = (0.25, 0.5, 0.25)
NOTHING_KNOWN = figures(
    answers(np.arange(250), [PRIOR] * 250, PRIOR, np.ones(250, dtype=np.int64)), 1, 5
)


def measured(skill: float, bound: float, over_own: float = 0.02) -> Figures:
    return replace(
        NOTHING_KNOWN,
        skill=skill,
        skill_lower_bound=bound,
        own_prior_log_loss=1.0,
        log_loss=1 - over_own,
    )


def test_proven_skill_passes_and_is_named() -> None:
    gate = skill_gate(measured(0.05, 0.02))
    assert gate.passed
    assert gate.sentence.startswith("skill 5.00% over the class prior on 250 untouched bars")


@pytest.mark.parametrize("bound", [0.0, -0.01])
def test_skill_that_may_be_luck_does_not_pass(bound: float) -> None:
    gate = skill_gate(measured(0.05, bound))
    assert not gate.passed
    assert "no edge" in gate.sentence


def test_skill_on_few_bars_does_not_pass() -> None:
    gate = skill_gate(replace(measured(0.05, 0.02), bars=249))
    assert not gate.passed
    assert "it takes 250 to tell skill from luck" in gate.sentence


def test_skill_that_is_too_good_to_be_true_does_not_pass() -> None:
    gate = skill_gate(measured(0.3, 0.2, over_own=0.26))
    assert not gate.passed
    assert "26.0% over the stretch's own shares, which is too good to be true" in gate.sentence


def test_skill_over_the_shares_of_a_wilder_past_is_not_suspicious() -> None:
    assert skill_gate(measured(0.3, 0.2, over_own=0.05)).passed

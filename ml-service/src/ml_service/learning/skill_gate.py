"""Whether a model may serve: its skill is proven, and not too good to be true."""

from typing import Final

from ml_service.learning.evaluation import Figures
from ml_service.registry.model_card import SkillGate

LEAST_LOSS: Final = 1e-9
"""Of a stretch in which one class alone came."""
LEAST_JUDGED: Final = 250
"""Bars; on fewer the bound of a block bootstrap is too sure of itself. Of models of random walks
3 to 4 in 100 passed on 60 bars (measured), where 1 in 100 should."""
SUSPICIOUS_SKILL: Final = 0.25
"""Over the stretch's own class shares. No honest forecast of a few bars comes near; one that knows
the future does. (Over older shares an honest one may: markets calm down for good.)"""


def skill_gate(untouched: Figures) -> SkillGate:
    """Of the stretch that nothing was fitted on."""
    bound = untouched.skill_lower_bound
    over_own = 1 - untouched.log_loss / max(untouched.own_prior_log_loss, LEAST_LOSS)
    if over_own > SUSPICIOUS_SKILL:
        return SkillGate(
            passed=False,
            lower_bound=bound,
            sentence=f"{_measured(untouched)}, and {over_own:.1%} over the stretch's own shares, "
            "which is too good to be true: a feature may know the future; it does not serve",
        )
    if untouched.bars < LEAST_JUDGED:
        return SkillGate(
            passed=False,
            lower_bound=bound,
            sentence=f"{_measured(untouched)}, but it takes {LEAST_JUDGED} to tell skill from luck:"
            " no edge is proven; it does not serve",
        )
    if bound <= 0:
        return SkillGate(
            passed=False,
            lower_bound=bound,
            sentence=f"{_measured(untouched)}, which may be luck: no edge; it does not serve",
        )
    return SkillGate(passed=True, lower_bound=bound, sentence=f"{_measured(untouched)}: skill")


def _measured(untouched: Figures) -> str:
    return (
        f"skill {untouched.skill:.2%} over the class prior on {untouched.bars} untouched bars, "
        f"above {untouched.skill_lower_bound:.2%} with 99 % confidence"
    )

"""The panels of what was measured on bars that the model had not seen."""

from ml_service.directions import DIRECTIONS
from ml_service.learning.evaluation import Evaluation, Figures
from ml_service.registry.model_card import ModelCard
from ml_service.report.confusion_table import confusion_table
from ml_service.report.data_table import data_table, folded, note, panel
from ml_service.report.fold_skill import fold_skill
from ml_service.report.importance_bars import importance_bars
from ml_service.report.markup import Markup, join
from ml_service.report.reliability_diagram import reliability_diagram
from ml_service.report.wording import (
    count,
    day,
    figure,
    percent,
    percent_interval,
)

RELIABILITY_HEADS = ("Probability", "Bars", "Mean given", "Came true")
FIGURES_HEADS = (
    "Stretch",
    "Bars",
    "Log-loss",
    "Prior",
    "Skill",
    "95 % interval",
    "Over own",
    "ECE",
    "Brier",
)
ACCURACY_HEADS = ("Stretch", "Accuracy", "Commonest class", "Balanced", "Chance")


def measured(card: ModelCard) -> Markup:
    untouched = card.evaluation.untouched
    return join(
        _reliability(untouched),
        _importance(card),
        _folds(card.evaluation),
        _confusion(untouched),
        _all_figures(card.evaluation),
    )


def _reliability(figures: Figures) -> Markup:
    rows = [
        (
            f"{percent(one.low, 0)} to {percent(one.high, 0)}",
            count(one.count),
            percent(one.mean_probability),
            percent(one.hit_rate),
        )
        for one in figures.reliability
    ]
    by_class = ", ".join(
        f"{name} {percent(error, 2)}"
        for name, error in zip(DIRECTIONS, figures.class_calibration_error, strict=True)
    )
    return panel(
        "Reliability",
        note(
            "On the dashed line, what was said came true as often as it was said. Whiskers take"
            " bars for independent (95 %, Wilson); neighbours share candles, so the truth is wider."
        ),
        reliability_diagram(figures.reliability),
        note(f"Calibration error of each class's own probability: {by_class}."),
        folded("As a table", data_table("of the named class", RELIABILITY_HEADS, rows)),
    )


def _confusion(figures: Figures) -> Markup:
    shares = ", ".join(
        f"{name} {percent(share)}"
        for name, share in zip(DIRECTIONS, figures.class_shares, strict=True)
    )
    return panel(
        "What came, what was named",
        note(f"Untouched stretch. Of its bars: {shares}."),
        confusion_table(figures.confusion),
    )


def _folds(evaluation: Evaluation) -> Markup:
    return panel(
        "Skill over time",
        note(
            "Walk-forward: each fold is fitted and calibrated on its own past only, and its first"
            " bars are left out as far as a label reaches. Nothing was fitted, chosen or"
            " calibrated on the untouched stretch; this is the very model that is stored."
        ),
        fold_skill(evaluation),
    )


def _importance(card: ModelCard) -> Markup:
    ranked = sorted(card.importance.items(), key=lambda one: -one[1])
    rows = [(name, figure(value)) for name, value in ranked]
    return panel(
        "What moves its answers",
        note("Mean absolute contribution on the untouched stretch, in log-odds."),
        importance_bars(card.importance),
        folded("As a table", data_table("log-odds", ("Feature", "Contribution"), rows)),
    )


def _all_figures(evaluation: Evaluation) -> Markup:
    stretches = [
        *((f"from {day(one.from_ms)}", one) for one in evaluation.folds),
        ("all folds", evaluation.walk_forward),
        ("untouched", evaluation.untouched),
    ]
    summed = frozenset({len(stretches) - 2, len(stretches) - 1})
    return panel(
        "Every unseen stretch",
        data_table(
            "log-losses are natural, a bar; the prior is of the bars before the stretch; over own:"
            " the skill over the stretch's own class shares, which nobody knew beforehand",
            FIGURES_HEADS,
            [_figures_row(name, one) for name, one in stretches],
            summed,
        ),
        data_table(
            "accuracy, beside what it has to beat",
            ACCURACY_HEADS,
            [_accuracy_row(name, one) for name, one in stretches],
            summed,
        ),
        wide=True,
    )


def _figures_row(name: str, one: Figures) -> tuple[str, ...]:
    return (
        name,
        count(one.bars),
        figure(one.log_loss),
        figure(one.prior_log_loss),
        percent(one.skill, 2),
        percent_interval(one.skill_low, one.skill_high),
        percent(1 - one.log_loss / one.own_prior_log_loss, 2),
        percent(one.expected_calibration_error, 2),
        figure(one.brier),
    )


def _accuracy_row(name: str, one: Figures) -> tuple[str, ...]:
    return (
        name,
        percent(one.accuracy),
        percent(one.majority_rate),
        percent(one.balanced_accuracy),
        percent(1 / 3),
    )

"""What the model is, whether it may serve, and its figures, each beside what it has to beat."""

from ml_service.learning.evaluation import Figures
from ml_service.registry.model_card import ModelCard
from ml_service.report.markup import Markup, tag
from ml_service.report.wording import count, day, figure, moment, percent, percent_interval
from trading_core.symbol import Symbol


def title(card: ModelCard) -> str:
    return f"{Symbol.parse(card.symbol).slashed} {card.timeframe}: {card.feature_set} model"


def header(card: ModelCard) -> Markup:
    ahead, threshold = card.look_ahead_bars, percent(card.threshold)
    asked = f"up, neutral or down by more than {threshold}, {ahead} bars after the close"
    data = f"{day(card.fit.from_ms)} to {day(card.untouched.until_ms)}"
    return tag(
        "header",
        tag("h1", title(card)),
        tag("p", card.model_id, class_="id"),
        tag("p", f"Says {asked}. Made of {data}, trained {moment(card.trained_at_ms)}."),
        _verdict(card),
    )


def _verdict(card: ModelCard) -> Markup:
    passed = card.gate.passed
    return tag(
        "div",
        tag("strong", "Skill gate passed" if passed else "Skill gate not passed: it never serves"),
        card.gate.sentence,
        class_=f"verdict {'passed' if passed else 'refused'}",
    )


def headline(figures: Figures) -> Markup:
    """Of the untouched stretch."""
    return tag(
        "div",
        _card(
            "Skill over the prior",
            percent(figures.skill, 2),
            f"95 % interval {percent_interval(figures.skill_low, figures.skill_high)};"
            f" with 99 % confidence above {percent(figures.skill_lower_bound, 2)}",
        ),
        _card(
            "Log-loss",
            figure(figures.log_loss),
            f"class prior {figure(figures.prior_log_loss)};"
            f" the stretch's own shares {figure(figures.own_prior_log_loss)}",
        ),
        _card(
            "Calibration error",
            percent(figures.expected_calibration_error, 2),
            f"expected, over {count(figures.bars)} bars; 0 % is perfect",
        ),
        _card("Balanced accuracy", percent(figures.balanced_accuracy), f"chance {percent(1 / 3)}"),
        _card(
            "Accuracy",
            percent(figures.accuracy),
            f"always naming the commonest class {percent(figures.majority_rate)}",
        ),
        _card("Brier score", figure(figures.brier), f"class prior {figure(figures.prior_brier)}"),
        class_="cards",
    )


def _card(name: str, value: str, beside: str) -> Markup:
    return tag(
        "div",
        tag("h2", name),
        tag("div", value, class_="value"),
        tag("p", beside, class_="note"),
        class_="card",
    )

"""The panels of what the model was made of, what was tried, and how to make it again."""

from collections.abc import Mapping, Sequence

from ml_service.learning.evaluation import Configuration
from ml_service.registry.model_card import ModelCard
from ml_service.report.data_table import data_table, note, panel
from ml_service.report.markup import Markup, join, tag
from ml_service.report.reproduce import reproduce
from ml_service.report.stretch_timeline import stretch_timeline, stretches
from ml_service.report.wording import count, day, figure, percent

CONFIGURATION_HEADS = ("Features", "Parameters", "Class weights", "Log-loss", "Skill")


def provenance(card: ModelCard) -> Markup:
    return join(_stretches(card), _left_out(card), _configurations(card), _reproduce(card))


def _stretches(card: ModelCard) -> Markup:
    rows = [
        (_swatch(name, class_), day(one.from_ms), day(one.until_ms), count(one.bars))
        for name, class_, one in stretches(card)
    ]
    return panel(
        "What the bars were used for",
        stretch_timeline(card),
        data_table("labelled bars", ("Stretch", "From", "Until", "Bars"), rows),
    )


def _swatch(name: str, class_: str) -> Markup:
    return join(tag("span", "", class_=f"swatch {class_}"), " ", name)


def _left_out(card: ModelCard) -> Markup:
    dropped = [(reason.replace("_", " "), count(bars)) for reason, bars in card.dropped.items()]
    compared = sorted(card.evaluation.calibrators.items(), key=lambda one: one[1])
    calibrators = [(name, figure(loss, 5)) for name, loss in compared]
    used = frozenset(n for n, one in enumerate(compared) if one[0] == card.calibrator.kind)
    return panel(
        "Left out, and calibrated",
        data_table("bars that were left out", ("Why", "Bars"), dropped),
        data_table(
            "calibrators, by cross-fitting on the calibration stretch",
            ("Calibrator", "Log-loss"),
            calibrators,
            used,
        ),
    )


def _configurations(card: ModelCard) -> Markup:
    ranked = sorted(card.evaluation.configurations, key=lambda one: one.log_loss)
    shared = _shared([one.parameters for one in ranked])
    return panel(
        f"{len(ranked)} configurations were tried",
        note(
            "Compared by walk-forward before the untouched stretch. The more are tried, the better"
            " the best one looks by luck alone: believe the untouched stretch. The features of"
            " scale_free had been chosen before among about 90 sets, on ETH and BTC up to 2023."
        ),
        data_table(
            f"best first, the chosen one stands out; in all of them: {_parameters(shared)}",
            CONFIGURATION_HEADS,
            [_configuration_row(one, shared) for one in ranked],
            frozenset(n for n, one in enumerate(ranked) if one.chosen),
        ),
        wide=True,
    )


def _configuration_row(one: Configuration, shared: Mapping[str, float]) -> tuple[str, ...]:
    own = {name: value for name, value in one.parameters.items() if name not in shared}
    return (
        one.feature_set,
        _parameters(own),
        "yes" if one.class_weights else "no",
        figure(one.log_loss),
        percent(one.skill, 2),
    )


def _shared(all_parameters: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Those that are alike everywhere."""
    first, *others = all_parameters or [{}]
    return {
        name: value
        for name, value in first.items()
        if all(one.get(name) == value for one in others)
    }


def _parameters(parameters: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in parameters.items()) or "–"


def _reproduce(card: ModelCard) -> Markup:
    return panel(
        "How to make it again",
        note("On the same candles and packages this makes the same bytes and the same id."),
        tag("pre", tag("code", reproduce(card))),
        _facts(
            {
                "Candles, SHA-256": card.candles_hash,
                "Trees, SHA-256": card.trees_sha256,
                "Features": f"{card.feature_set} version {card.feature_version},"
                f" {len(card.feature_names)} features, {card.feature_hash}",
                "Parameters": _parameters(card.parameters),
                "Rounds": count(card.rounds),
                "Class weights": _weights(card),
                "Seed": str(card.seed),
                "Packages": ", ".join(f"{name} {made}" for name, made in card.packages.items()),
            }
        ),
        wide=True,
    )


def _weights(card: ModelCard) -> str:
    if card.class_weights is None:
        return "none"
    return ", ".join(f"{weight:g}" for weight in card.class_weights)


def _facts(facts: Mapping[str, str]) -> Markup:
    return tag("dl", *(join(tag("dt", name), tag("dd", value)) for name, value in facts.items()))

import numpy as np
import pytest

from ml_service.learning.anchor import EVEN, anchor
from ml_service.learning.calibration import (
    fit_calibration,
    fit_isotonic,
    fit_temperature,
    probabilities,
)
from ml_service.learning.figures import log_losses

ROWS = 3_000


def drawn(sharpness: float, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Margins, and classes that come as often as `sharpness` times the margins say."""
    random = np.random.default_rng(seed)
    margins = random.normal(0, 1, (ROWS, 3)).astype(np.float32)
    gumbel = random.gumbel(size=(ROWS, 3))
    return margins, np.argmax(sharpness * margins + gumbel, axis=1)


EVENLY = anchor(np.repeat([0, 1, 2], 1_000), None)


def test_the_temperature_undoes_overconfidence() -> None:
    margins, classes = drawn(sharpness=0.5)
    record = fit_temperature(margins.astype(np.float64), classes, EVENLY)
    assert record.temperature == pytest.approx(2, rel=0.15)


def test_without_any_skill_the_temperature_leaves_the_shares_that_were_fitted_on() -> None:
    random = np.random.default_rng(8)
    classes = random.choice(3, ROWS, p=[0.2, 0.7, 0.1])
    known = anchor(classes, None)
    noise = random.normal(0, 1, (ROWS, 3)) + np.array(known.weighted)
    found = np.array(probabilities(fit_temperature(noise, classes, known), noise))
    assert found.mean(axis=0) == pytest.approx(np.exp(known.true), abs=0.005)
    assert found.std(axis=0).max() < 0.03


def test_weights_of_the_fit_are_taken_back() -> None:
    classes = np.repeat([0, 1, 1, 2], 100)
    weighted = anchor(classes, (4 / 3, 2 / 3, 4 / 3))
    assert np.exp(weighted.weighted) == pytest.approx([1 / 3] * 3, abs=0.002)
    assert np.exp(weighted.true) == pytest.approx([0.25, 0.5, 0.25], abs=0.002)
    assert anchor(classes, EVEN) == anchor(classes, None)


def test_isotonic_curves_rise() -> None:
    margins, classes = drawn(sharpness=1)
    curves = fit_isotonic(margins.astype(np.float64), classes, EVENLY).curves
    assert curves is not None
    for curve in curves:
        xs, ys = zip(*curve, strict=True)
        assert list(xs) == sorted(set(xs))
        assert list(ys) == sorted(ys)


def test_the_kind_that_is_worth_more_on_unseen_rows_is_taken() -> None:
    margins, classes = drawn(sharpness=1)
    bent = np.sign(margins) * np.abs(margins) ** 3
    for told, kind in ((margins, "temperature"), (bent, "isotonic")):
        found = fit_calibration(told, classes, EVENLY, gap=10)
        assert found.record.kind == kind
        assert min(found.log_losses, key=lambda one: found.log_losses[one]) == kind


def test_calibrating_costs_nothing_where_all_is_well() -> None:
    margins, classes = drawn(sharpness=1)
    found = fit_calibration(margins, classes, EVENLY, gap=10)
    said = np.array(probabilities(found.record, margins))
    plain = np.exp(margins) / np.exp(margins).sum(axis=1, keepdims=True)
    assert log_losses(said, classes).mean() <= log_losses(plain, classes).mean() + 1e-9


def test_a_class_that_hardly_came_leaves_only_the_temperature() -> None:
    margins, classes = drawn(sharpness=1)
    few = np.where(np.arange(ROWS) % 2 == 0, classes, np.minimum(classes, 1))
    few[100:] = np.minimum(few[100:], 1)
    assert list(fit_calibration(margins, few, EVENLY, gap=10).log_losses) == ["temperature"]

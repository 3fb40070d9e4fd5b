import numpy as np
import pytest

from lessons import HONEST, lesson_data
from ml_service.learning.choose import SMALL_PARAMETER_SETS
from ml_service.learning.dataset import Dataset, LabelRule, build_dataset
from ml_service.learning.fit import balanced_weights, fit_matrices, fit_trees
from ml_service.learning.forest import Forest
from ml_service.learning.stretches import parts

PARAMETERS = SMALL_PARAMETER_SETS[0]


@pytest.fixture(scope="module")
def rows() -> Dataset:
    return build_dataset(lesson_data(500), HONEST, LabelRule())


def fitted(rows: Dataset, seed: int = 1) -> Forest:
    return fit_trees(fit_matrices(rows, parts(len(rows), 10), None), PARAMETERS, seed).forest


def test_the_same_rows_and_seed_give_the_same_bytes(rows: Dataset) -> None:
    assert fitted(rows).ubj == fitted(rows).ubj
    assert fitted(rows).ubj != fitted(rows, seed=2).ubj


def test_trees_answer_the_same_once_they_are_read_back(rows: Dataset) -> None:
    forest = fitted(rows)
    again = Forest.of(forest.ubj, 2)
    assert again.margins(rows.features).tobytes() == forest.margins(rows.features).tobytes()


def test_trees_are_refused_where_they_are_of_another_shape(rows: Dataset) -> None:
    with pytest.raises(ValueError, match="take 2 features, not 3"):
        Forest.of(fitted(rows).ubj, 3)


@pytest.mark.parametrize("ubj", [b"", b"{", b"{L\x00\x00", b"no trees"])
def test_bytes_that_end_too_early_are_never_handed_to_xgboost(ubj: bytes) -> None:
    with pytest.raises(ValueError, match="no whole UBJ"):
        Forest.of(ubj, 2)


def test_a_class_that_the_fit_lacks_leaves_finite_margins(rows: Dataset) -> None:
    two = Dataset(rows.open_time_ms, rows.features, np.minimum(rows.classes, 1), {})
    assert np.isfinite(fitted(two).margins(rows.features)).all()


def test_balanced_weights_make_every_class_as_heavy() -> None:
    classes = np.repeat([0, 1, 2], [10, 70, 20])
    weights = np.array(balanced_weights(classes))
    assert weights * [10, 70, 20] == pytest.approx([100 / 3] * 3)

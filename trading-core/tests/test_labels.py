import numpy as np

from trading_core.labels import DOWN, NEUTRAL, UP, labels


def test_labels_say_where_the_close_stands_five_bars_later() -> None:
    close = np.array([100, 100, 100, 100, 100, 101, 99, 100.4, 100.0, 99.6])
    assert labels(close).tolist() == [UP, DOWN, NEUTRAL, NEUTRAL, NEUTRAL]


def test_a_bar_whose_future_is_not_known_has_no_label() -> None:
    assert len(labels(np.full(5, 100.0))) == 0
    assert len(labels(np.full(8, 100.0))) == 3


def test_a_move_of_exactly_the_threshold_is_neutral() -> None:
    assert labels(np.array([128.0, 192.0]), 1, 0.5).tolist() == [NEUTRAL]
    assert labels(np.array([128.0, 64.0]), 1, 0.5).tolist() == [NEUTRAL]

"""Time-ordered stretches of rows, with gaps that no label and no neighbour reaches across.

fit | gap | early stopping | gap | calibration | gap | untouched

A gap is twice the look-ahead: a label needs that many bars after its own (the purge), and as many
more are left out because neighbours resemble one another (the embargo). It is counted in rows,
which is never less than in bars: where bars were dropped, it reaches further.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml_service.learning.errors import ClassMissingError, TooLittleDataError

CLASS_NAMES: Final = ("down", "neutral", "up")
LEAST_ROWS: Final = 300
UNTOUCHED_SHARE: Final = 1 / 8
EARLY_STOPPING_SHARE: Final = 0.1
CALIBRATION_SHARE: Final = 0.1
"""Of the rows before the untouched stretch."""
LEAST_UNTOUCHED: Final = 50
LEAST_PART: Final = 40
"""Rows of early stopping and of calibration."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows for fitting, for finding when to stop, and for calibrating: in this order of time."""

    fit: slice
    early_stopping: slice
    calibration: slice


def gap_rows(look_ahead_bars: int) -> int:
    return 2 * look_ahead_bars


def first_untouched(
    open_time_ms: NDArray[np.int64], gap: int, untouched_from_ms: int | None
) -> int:
    """The first row of the last stretch, which nothing that is fitted may see.

    Raises TooLittleDataError where it or what is before it is too short.
    """
    rows = len(open_time_ms)
    _refuse_too_few(rows)
    if untouched_from_ms is None:
        return rows - max(LEAST_UNTOUCHED, int(rows * UNTOUCHED_SHARE))
    first = int(np.searchsorted(open_time_ms, untouched_from_ms))
    if rows - first < LEAST_UNTOUCHED:
        raise TooLittleDataError(
            f"only {rows - first} labelled bars are kept for the test, {LEAST_UNTOUCHED} are "
            "needed; let it begin earlier"
        )
    if first - gap < LEAST_ROWS - LEAST_UNTOUCHED:
        raise TooLittleDataError(
            f"only {first} labelled bars come before the test, {LEAST_ROWS} are needed; "
            "let it begin later, or collect more history"
        )
    return first


def parts(rows: int, gap: int) -> Parts:
    """Of the rows before whatever is to be predicted; the gap before that is taken off.

    Calibrators are compared on two parts of the calibration rows with a gap between.
    Raises TooLittleDataError where nothing is left to fit on.
    """
    end = rows - gap
    calibration = max(LEAST_PART, 3 * gap, int(end * CALIBRATION_SHARE))
    early_stopping = max(LEAST_PART, int(end * EARLY_STOPPING_SHARE))
    first_calibration = end - calibration
    first_early = first_calibration - gap - early_stopping
    fit_end = first_early - gap
    if fit_end < LEAST_PART:
        raise TooLittleDataError(
            f"the {rows} labelled bars before a test leave too few to fit on; collect more history"
        )
    return Parts(
        slice(0, fit_end),
        slice(first_early, first_calibration - gap),
        slice(first_calibration, end),
    )


def refuse_missing_classes(classes: NDArray[np.int64], of: Parts) -> None:
    """Raises ClassMissingError where the rows that are fitted on lack one of the three."""
    for index, name in enumerate(CLASS_NAMES):
        if index not in classes[of.fit]:
            raise ClassMissingError(
                f"none of the {of.fit.stop} bars to fit on is labelled {name}; look further back, "
                "or lower the threshold"
            )


def _refuse_too_few(rows: int) -> None:
    if rows < LEAST_ROWS:
        raise TooLittleDataError(
            f"there are {rows} labelled bars, and it takes {LEAST_ROWS} to fit, calibrate and test "
            "a model; collect more history, or look further back"
        )

"""`python -m patterns_service.detect_history`: scan all stored history and store what is found."""

import sys
from functools import partial

from patterns_service.patterns_store import PatternsStore
from patterns_service.scan_history import scan_history
from service_kit.candle_windows import CandleWindows
from service_kit.database import Database
from service_kit.history_work import Done, Work, run_history_command
from service_kit.series import Series
from trading_core.time_range import TimeRange


def detection(database: Database, series: Series) -> Work:
    windows, store = CandleWindows(database), PatternsStore(database)
    return partial(detect_piece, windows, store, series)


async def detect_piece(
    windows: CandleWindows, store: PatternsStore, series: Series, piece: TimeRange
) -> Done:
    """Raises StoreUnavailableError."""
    scanned = await scan_history(windows, series, piece)
    return Done(await store.save(series, scanned.scan), scanned.left_out)


if __name__ == "__main__":
    sys.exit(run_history_command("Look for patterns over history and store them.", detection))

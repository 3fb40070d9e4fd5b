"""`python -m analysis_service.calculate_history`: compute and store all stored history."""

import sys
from functools import partial

from analysis_service.compute_history import compute_history
from analysis_service.indicators_store import IndicatorsStore
from service_kit.candle_windows import CandleWindows
from service_kit.database import Database
from service_kit.history_work import Done, Work, run_history_command
from service_kit.series import Series
from trading_core.time_range import TimeRange


def calculation(database: Database, series: Series) -> Work:
    windows, store = CandleWindows(database), IndicatorsStore(database)
    return partial(calculate_piece, windows, store, series)


async def calculate_piece(
    windows: CandleWindows, store: IndicatorsStore, series: Series, piece: TimeRange
) -> Done:
    """Raises StoreUnavailableError."""
    computed = await compute_history(windows, series, piece)
    return Done(await store.save(series, computed.indicators), computed.left_out)


if __name__ == "__main__":
    sys.exit(run_history_command("Compute and store indicators over history.", calculation))

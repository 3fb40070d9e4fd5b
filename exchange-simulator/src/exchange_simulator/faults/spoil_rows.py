"""An answer of klines with wrong candles among its rows."""

from collections.abc import Sequence

import orjson

from exchange_simulator.faults.candle_kinds import CANDLE_KINDS, Moment, Row
from exchange_simulator.random_source import Source, coin


def spoil_rows(
    kind: str, rows: Sequence[Row], source: Source, moment: Moment
) -> tuple[list[Row], int]:
    """The rows, and how many of them were picked to be spoilt: about half."""
    picked = [place for place in range(len(rows)) if coin(source)]
    return CANDLE_KINDS[kind].rows(rows, picked, source, moment), len(picked)


def read_rows(body: bytes) -> list[Row]:
    rows: list[Row] = orjson.loads(body)
    return rows


def write_rows(rows: Sequence[Row]) -> bytes:
    return orjson.dumps(rows)

"""Each row of a file judged as a candle of its series, in the order of the file."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from market_service.errors import InvalidCandleError
from market_service.exact_candle import ExactCandle, read_candle
from market_service.import_candles.errors import FileRefusedError
from market_service.import_candles.file_row import BadRow, FileRow
from market_service.import_candles.shown_text import shown_text
from service_kit.series import Series

LISTED: Final = 20
LATEST_MS: Final = 4_102_444_800_000
"""2100-01-01; a larger time is in microseconds, as in the exchange's files since 2025."""

_TIME: Final = re.compile(r"[0-9]{1,17}")
_RULES: Final = {
    "bad_time": "its times are not those of one {timeframe} bar",
    "bad_number": "its figures are not all plain decimals of at most 8 places",
    "bad_range": "its low is not lowest, its high not highest, or a price not above zero",
}


class RowCheck:
    """What is known of a file while its rows go by."""

    def __init__(self, series: Series, now_ms: int, first_available_ms: int) -> None:
        self._series = series
        self._now_ms = now_ms
        self._first_available_ms = first_available_ms
        self._previous_ms: int | None = None
        self._pairs = 0
        self._adjacent_pairs = 0
        self.rows = 0
        self.bad_count = 0
        self.bad_rows: list[BadRow] = []
        """The first `LISTED`."""
        self.first_ms: int | None = None
        self.last_ms: int | None = None

    def candles(self, rows: Iterable[FileRow | BadRow]) -> Iterator[ExactCandle]:
        """Those that are candles; the others are counted."""
        for row in rows:
            self.rows += 1
            judged = self._judge(row)
            if isinstance(judged, BadRow):
                self._count_bad(judged)
                continue
            if self.first_ms is None:
                self.first_ms = judged.open_ms
            self.last_ms = judged.open_ms
            yield judged

    def refuse_other_spacing(self) -> None:
        """Raises FileRefusedError where the rows are of another timeframe than was said."""
        if self._adjacent_pairs * 2 < self._pairs:
            raise FileRefusedError(
                f"most of its rows are not {self._series.timeframe} apart, "
                "as its name or --timeframe says"
            )

    def _judge(self, row: FileRow | BadRow) -> ExactCandle | BadRow:
        if isinstance(row, BadRow):
            return row
        open_time = _milliseconds(row.open_time)
        if open_time is None:
            return BadRow(row.number, f"its time {shown_text(row.open_time)!r} is no number")
        open_ms, unit = open_time
        self._note_spacing(open_ms)
        reason = self._wrong_time(open_ms)
        if reason is not None:
            return BadRow(row.number, reason, open_ms)
        try:
            last_ms = self._last_ms(row, open_ms, unit)
            return read_candle(self._series, open_ms, last_ms, row.figures)
        except InvalidCandleError as error:
            rule = _RULES[error.reason].format(timeframe=self._series.timeframe)
            said = shown_text(", ".join(row.figures))
            return BadRow(row.number, f"{rule} ({said})", open_ms)

    def _note_spacing(self, open_ms: int) -> None:
        if self._previous_ms is not None:
            self._pairs += 1
            self._adjacent_pairs += open_ms - self._previous_ms == self._series.bar_ms
        self._previous_ms = open_ms

    def _wrong_time(self, open_ms: int) -> str | None:
        series = self._series
        if not series.timeframe.is_aligned(open_ms):
            return f"no {series.timeframe} bar opens then"
        if self.last_ms is not None and open_ms <= self.last_ms:
            return "it does not come after the row before it"
        if open_ms + series.bar_ms > self._now_ms:
            return "its bar has not closed yet"
        if open_ms < self._first_available_ms:
            return "the exchange of this market has no bar so early"
        return None

    def _last_ms(self, row: FileRow, open_ms: int, unit: int) -> int | None:
        """The bar's last millisecond; None, which no bar has, where the row's own differs."""
        last_ms = open_ms + self._series.bar_ms - 1
        if row.close_time is None or row.close_time == str((last_ms + 1) * unit - 1):
            return last_ms
        return None

    def _count_bad(self, row: BadRow) -> None:
        self.bad_count += 1
        if len(self.bad_rows) < LISTED:
            self.bad_rows.append(row)


def _milliseconds(text: str) -> tuple[int, int] | None:
    """A time in milliseconds, and how many of the row's units one is; None for no time."""
    if not _TIME.fullmatch(text):
        return None
    time = int(text)
    if time <= LATEST_MS:
        return time, 1
    return (time // 1_000, 1_000) if time % 1_000 == 0 else None

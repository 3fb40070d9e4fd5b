"""What can be wrong with a file.

FileRefusedError              nothing of the file is imported; `sentence` says why
├── RowsRefusedError          rows of it are no candles of its series
└── DifferentCandlesError     other values are stored for bars that it has
"""

from collections.abc import Sequence

from market_service.candle_store import Difference
from market_service.import_candles.file_row import BadRow


class FileRefusedError(Exception):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class RowsRefusedError(FileRefusedError):
    def __init__(self, rows: int, count: int, first: Sequence[BadRow]) -> None:
        super().__init__(
            f"{count:,} of its {rows:,} rows cannot be stored; nothing was imported "
            "(--skip-bad-rows imports the others)"
        )
        self.rows, self.count, self.first = rows, count, tuple(first)


class DifferentCandlesError(FileRefusedError):
    def __init__(self, count: int, first: Sequence[Difference]) -> None:
        super().__init__(
            f"the database has other values for {count:,} of its bars; nothing was imported "
            "(--replace stores the file's and keeps the others as revisions)"
        )
        self.count, self.first = count, tuple(first)

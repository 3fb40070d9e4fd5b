from service_kit.history_work import PIECE_BARS, Done, Progress, pieces
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.time_range import TimeRange
from trading_core.timeframe import WINDOW_BARS, Timeframe

BAR_MS = Timeframe.M5.duration_ms
PIECE_MS = PIECE_BARS * BAR_MS


def test_pieces_follow_one_another_and_begin_with_blocks() -> None:
    span = TimeRange(3 * PIECE_MS - 7 * BAR_MS, 6 * PIECE_MS + BAR_MS)
    found = list(pieces(Timeframe.M5, span))
    assert [one.end_ms for one in found[:-1]] == [one.start_ms for one in found[1:]]
    assert (found[0].start_ms, found[-1].end_ms) == (span.start_ms, span.end_ms)
    assert [one.start_ms // PIECE_MS for one in found] == [2, 3, 4, 5, 6]
    assert all(one.start_ms % (WINDOW_BARS * BAR_MS) == 0 for one in found[1:])


def test_a_short_span_is_one_piece() -> None:
    span = TimeRange(PIECE_MS, PIECE_MS + BAR_MS)
    assert list(pieces(Timeframe.M5, span)) == [span]


def test_a_line_of_progress_is_json_in_the_contracts_spelling() -> None:
    series = Series(Symbol("ETH", "USDT"), Timeframe.M5)
    progress = Progress(series, done=20, total=50, result=Done(7, 1) + Done(2, 2))
    assert progress.to_json() == (
        b'{"symbol":"ETHUSDT","timeframe":"5m","done":20,"total":50,"stored":9,"leftOut":3}'
    )

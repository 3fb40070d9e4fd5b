import asyncio

from api_gateway.make_snapshot import MakeSnapshot
from fake_room_log import ROOM
from service_kit.candle_queries import CandleRow
from service_kit.errors import ServiceError, StoreUnavailableError, UnavailableError
from service_kit.room import Room

ROW: CandleRow = (0, 1.0, 2.0, 0.5, 1.5, 9.0)


class Sibling:
    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, str | int] | None]] = []

    async def get(
        self,
        path: str,
        answer: type[object],  # noqa: ARG002 - the port's signature
        params: dict[str, str | int] | None = None,
    ) -> object:
        self.asked.append((path, params))
        await asyncio.sleep(0)
        if isinstance(self.answer, ServiceError):
            raise self.answer
        return self.answer


class Candles:
    def __init__(self, found: CandleRow | None = ROW, *, is_away: bool = False) -> None:
        self.found = found
        self.is_away = is_away

    async def newest(self, room: Room) -> CandleRow | None:
        assert room == ROOM
        if self.is_away:
            raise StoreUnavailableError("away")
        return self.found


async def test_a_snapshot_shows_the_latest_of_everything() -> None:
    analysis, signals = Sibling({"indicators": {"rsi": "50"}}), Sibling({"id": "s"})
    snapshot = await MakeSnapshot(Candles(), analysis, signals).of(ROOM, "e", 7)
    assert snapshot == {
        "room": "ETH/USDT_1m",
        "epoch": "e",
        "seq": 7,
        "signal": {"id": "s"},
        "indicators": {"rsi": "50"},
        "candle": ROW,
        "absent": [],
    }
    params = {"symbol": "ETHUSDT", "timeframe": "1m"}
    assert signals.asked == [("/api/signals/latest", params)]
    assert analysis.asked == [("/api/analysis/indicators", params)]


async def test_what_cannot_be_had_is_named_and_nothing_is_invented() -> None:
    away = Sibling(UnavailableError("away"))
    snapshot = await MakeSnapshot(Candles(is_away=True), away, away).of(ROOM, "e", 7)
    assert (snapshot["signal"], snapshot["indicators"], snapshot["candle"]) == (None, None, None)
    assert snapshot["absent"] == ["signal", "indicators", "candle"]


async def test_there_may_be_nothing_yet() -> None:
    nothing = Sibling(None)
    snapshot = await MakeSnapshot(Candles(None), nothing, nothing).of(ROOM, "e", 0)
    assert (snapshot["signal"], snapshot["candle"], snapshot["absent"]) == (None, None, [])


async def test_who_asks_for_the_same_at_once_gets_the_same() -> None:
    signals = Sibling({"id": "s"})
    maker = MakeSnapshot(Candles(), Sibling(None), signals)
    await asyncio.gather(*(maker.of(ROOM, "e", 7) for _ in range(50)))
    assert len(signals.asked) == 1
    await maker.of(ROOM, "e", 7)
    assert len(signals.asked) == 2

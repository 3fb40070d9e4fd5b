import asyncio
from dataclasses import dataclass, field

import pytest

from api_gateway.shape_status import Gathered
from api_gateway.status_board import FRESH_SECONDS, StatusBoard
from service_kit.events import FeedState, FeedStatus

NOTHING = Gathered(
    event_time_ms=0,
    wall_ms=0,
    speed=1.0,
    heard=FeedState(state=FeedStatus.OFFLINE, age_ms=None, source="x", kind="live"),
    services={},
    market=None,
    decisions=None,
    models=None,
    jobs=None,
)


@dataclass
class Siblings:
    asked: int = 0
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    seconds: float = 100.0

    async def gather(self) -> Gathered:
        self.asked += 1
        await self.answers.wait()
        return NOTHING

    def board(self) -> StatusBoard:
        return StatusBoard(self.gather, (), lambda: self.seconds)


async def test_those_who_ask_meanwhile_are_answered_together() -> None:
    siblings = Siblings()
    board = siblings.board()
    waiting = [asyncio.create_task(board.read()) for _ in range(5)]
    await asyncio.sleep(0)
    siblings.answers.set()
    assert len(set(await asyncio.gather(*waiting))) == 1
    assert siblings.asked == 1


async def test_an_answer_is_kept_for_a_moment() -> None:
    siblings = Siblings()
    siblings.answers.set()
    board = siblings.board()
    await board.read()
    siblings.seconds += FRESH_SECONDS * 0.9
    await board.read()
    assert siblings.asked == 1
    siblings.seconds += FRESH_SECONDS * 0.2
    await board.read()
    assert siblings.asked == 2


async def test_one_who_gives_up_spoils_it_for_nobody() -> None:
    siblings = Siblings()
    board = siblings.board()
    hurried, patient = (asyncio.create_task(board.read()) for _ in range(2))
    await asyncio.sleep(0)
    hurried.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hurried
    siblings.answers.set()
    assert b'"services":[]' in await patient
    assert siblings.asked == 1

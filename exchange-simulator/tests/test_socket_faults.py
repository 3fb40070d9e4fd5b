from collections.abc import Callable
from typing import Any, Protocol

import pytest

from exchange_simulator.faults.connections import WIRE
from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.script import read_script
from exchange_simulator.faults.socket_faults import SocketFaults
from exchange_simulator.subscriptions import Listener

pytestmark = pytest.mark.anyio

Armed = Callable[..., FaultDesk]


class Wall(Protocol):
    ms: float


class Socket:
    """A handshake, and a wire that notes what is done to it."""

    def __init__(self) -> None:
        self.scope = {"extensions": {WIRE: self}}
        self.done: list[str] = []
        self.listener = Listener(wrapped=False)

    def abort(self) -> None:
        self.done.append("abort")

    def freeze(self) -> None:
        self.done.append("freeze")

    async def send_denial_response(self, response: Any) -> None:  # noqa: ANN401 - starlette's
        self.done.append(f"denied {response.status_code}")

    @property
    def as_websocket(self) -> Any:  # noqa: ANN401 - stands for starlette's WebSocket
        return self


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        ({"kind": "drop_sockets", "at": 1}, ["abort"]),
        ({"kind": "refuse_sockets", "at": 1, "for": 5}, ["abort"]),
        ({"kind": "half_open", "at": 1}, ["freeze"]),
    ],
)
async def test_what_exists_when_it_begins_is_hit_once(
    armed: Armed, wall: Wall, fault: dict[str, object], done: list[str]
) -> None:
    wall.ms = 0
    faults, gone, there, new = SocketFaults(armed(fault)), Socket(), Socket(), Socket()
    with faults.reaching(gone.as_websocket, gone.listener):
        faults.begin_due()
    with faults.reaching(there.as_websocket, there.listener):
        wall.ms = 1_000
        faults.begin_due()
        with faults.reaching(new.as_websocket, new.listener):
            faults.begin_due()
    assert (gone.done, there.done, new.done) == ([], done, [])
    assert faults.desk.tally(faults.desk.faults[0]).bites == 1


async def test_a_silent_connection_is_sent_nothing_more(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    faults = SocketFaults(armed({"kind": "silent_stream", "at": 1, "for": 2}))
    old, new = Socket(), Socket()
    with faults.reaching(old.as_websocket, old.listener):
        wall.ms = 1_000
        faults.begin_due()
        wall.ms = 9_000
        old.listener.offer("late")
        new.listener.offer("fine")
    assert (old.listener.frames.qsize(), new.listener.frames.qsize()) == (0, 1)


async def test_the_day_of_a_connection_may_end_early(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    faults, socket = SocketFaults(armed({"kind": "expire_connections", "at": 1})), Socket()
    with faults.reaching(socket.as_websocket, socket.listener):
        wall.ms = 1_000
        faults.begin_due()
    assert socket.listener.ended.is_set()
    assert socket.listener.ending.code == 1001


async def test_a_shutdown_is_announced_before_the_close(armed: Armed, wall: Wall) -> None:
    wall.ms = 0
    faults, socket = SocketFaults(armed({"kind": "server_shutdown", "at": 1})), Socket()
    with faults.reaching(socket.as_websocket, socket.listener):
        wall.ms = 1_000
        faults.begin_due()
    now_ms = faults.desk.exchange_clock.now_ms()
    assert socket.listener.frames.get_nowait() == f'{{"e":"serverShutdown","E":{now_ms}}}'
    assert not socket.listener.ended.is_set()


async def test_handshakes_are_refused_or_cut_while_sockets_are_refused(
    armed: Armed, wall: Wall
) -> None:
    wall.ms = 0
    faults = SocketFaults(armed({"kind": "refuse_sockets", "at": 1, "for": 5}))
    assert not await faults.refused(Socket().as_websocket)
    wall.ms = 1_000
    sockets = [Socket() for _ in range(20)]
    assert all([await faults.refused(socket.as_websocket) for socket in sockets])
    assert {tuple(socket.done) for socket in sockets} == {
        ("denied 503",),
        ("abort", "denied 503"),
    }
    wall.ms = 6_000
    assert not await faults.refused(Socket().as_websocket)


async def test_what_began_before_a_restart_is_not_begun_again_but_a_new_script_is(
    armed: Armed,
) -> None:
    fault = {"kind": "drop_sockets", "at": 0}
    faults, socket = SocketFaults(armed(fault)), Socket()
    with faults.reaching(socket.as_websocket, socket.listener):
        faults.begin_due()
        assert socket.done == []
        faults.desk.arm(read_script({"seed": 1, "faults": [fault]}))
        faults.begin_due()
        assert socket.done == ["abort"]

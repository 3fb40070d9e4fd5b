"""Carries out in time what a script says; what happens at a question's time needs no loop."""

import asyncio
from typing import Final

from exchange_simulator.faults.fault_desk import FaultDesk
from exchange_simulator.faults.revision_notices import RevisionNotices
from exchange_simulator.faults.socket_faults import SocketFaults

TICK_SECONDS: Final = 0.05
TICKS_BETWEEN_SAVES: Final = 10


async def run_faults(desk: FaultDesk, sockets: SocketFaults, notices: RevisionNotices) -> None:
    ticks = 0
    while True:
        desk.arm_waiting()
        sockets.begin_due()
        notices.send_due()
        ticks += 1
        if ticks % TICKS_BETWEEN_SAVES == 0:
            desk.save_tallies()
        await asyncio.sleep(TICK_SECONDS)

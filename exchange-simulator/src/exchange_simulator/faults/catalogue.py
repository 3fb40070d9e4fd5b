"""Every kind of fault by its name, and what a script says about one."""

from collections.abc import Mapping
from typing import Final

from exchange_simulator.faults.answer_kinds import ANSWER_KINDS, CONNECTION_KINDS, REFUSAL_KINDS
from exchange_simulator.faults.entries import FaultEntry
from exchange_simulator.faults.frame_kinds import STREAM_KINDS
from exchange_simulator.faults.market_kinds import MARKET_KINDS
from exchange_simulator.faults.socket_kinds import SOCKET_KINDS

_FAMILIES: Final = (
    SOCKET_KINDS,
    CONNECTION_KINDS,
    REFUSAL_KINDS,
    ANSWER_KINDS,
    STREAM_KINDS,
    MARKET_KINDS,
)

ENTRIES: Final[Mapping[str, type[FaultEntry]]] = {
    name: kind.entry for family in _FAMILIES for name, kind in family.items()
}

"""What kind of end a connection to the stream came to."""

from websockets.exceptions import ConnectionClosed

from market_service.fault_kind import FaultKind

GOING_AWAY = 1001
"""How the exchange closes a connection that has lasted its day, and a server that goes down."""


def kind_of_loss(error: Exception) -> FaultKind:
    """Of an error that ended a connection, or an attempt at one."""
    if not isinstance(error, ConnectionClosed):
        return FaultKind.CONNECTION_REFUSED
    if error.rcvd is not None and error.rcvd.code == GOING_AWAY:
        return FaultKind.CONNECTION_EXPIRED
    return FaultKind.CONNECTION_LOST

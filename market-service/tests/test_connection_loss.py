import pytest
from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK
from websockets.frames import Close

from market_service.connection_loss import kind_of_loss
from market_service.fault_kind import FaultKind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConnectionClosedError(None, None), FaultKind.CONNECTION_LOST),
        (ConnectionClosedError(Close(1013, "busy"), None), FaultKind.CONNECTION_LOST),
        (
            ConnectionClosedOK(Close(1001, ""), Close(1001, ""), True),  # noqa: FBT003
            FaultKind.CONNECTION_EXPIRED,
        ),
        (ConnectionRefusedError(), FaultKind.CONNECTION_REFUSED),
        (TimeoutError(), FaultKind.CONNECTION_REFUSED),
    ],
)
def test_each_end_of_a_connection_has_its_name(error: Exception, kind: FaultKind) -> None:
    assert kind_of_loss(error) is kind

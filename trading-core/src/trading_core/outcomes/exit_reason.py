"""Why a position was left, and the status that its signal has from then on."""

from enum import StrEnum

from trading_core.signal_state import SignalStatus


class ExitReason(StrEnum):
    TAKE_PROFIT_1 = "take_profit_1"
    STOP = "stop"
    HORIZON = "horizon"

    @property
    def status(self) -> SignalStatus:
        return SignalStatus.EXPIRED if self is ExitReason.HORIZON else SignalStatus.CLOSED

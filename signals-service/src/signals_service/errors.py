"""Why a candle cannot be decided yet.

InputMissingError          a required input is not there: the candle waits
└── HoleError              a candle of its window is missing
"""

from service_kit.errors import CandlesMissingError


class InputMissingError(Exception):
    """`reason` names the input, for people; equal reasons are equal texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class HoleError(InputMissingError):
    """Nothing is computed across a hole; it is being healed."""

    def __init__(self, hole: CandlesMissingError) -> None:
        super().__init__(hole.message)
        self.hole = hole

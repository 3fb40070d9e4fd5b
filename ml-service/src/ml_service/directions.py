"""The three classes by name, in the order in which a classifier counts them."""

from typing import Final, Literal

Direction = Literal["down", "neutral", "up"]

DIRECTIONS: Final[tuple[Direction, ...]] = ("down", "neutral", "up")

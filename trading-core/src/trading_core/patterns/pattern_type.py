"""The ten candlestick patterns and the direction that each speaks for."""

from enum import StrEnum


class Direction(StrEnum):
    BULLISH = "bullish"
    BEARISH = "bearish"
    NEUTRAL = "neutral"

    @property
    def sign(self) -> int:
        """+1, −1 or 0."""
        return {Direction.BULLISH: 1, Direction.BEARISH: -1, Direction.NEUTRAL: 0}[self]


class PatternType(StrEnum):
    DOJI = "doji"
    HAMMER = "hammer"
    INVERTED_HAMMER = "inverted_hammer"
    SHOOTING_STAR = "shooting_star"
    BULLISH_ENGULFING = "bullish_engulfing"
    BEARISH_ENGULFING = "bearish_engulfing"
    MORNING_STAR = "morning_star"
    EVENING_STAR = "evening_star"
    THREE_WHITE_SOLDIERS = "three_white_soldiers"
    THREE_BLACK_CROWS = "three_black_crows"

    @property
    def direction(self) -> Direction:
        return _DIRECTIONS.get(self, Direction.BULLISH)


_DIRECTIONS = {
    PatternType.DOJI: Direction.NEUTRAL,
    PatternType.SHOOTING_STAR: Direction.BEARISH,
    PatternType.BEARISH_ENGULFING: Direction.BEARISH,
    PatternType.EVENING_STAR: Direction.BEARISH,
    PatternType.THREE_BLACK_CROWS: Direction.BEARISH,
}

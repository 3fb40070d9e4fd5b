"""What the market says about its feed; and that it is offline when the market says nothing."""

from typing import Final

from service_kit.events import FeedState, FeedStatus

SILENCE_SECONDS: Final = 5.0
REPEAT_SECONDS: Final = 1.0


class FeedWatch:
    """Time is given, in seconds of any monotonic clock."""

    def __init__(self, unheard: FeedState, now: float) -> None:
        """`unheard` is what to say of a feed of which nothing was heard since `now`."""
        self.was_heard = False
        self._heard = unheard
        self._heard_at = now
        self._said: FeedState | None = None
        self._said_at = now

    def hear(self, state: FeedState, now: float) -> None:
        self.was_heard = True
        self._heard = state
        self._heard_at = now

    def state(self, now: float) -> FeedState:
        """As the market told it, older by the time since; offline after a silence."""
        silence = now - self._heard_at
        told = self._heard.age_ms
        age_ms = None if told is None else told + round(silence * 1000)
        status = self._heard.state if silence <= SILENCE_SECONDS else FeedStatus.OFFLINE
        return self._heard.model_copy(update={"state": status, "age_ms": age_ms})

    def news(self, now: float) -> FeedState | None:
        """The state, when it is another one or was not said for a while; it counts as said."""
        state = self.state(now)
        known = self._said is not None and _same(state, self._said)
        if known and now - self._said_at < REPEAT_SECONDS:
            return None
        self._said = state
        self._said_at = now
        return state


def _same(one: FeedState, other: FeedState) -> bool:
    """Growing older is no news."""
    return one.model_copy(update={"age_ms": other.age_ms}) == other

"""Which model serves, and which did before: read from the list of promotions, which only grows."""

from collections.abc import Iterable
from dataclasses import dataclass

from ml_service.registry.role import Role
from service_kit.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    number: int
    """Rises with time."""
    series: Series
    role: Role
    model_id: str
    reason: str
    promoted_at_ms: int
    """Event time."""


def standing(promotions: Iterable[Promotion]) -> tuple[Promotion, ...]:
    """Of one series and role, oldest first: what stands, the last of which serves.

    A promotion of the model that served before takes back the one between, so that rolling back
    twice goes back two models.
    """
    stands: list[Promotion] = []
    for one in promotions:
        if len(stands) > 1 and stands[-2].model_id == one.model_id:
            stands[-2:] = [one]
        elif not stands or stands[-1].model_id != one.model_id:
            stands.append(one)
    return tuple(stands)

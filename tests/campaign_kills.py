"""kill -9 of every part of a stack, again and again, at moments that a seed decides."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from running_stack import RunningStack, wait_for

PARTS: Final = (
    "market", "analysis", "patterns", "ml", "signals", "scheduler", "maintenance", "gateway",
    "simulator", "dashboard", "postgres", "valkey",
)  # fmt: skip
PAUSE_SECONDS: Final = (0.5, 3.0)
"""Between a part's return and the next kill: sometimes in the middle of catching up."""
RESTART_SECONDS: Final = 40.0


def victims(seed: int, count: int, parts: Sequence[str] = PARTS) -> list[str]:
    """Every part at least once where they are enough, in a random order."""
    chance = random.Random(seed)  # noqa: S311 - what is drawn is no secret
    drawn = [*parts, *chance.choices(parts, k=max(0, count - len(parts)))][:count]
    chance.shuffle(drawn)
    return drawn


def kill_all(
    stack: RunningStack, seed: int, names: Sequence[str], tell: Callable[[str], None]
) -> Counter[str]:
    """Raises AssertionError for a part that does not come back."""
    chance = random.Random(seed)  # noqa: S311 - what is drawn is no secret
    for number, part in enumerate(names, 1):
        before = stack.pid_of(part)
        stack.kill(part)
        back = partial(_is_back, stack, part, before)
        wait_for(back, seconds=RESTART_SECONDS, what=f"{part} again")
        tell(f"kill {number} of {len(names)}: {part}")
        time.sleep(chance.uniform(*PAUSE_SECONDS))
    return Counter(names)


def _is_back(stack: RunningStack, part: str, before: int | None) -> bool:
    return stack.pid_of(part) not in (None, before)

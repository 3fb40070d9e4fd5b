from collections.abc import Callable

import numpy as np
import pytest

from trading_core.indicators.values import FloatArray


@pytest.fixture(scope="session")
def random_walk() -> Callable[..., FloatArray]:
    """Closes from about 2,000 on, the same for a seed."""

    def build(bars: int, seed: int, step: float = 1e-3) -> FloatArray:
        changes = np.random.default_rng(seed).normal(0, step, bars)
        return np.asarray(2000 * np.cumprod(1 + changes), dtype=np.float64)

    return build

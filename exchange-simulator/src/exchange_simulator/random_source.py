"""Randomness by name: the same seed and name give the same numbers, in any order, anywhere."""

import hashlib
from typing import Final, TypeAlias

import numpy as np

Source: TypeAlias = np.random.Generator

EVEN_CHANCE: Final = 0.5


def random_source(seed: int, *name: object) -> Source:
    text = "/".join(map(str, (seed, *name)))
    key = hashlib.blake2b(text.encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(key, "little")))


def coin(source: Source) -> bool:
    return bool(source.random() < EVEN_CHANCE)

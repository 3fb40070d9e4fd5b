"""Randomness by name: the same seed and name give the same numbers, in any order, anywhere."""

import hashlib

import numpy as np


def random_source(seed: int, *name: object) -> np.random.Generator:
    text = "/".join(map(str, (seed, *name)))
    key = hashlib.blake2b(text.encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(key, "little")))

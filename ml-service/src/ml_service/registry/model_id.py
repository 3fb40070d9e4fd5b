"""A model's name says what it is, and that it is no other."""

import hashlib
import re
from typing import Final

import orjson

from ml_service.registry.model_card import ModelCard
from trading_core.frozen_json import to_json

_MODEL_ID: Final = re.compile(r"[A-Z0-9]{2,40}-[0-9]{1,2}[mhd]-[a-z0-9_]{1,40}-[0-9a-f]{12}")
"""Nothing that could climb out of a folder."""


def is_model_id(text: str) -> bool:
    return _MODEL_ID.fullmatch(text) is not None


def model_id_of(card: ModelCard, trees: bytes) -> str:
    """`<SYMBOL>-<timeframe>-<feature_set>-<12 hex digits>`, whatever id the card has so far.

    The digits are of all that its answers and its figures rest on, the candles included: the same
    trees that were tested on more bars have another name.
    """
    rest = {
        "calibrator": to_json(card.calibrator),
        "candles": card.candles_hash,
        "feature_hash": card.feature_hash,
        "look_ahead_bars": card.look_ahead_bars,
        "threshold": card.threshold,
    }
    digest = hashlib.sha256(trees)
    digest.update(orjson.dumps(rest, option=orjson.OPT_SORT_KEYS))
    return f"{card.symbol}-{card.timeframe}-{card.feature_set}-{digest.hexdigest()[:12]}"

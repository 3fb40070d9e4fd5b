"""A model's name says what it is, and that it is no other."""

import hashlib
import re
from typing import Final

import orjson

from ml_service.registry.model_card import CalibratorRecord
from trading_core.frozen_json import to_json
from trading_core.timeframe import Timeframe

_MODEL_ID: Final = re.compile(r"[A-Z0-9]{2,40}-[0-9]{1,2}[mhd]-[a-z0-9_]{1,40}-[0-9a-f]{12}")
"""Nothing that could climb out of a folder."""


def is_model_id(text: str) -> bool:
    return _MODEL_ID.fullmatch(text) is not None


def model_id_of(
    *,
    symbol: str,
    timeframe: Timeframe,
    feature_set: str,
    trees: bytes,
    calibrator: CalibratorRecord,
    feature_hash: str,
    look_ahead_bars: int,
    threshold: float,
) -> str:
    """`<SYMBOL>-<timeframe>-<feature_set>-<12 hex digits of everything that its answers rest on>`.

    The symbol is in its compact spelling.
    """
    rest = {
        "calibrator": to_json(calibrator),
        "feature_hash": feature_hash,
        "look_ahead_bars": look_ahead_bars,
        "threshold": threshold,
    }
    digest = hashlib.sha256(trees)
    digest.update(orjson.dumps(rest, option=orjson.OPT_SORT_KEYS))
    return f"{symbol}-{timeframe}-{feature_set}-{digest.hexdigest()[:12]}"

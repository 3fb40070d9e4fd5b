"""Every feature set there is, by its name."""

from collections.abc import Mapping
from typing import Final

from trading_core.features.feature_set import FeatureSet
from trading_core.features.scale_free import SCALE_FREE
from trading_core.features.specification import SPEC16

FEATURE_SETS: Final[Mapping[str, FeatureSet]] = {one.name: one for one in (SPEC16, SCALE_FREE)}

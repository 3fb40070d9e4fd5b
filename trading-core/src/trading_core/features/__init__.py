"""What a model sees of a closed bar: one function for training and for serving."""

from trading_core.features.specification import IndicatorValues, Spec16, spec16

__all__ = ["IndicatorValues", "Spec16", "spec16"]

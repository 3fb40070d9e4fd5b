"""The trees of one model, as XGBoost answers with them.

XGBoost is imported when the first forest is read, and answers on one thread.
"""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from trading_core.indicators.values import FloatArray

CLASSES: Final = 3
"""Down, neutral, up."""
LEAST_BYTES: Final = 100


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    booster: Any  # Any: XGBoost ships no types

    @classmethod
    def of(cls, ubj: bytes, features: int) -> Self:
        """Raises ValueError where these are no trees for so many features and three classes.

        XGBoost reads on behind the end of bytes that were cut off, and then takes all memory there
        is: whoever reads a file compares its hash first. What is plainly cut off is refused here.
        """
        if len(ubj) < LEAST_BYTES or ubj[:1] != b"{" or ubj[-1:] != b"}":
            raise ValueError("the trees are no whole UBJ")
        import xgboost  # noqa: PLC0415 - a second and 100 MB that nobody pays without a model

        booster = xgboost.Booster()
        booster.load_model(bytearray(ubj))
        booster.set_param({"nthread": 1})
        if booster.num_features() != features:
            raise ValueError(f"the trees take {booster.num_features()} features, not {features}")
        forest = cls(booster)
        if forest.margins(np.zeros((1, features))).shape != (1, CLASSES):
            raise ValueError("the trees do not tell three classes apart")
        return forest

    @property
    def ubj(self) -> bytes:
        """As they are stored."""
        return bytes(self.booster.save_raw("ubj"))

    def margins(self, features: FloatArray) -> NDArray[np.float32]:
        """Log-odds, (rows, classes), of finite features (rows, features)."""
        found: NDArray[np.float32] = self.booster.inplace_predict(
            np.ascontiguousarray(features), predict_type="margin"
        )
        return found

    def contributions(self, features: FloatArray) -> NDArray[np.float32]:
        """Exact SHAP values, (rows, classes, features and at last the bias), in log-odds."""
        found: NDArray[np.float32] = self.booster.predict(_matrix(features), pred_contribs=True)
        return found

    def explained(self, features: FloatArray) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """`margins` and `contributions`, to the last bit, of rows that are handed over once."""
        rows = _matrix(features)
        margins: NDArray[np.float32] = self.booster.predict(rows, output_margin=True)
        shares: NDArray[np.float32] = self.booster.predict(rows, pred_contribs=True)
        return margins, shares


def _matrix(features: FloatArray) -> Any:  # noqa: ANN401 - XGBoost ships no types
    import xgboost  # noqa: PLC0415 - imported by `Forest.of` already

    return xgboost.DMatrix(features, nthread=1)

"""What a model's bytes and figures were made with."""

from importlib.metadata import version
from typing import Final

import xgboost

NAMED: Final = ("numpy", "scikit-learn", "ta-lib", "trading-core", "ml-service")


def package_versions() -> dict[str, str]:
    """XGBoost is asked itself: its package has another name on other machines."""
    return {"xgboost": str(xgboost.__version__), **{name: version(name) for name in NAMED}}

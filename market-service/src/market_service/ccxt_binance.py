"""ccxt's Binance client without the hundred other exchanges.

`import ccxt` loads every exchange it knows: 80 MB and most of this service's start. Only Binance
is needed, so its modules are loaded under package objects whose `__init__` has not run. They are
taken away again afterwards: whoever else imports ccxt gets all of it. Where a newer ccxt does not
load like that, it is imported the ordinary way.
"""

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

_PACKAGES: Final = ("ccxt", "ccxt.async_support")
_NEEDED_OF_THE_PACKAGE: Final = ("ccxt.base.errors", "ccxt.base.exchange")


@dataclass(frozen=True, slots=True)
class CcxtBinance:
    client: Any  # a class; ccxt ships no types
    error: type[Exception]
    """The base of everything that it raises."""
    timeout: type[Exception]
    """Of those, what says that no answer came in time."""


def load_binance() -> CcxtBinance:
    if "ccxt" not in sys.modules:
        try:
            return _load_alone()
        except (ImportError, AttributeError):
            _forget_ccxt()
    return _load()


def _load() -> CcxtBinance:
    client = importlib.import_module("ccxt.async_support.binance").binance
    errors = importlib.import_module("ccxt.base.errors")
    return CcxtBinance(client, errors.BaseError, errors.RequestTimeout)


def _load_alone() -> CcxtBinance:
    try:
        shell = _shell("ccxt")
        for name in _NEEDED_OF_THE_PACKAGE:
            found = vars(importlib.import_module(name))
            vars(shell).update({k: v for k, v in found.items() if not k.startswith("_")})
        _shell("ccxt.async_support")
        return _load()
    finally:
        for name in _PACKAGES:
            sys.modules.pop(name, None)


def _shell(name: str) -> ModuleType:
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise ImportError(f"{name} is not installed")
    shell = sys.modules[name] = importlib.util.module_from_spec(spec)
    return shell


def _forget_ccxt() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "ccxt"]:
        del sys.modules[name]

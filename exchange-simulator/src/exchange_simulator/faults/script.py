"""A fault script, read and checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from exchange_simulator.faults.catalogue import ENTRIES
from exchange_simulator.faults.entries import FaultEntry, MarketEntry
from trading_core.errors import InvalidSymbolError
from trading_core.symbol import Symbol

MOST_FAULTS: Final = 1_000
LARGEST_SEED: Final = 2**53


class ScriptError(ValueError):
    """A script that cannot be armed, said in one sentence."""


@dataclass(frozen=True, slots=True)
class Script:
    seed: int
    entries: tuple[FaultEntry, ...]

    def json(self) -> dict[str, object]:
        """As it would be written; defaults included."""
        faults = [entry.model_dump(mode="json", by_alias=True) for entry in self.entries]
        return {"seed": self.seed, "faults": faults}


class _Script(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)]
    faults: Annotated[list[Any], Field(max_length=MOST_FAULTS)]  # Any: each is read by its kind


def parse_script(text: bytes) -> Script:
    """Raises: ScriptError."""
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ScriptError(f"a fault script is JSON: {error}") from error
    return read_script(content)


def read_script(content: object) -> Script:
    """Raises: ScriptError."""
    if not isinstance(content, dict):
        raise ScriptError("a fault script is an object with a seed and faults")
    try:
        script = _Script.model_validate(content)
    except ValidationError as error:
        raise ScriptError(f"the script's {_sentence(error)}") from error
    entries = (_entry(index, fault) for index, fault in enumerate(script.faults))
    return Script(script.seed, tuple(entries))


def read_script_file(path: Path) -> Script:
    """Raises: ScriptError."""
    try:
        return parse_script(path.read_bytes())
    except OSError as error:
        raise ScriptError(f"the fault script {path} cannot be read: {error.strerror}") from error
    except ScriptError as error:
        raise ScriptError(f"{path.name}: {error}") from error


def refuse_strange_symbols(script: Script, listed: Sequence[Symbol]) -> None:
    """Raises: ScriptError: it names a symbol that is not on this exchange."""
    names = {symbol.compact for symbol in listed}
    for index, entry in enumerate(script.entries):
        named = entry.symbols or () if isinstance(entry, MarketEntry) else ()
        for name in named:
            if name not in names:
                raise ScriptError(f"fault {index} ({entry.kind}): {name} is not on this exchange")


def _entry(index: int, content: object) -> FaultEntry:
    kind = content.get("kind") if isinstance(content, dict) else None
    if not isinstance(kind, str):
        raise ScriptError(f"fault {index} does not say its kind")
    entry = ENTRIES.get(kind)
    if entry is None:
        raise ScriptError(f"fault {index}: {kind[:40]!r} is no kind of fault")
    try:
        return entry.model_validate_json(orjson.dumps(content))
    except ValidationError as error:
        raise ScriptError(f"fault {index} ({kind}): {_sentence(error)}") from error
    except (InvalidSymbolError, orjson.JSONEncodeError) as error:
        raise ScriptError(f"fault {index} ({kind}): {error}") from error


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"])) or "content"
    return f"{place}: {first['msg']}"

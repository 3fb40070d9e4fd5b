"""What the simulator is told from outside."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from service_kit.settings import (
    CommaSeparated,
    EnvironmentSettings,
    Port,
    ServiceSettings,
    Symbols,
)
from trading_core.symbol import Symbol

PORT = 8110


def _split_paths(value: object) -> object:
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


Paths = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_split_paths)]


class PlayedSettings(EnvironmentSettings):
    """Which market is played, and from when on."""

    simulator_feed: Literal["replay", "simulated"] = "simulated"
    simulator_recordings: Paths = ()
    simulator_seed: int = Field(default=42, ge=0)
    simulator_start_ms: int | None = Field(default=None, ge=0)
    """Where the feed began, in event time; without it, where the clock stood at the start."""


class SimulatorSettings(ServiceSettings, PlayedSettings):
    port: Port = PORT
    simulator_faults: Path | None = None
    """A fault script, armed as soon as the clock runs."""
    simulator_faults_state: Path | None = None
    """Where what was armed is kept, so that a killed exchange goes on with it."""


class ClockSettings(PlayedSettings):
    """Of the process that keeps a stack's clock where no `./eth` does."""

    clock_file: Path
    clock_speed: float = Field(default=1.0, ge=0.1, le=120)
    """Event seconds a wall second."""
    clock_waits_for: CommaSeparated = ()
    """Addresses that must all answer 200 before time begins to pass."""
    symbols: Symbols = (Symbol("ETH", "USDT"),)

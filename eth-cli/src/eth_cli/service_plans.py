"""The services as a table, and the environment that each is started with."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eth_cli.child_process import Program
from eth_cli.data_folder import DataFolder
from eth_cli.exchange_reach import Exchange
from eth_cli.feed import Feed
from eth_cli.free_port import LOOPBACK
from eth_cli.part import PartPlan
from eth_cli.ports import Ports
from eth_cli.ready_check import http_ready
from eth_cli.server_binaries import postgres_programs


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    module: str
    ready_path: str = "/readyz"


SIMULATOR = Service("simulator", "exchange_simulator")
SERVICES = (
    Service("market", "market_service"),
    Service("analysis", "analysis_service"),
    Service("patterns", "patterns_service"),
    Service("ml", "ml_service"),
    Service("signals", "signals_service"),
    # Not ready where a disk is nearly full: that should be told, and keep nothing from starting.
    Service("maintenance", "maintenance_service", ready_path="/livez"),
    Service("scheduler", "scheduler_service"),
    Service("gateway", "api_gateway"),
)
# What the stack decides itself, so that a developer's shell does not redirect it.
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "CLOCK_FILE",
    "EXCHANGE_REST_URL",
    "EXCHANGE_WS_URL",
    "SIMULATOR_FAULTS",
)


def service_plan(
    service: Service, folder: DataFolder, ports: Ports, environment: Mapping[str, str]
) -> PartPlan:
    port = ports[service.name]
    return PartPlan(
        name=service.name,
        port=port,
        program=Program(
            name=service.name,
            command=(sys.executable, "-m", service.module),
            environment={**environment, "PORT": str(port)},
            log_path=folder.log_of(service.name),
        ),
        is_ready=partial(http_ready, port, service.ready_path),
    )


def service_environment(
    folder: DataFolder,
    feed: Feed,
    exchange: Exchange,
    ports: Ports,
    faults: Path | None = None,
) -> dict[str, str]:
    """The settings of docs/architecture.md, the same for every service of the stack."""
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    settings = {
        "HOST": LOOPBACK,
        "SECRETS_DIR": str(folder.secrets),
        "MODELS_DIR": str(folder.models),
        "SYMBOLS": ",".join(feed.symbols),
        "FEED_KIND": feed.kind,
        "FEED_SOURCE": feed.source,
        "EXCHANGE_REST_URL": exchange.rest_url,
        "EXCHANGE_WS_URL": exchange.stream_url,
        "PUBLIC_PORT": str(ports["dashboard"]),
        "DISK_FOLDERS": str(folder.root),
    }
    return (
        inherited
        | settings
        | backup_environment(folder)
        | _siblings(ports)
        | (_simulation(folder, feed, faults) if feed.has_own_clock else {})
    )


def backup_environment(folder: DataFolder) -> dict[str, str]:
    """For what makes and restores backups: where they lie, of which feed, with which programs."""
    settings = {"BACKUPS_DIR": str(folder.backups), "PG_BIN_DIR": str(postgres_programs(None))}
    if folder.feed_file.exists():
        settings["FEED_FILE"] = str(folder.feed_file)
    return settings


def _siblings(ports: Ports) -> dict[str, str]:
    names = (
        "market",
        "analysis",
        "patterns",
        "signals",
        "ml",
        "scheduler",
        "maintenance",
        "gateway",
    )
    return {f"{name.upper()}_SERVICE_URL": f"http://{LOOPBACK}:{ports[name]}" for name in names}


def simulated_exchange(ports: Ports) -> Exchange:
    address = f"{LOOPBACK}:{ports['simulator']}"
    return Exchange(rest_url=f"http://{address}", stream_url=f"ws://{address}")


def _simulation(folder: DataFolder, feed: Feed, faults: Path | None) -> dict[str, str]:
    settings = {
        "CLOCK_FILE": str(folder.clock_file),
        "SIMULATOR_FAULTS_STATE": str(folder.faults_file),
        "SIMULATOR_FEED": feed.kind,
        "SIMULATOR_START_MS": str(feed.epoch_ms),
    }
    if faults:
        settings["SIMULATOR_FAULTS"] = str(faults)
    if feed.recordings:
        settings["SIMULATOR_RECORDINGS"] = os.pathsep.join(feed.recordings)
    if feed.seed is not None:
        settings["SIMULATOR_SEED"] = str(feed.seed)
    return settings

"""What the containers of some manifests are told: variables, and files of secrets."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from pydantic_settings import BaseSettings

from manifests import Manifest, Manifests, Workload, mounted_secrets

OURS = "ghcr.io/eth-trading-platform/"
SETTINGS = {
    "market-service": "market_service.settings.MarketSettings",
    "analysis-service": "analysis_service.settings.AnalysisSettings",
    "patterns-service": "patterns_service.settings.PatternsSettings",
    "signals-service": "signals_service.settings.SignalsSettings",
    "ml-service": "ml_service.settings.MlSettings",
    "scheduler": "scheduler_service.settings.SchedulerSettings",
    "maintenance-service": "maintenance_service.settings.MaintenanceSettings",
    "api-gateway": "api_gateway.settings.GatewaySettings",
    "exchange-simulator": "exchange_simulator.settings.SimulatorSettings",
    "migrations": "service_kit.settings.DatabaseSettings",
}
"""By the image; the frontend is told by the names of its own start.sh."""
PROGRAM_SETTINGS = {"maintenance_service.back_up": "maintenance_service.settings.BackupSettings"}
"""Of programs that read others than their image's service."""
POD_FACTS = {"status.podIP": "10.1.2.3", "metadata.namespace": "eth-trading"}
USED = re.compile(r"\$\(([A-Z_]+)\)")


def image_name(container: Manifest) -> str:
    return str(container["image"]).removeprefix(OURS).partition(":")[0]


def settings_of(container: Manifest) -> type[BaseSettings]:
    program = container.get("command", [""])[-1]
    named = PROGRAM_SETTINGS.get(program, SETTINGS[image_name(container)])
    module, _, name = named.rpartition(".")
    found: type[BaseSettings] = getattr(import_module(module), name)
    return found


def ours(manifests: Manifests) -> Iterator[tuple[Workload, Manifest]]:
    """The containers that read settings of ours."""
    for one in manifests.workloads():
        for container in one.containers:
            if image_name(container) in SETTINGS:
                yield one, container


def environment(manifests: Manifests, container: Manifest) -> dict[str, str]:
    """As the container would have it, with `$(NAME)` filled in. Raises KeyError."""
    told: dict[str, str] = {}
    for source in container.get("envFrom", []):
        told |= manifests.named("ConfigMap", source["configMapRef"]["name"])["data"]
    for entry in container.get("env", []):
        told[entry["name"]] = USED.sub(lambda used: told[used[1]], _value(manifests, entry))
    return told


def _value(manifests: Manifests, entry: Manifest) -> str:
    source: Any = entry.get("valueFrom", {})
    if "configMapKeyRef" in source:
        reference = source["configMapKeyRef"]
        return str(manifests.named("ConfigMap", reference["name"])["data"][reference["key"]])
    if "fieldRef" in source:
        return POD_FACTS[source["fieldRef"]["fieldPath"]]
    return str(entry["value"])


def secret_files(workload: Workload, container: Manifest) -> set[str]:
    """Names of the files below its SECRETS_DIR."""
    mounts = {one["name"]: one for one in container.get("volumeMounts", [])}
    return {
        item["path"]
        for volume in workload.spec.get("volumes", [])
        if volume["name"] in mounts
        for secret in mounted_secrets(volume)
        for item in secret["items"]
        if mounts[volume["name"]].get("subPath") in {None, item["path"]}
    }

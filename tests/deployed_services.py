"""The services as an image's folder: package, settings and port, for tests of what deploys them."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from exchange_simulator.settings import ClockSettings
from service_kit.settings import EnvironmentSettings, ServiceSettings

ROOT = Path(__file__).resolve().parent.parent
MODULES = {
    "market-service": "market_service",
    "analysis-service": "analysis_service",
    "patterns-service": "patterns_service",
    "signals-service": "signals_service",
    "ml-service": "ml_service",
    "scheduler": "scheduler_service",
    "api-gateway": "api_gateway",
    "maintenance-service": "maintenance_service",
    "exchange-simulator": "exchange_simulator",
}


@dataclass(frozen=True, slots=True)
class DeployedService:
    folder: str
    module: str
    settings: type[ServiceSettings]

    @property
    def port(self) -> int:
        port: int = self.settings.model_fields["port"].default
        return port


def deployed_services() -> list[DeployedService]:
    return [DeployedService(name, module, _settings(module)) for name, module in MODULES.items()]


def settings_classes() -> Mapping[str, type[EnvironmentSettings]]:
    """Of everything in docker-compose.yml that is a program of ours, and reads settings."""
    services = {service.folder: service.settings for service in deployed_services()}
    return {**services, "clock": ClockSettings}


def _settings(module: str) -> type[ServiceSettings]:
    """The one class of the service's settings that says where it listens."""
    found = {
        one
        for one in vars(import_module(f"{module}.settings")).values()
        if isinstance(one, type) and issubclass(one, ServiceSettings) and one is not ServiceSettings
    }
    [settings] = found
    return settings

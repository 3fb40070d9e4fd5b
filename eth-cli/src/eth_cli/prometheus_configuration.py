"""What Prometheus is told about a local stack: the rules of monitoring/, and the stack's ports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from eth_cli.free_port import LOOPBACK
from eth_cli.json_file import JsonObject, write_json
from eth_cli.repository import REPOSITORY
from eth_cli.service_plans import SERVICES, SIMULATOR

RULES: Final = REPOSITORY / "monitoring" / "prometheus" / "rules"
INTERVAL: Final = "15s"

JOBS: Final[Mapping[str, str]] = {
    service.name: f"{service.name}-service" for service in SERVICES
} | {"scheduler": "scheduler", "gateway": "api-gateway", SIMULATOR.name: "exchange-simulator"}
"""By part: the job, under whose name monitoring/prometheus/prometheus.yml has it, too."""


def write_configuration(folder: Path, ports: Mapping[str, int]) -> Path:
    """Write it where a running Prometheus may reload it from; JSON is YAML."""
    folder.mkdir(exist_ok=True)
    path = folder / "prometheus.json"
    write_json(path, configuration(ports))
    return path


def configuration(ports: Mapping[str, int]) -> JsonObject:
    """`ports` of the parts that run; those of servers that tell no metrics are left out."""
    return {
        "global": {"scrape_interval": INTERVAL, "evaluation_interval": INTERVAL},
        "rule_files": [str(RULES / "*.yml")],
        "scrape_configs": [
            {
                "job_name": job,
                "static_configs": [{"targets": [f"{LOOPBACK}:{ports[part]}"]}],
            }
            for part, job in JOBS.items()
            if part in ports
        ],
    }

"""`python k8s/make_monitoring.py`: what the cluster's Prometheus and Grafana read of monitoring/.

Alerts and dashboards have one source, which plain Prometheus and Grafana read as it is. The
Prometheus Operator wants the same groups in an object of its own, Grafana's sidecar each dashboard
in a labelled ConfigMap; and Kustomize reads no file above its own folder. A contract test says when
what is made is old.
"""

from pathlib import Path
from typing import Any

import yaml

Made = dict[str, Any]  # Any: YAML of a schema that is not ours

ROOT = Path(__file__).parents[1]
RULES = ROOT / "monitoring/prometheus/rules"
DASHBOARDS = ROOT / "monitoring/grafana/dashboards"
PROMETHEUS_RULE = ROOT / "k8s/components/monitoring/rules.yaml"
DASHBOARD_MAPS = DASHBOARDS / "kustomization.yaml"
HEADER = "# Made by k8s/make_monitoring.py.\n"


class _Blocks(yaml.SafeDumper):
    """Queries of several lines stay readable."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Blocks.add_representer(str, _text)


def prometheus_rule(files: list[Path]) -> Made:
    """All groups of the files, in the order of their names."""
    groups = [
        group for file in sorted(files) for group in yaml.safe_load(file.read_text())["groups"]
    ]
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "eth-trading-platform"},
        "spec": {"groups": groups},
    }


def dashboard_maps(files: list[Path]) -> Made:
    """A ConfigMap for each dashboard, under the label by which Grafana's sidecar finds it."""
    label = {"labels": {"grafana_dashboard": "1"}}
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "generatorOptions": {"disableNameSuffixHash": True},
        "configMapGenerator": [
            {"name": f"dashboard-{file.stem}", "files": [file.name], "options": label}
            for file in sorted(files)
        ],
    }


def as_yaml(made: Made) -> str:
    return HEADER + yaml.dump(made, Dumper=_Blocks, sort_keys=False, width=100, allow_unicode=True)


def made_files() -> dict[Path, str]:
    """What should stand in which file."""
    return {
        PROMETHEUS_RULE: as_yaml(prometheus_rule(list(RULES.glob("*.yml")))),
        DASHBOARD_MAPS: as_yaml(dashboard_maps(list(DASHBOARDS.glob("*.json")))),
    }


if __name__ == "__main__":
    for path, text in made_files().items():
        path.write_text(text)

"""`python k8s/prometheus_rule.py`: make components/monitoring/rules.yaml of monitoring/prometheus/rules.

The alerts have one source, which a plain Prometheus reads as it is; the Prometheus Operator wants the
same groups in an object of its own. A contract test says when the two differ.
"""

from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
RULES = HERE.parent / "monitoring/prometheus/rules"
MADE = HERE / "components/monitoring/rules.yaml"
HEADER = "# Made by k8s/prometheus_rule.py: change monitoring/prometheus/rules instead.\n"


def prometheus_rule(files: list[Path]) -> dict[str, Any]:  # Any: a manifest
    """All groups of the files, in the order of their names."""
    groups = [group for file in sorted(files) for group in yaml.safe_load(file.read_text())["groups"]]
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "eth-trading-platform"},
        "spec": {"groups": groups},
    }


def as_yaml(rule: dict[str, Any]) -> str:
    return HEADER + yaml.safe_dump(rule, sort_keys=False, width=100, allow_unicode=True)


if __name__ == "__main__":
    MADE.write_text(as_yaml(prometheus_rule(list(RULES.glob("*.yml")))))

"""What lies in monitoring/: rules, their tests, and the panels of dashboards."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
PROMETHEUS = ROOT / "monitoring" / "prometheus"
GRAFANA = ROOT / "monitoring" / "grafana"
CONFIGURATION = PROMETHEUS / "prometheus.yml"
RULE_FILES = sorted(PROMETHEUS.glob("rules/*.yml"))
TEST_FILES = sorted(PROMETHEUS.glob("tests/*.yml"))
DASHBOARD_FILES = sorted(GRAFANA.glob("dashboards/*.json"))
RUNBOOK = ROOT / "docs" / "alerts.md"

Json = dict[str, Any]  # Any: what files hold


@dataclass(frozen=True, slots=True)
class Query:
    """`where` is for people: the rule, or dashboard and panel."""

    where: str
    expression: str


@cache
def read_yaml(path: Path) -> Json:
    read: Json = yaml.safe_load(path.read_text())
    return read


def rule_groups() -> list[Json]:
    return [group for path in RULE_FILES for group in read_yaml(path)["groups"]]


def alerts() -> list[Json]:
    return [rule for group in rule_groups() for rule in group["rules"] if "alert" in rule]


def recorded() -> dict[str, str]:
    """The expression of each recorded figure."""
    rules = [rule for group in rule_groups() for rule in group["rules"]]
    return {rule["record"]: rule["expr"] for rule in rules if "record" in rule}


def dashboards() -> dict[str, Json]:
    return {path.stem: json.loads(path.read_text()) for path in DASHBOARD_FILES}


def panels(dashboard: Json) -> list[Json]:
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def dashboard_queries() -> list[Query]:
    return [
        Query(f"{name}: {panel['title']} {target['refId']}", target["expr"])
        for name, dashboard in dashboards().items()
        for panel in panels(dashboard)
        for target in panel["targets"]
    ]


def rule_queries() -> list[Query]:
    return [Query(name, expression) for name, expression in _named_rules()]


def _named_rules() -> Iterator[tuple[str, str]]:
    yield from recorded().items()
    for rule in alerts():
        yield rule["alert"], rule["expr"]

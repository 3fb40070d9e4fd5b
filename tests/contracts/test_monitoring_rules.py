"""Prometheus takes the rules, each alert is tested, and each tells people what to do."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from eth_cli.prometheus_configuration import JOBS
from monitoring_files import (
    CONFIGURATION,
    RULE_FILES,
    RUNBOOK,
    TEST_FILES,
    Json,
    alerts,
    dashboard_queries,
    read_yaml,
    rule_groups,
)

SEVERITIES = {"page", "ticket", "info"}
ALERTS = alerts()
each_alert = pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])


@pytest.fixture(scope="module")
def promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("no promtool here: it comes with Prometheus (apt install prometheus)")
    return found


def run(*command: str | Path, folder: Path | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_promtool_finds_nothing_wrong_with_the_rules(promtool: str, path: Path) -> None:
    run(promtool, "check", "rules", "--lint=all", "--lint-fatal", path)


@pytest.mark.parametrize("path", TEST_FILES, ids=lambda path: path.stem)
def test_alerts_fire_when_they_should_and_only_then(promtool: str, path: Path) -> None:
    run(promtool, "test", "rules", path.name, folder=path.parent)


def test_promtool_finds_nothing_wrong_with_the_configuration(promtool: str) -> None:
    run(promtool, "check", "config", CONFIGURATION)


def test_promtool_can_read_every_query_of_the_dashboards(promtool: str, tmp_path: Path) -> None:
    rules = [
        {"record": f"query:{place}", "expr": query.expression}
        for place, query in enumerate(dashboard_queries())
    ]
    path = tmp_path / "queries.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}))
    run(promtool, "check", "rules", path)


@each_alert
def test_an_alert_is_tested_both_ways(alert: Json) -> None:
    tested = [
        bool(case["exp_alerts"])
        for path in TEST_FILES
        for test in read_yaml(path)["tests"]
        for case in test["alert_rule_test"]
        if case["alertname"] == alert["alert"]
    ]
    assert set(tested) == {True, False}


@each_alert
def test_an_alert_says_how_urgent_it_is_and_what_it_means(alert: Json) -> None:
    assert alert["labels"]["severity"] in SEVERITIES
    assert set(alert["annotations"]) == {"summary", "description", "runbook_url"}
    assert alert["annotations"]["runbook_url"] == f"docs/alerts.md#{alert['alert'].lower()}"
    assert alert["annotations"]["description"].endswith(".")


def test_every_alert_has_a_section_and_every_section_an_alert() -> None:
    sections = re.findall(r"^### (\w+)$", RUNBOOK.read_text(), re.MULTILINE)
    assert sorted(sections) == sorted(alert["alert"] for alert in ALERTS)


def test_every_section_says_what_it_means_where_to_look_and_what_to_do() -> None:
    _, *sections = re.split(r"^### ", RUNBOOK.read_text(), flags=re.MULTILINE)
    for section in sections:
        for word in ("**Means.**", "**Look.**", "**Do.**"):
            assert word in section, f"{section.splitlines()[0]} lacks {word}"


def test_names_of_alerts_and_groups_are_their_own() -> None:
    for names in ([a["alert"] for a in ALERTS], [group["name"] for group in rule_groups()]):
        assert len(names) == len(set(names))


def test_compose_and_the_local_stack_scrape_the_same_jobs() -> None:
    jobs = {one["job_name"] for one in read_yaml(CONFIGURATION)["scrape_configs"]}
    assert set(JOBS.values()) <= jobs
    assert jobs - set(JOBS.values()) <= {"maintenance-service"}

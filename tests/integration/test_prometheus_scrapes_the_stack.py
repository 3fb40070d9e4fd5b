"""A real Prometheus on a stack as `./eth up` starts it: targets, rules, queries, and an alert."""

import shutil
from collections.abc import Iterator

import pytest

from eth_cli.prometheus_configuration import JOBS
from eth_cli.temporary_servers import temporary_folder
from monitoring_files import Query, alerts, dashboard_queries, recorded, rule_queries
from promised_metrics import PROMISED
from promql_names import names_of
from running_stack import RunningStack, free_stack_port, running_stack, wait_for
from watching_prometheus import Prometheus, watching_prometheus

pytestmark = pytest.mark.integration

OPTIONS = ("--speed", "60", "--seed", "7", "--symbols", "ETH/USDT", "--start", "2026-03-01T23:00Z")
VICTIM = "patterns"
PATIENCE_SECONDS = 120

EMPTY_FOR_A_REASON = {
    "storage: Newest good backup A": "no backup was made yet",
    "storage: Memory B": "a local Valkey has no limit",
    "signals: Time of a training, mean A": "nothing was trained: the mean of nothing is no number",
}
"""Queries that a healthy, young stack answers with nothing."""


@pytest.fixture(scope="module")
def program() -> str:
    found = shutil.which("prometheus")
    if found is None:
        pytest.skip("no prometheus here (apt install prometheus)")
    return found


@pytest.fixture(scope="module")
def stack(program: str) -> Iterator[RunningStack]:  # noqa: ARG001 - skips without it
    with (
        temporary_folder() as folder,
        running_stack(folder, free_stack_port(), "simulated", OPTIONS) as stack,
    ):
        yield stack


@pytest.fixture(scope="module")
def prometheus(program: str, stack: RunningStack) -> Iterator[Prometheus]:
    with temporary_folder() as folder, watching_prometheus(program, stack, folder) as prometheus:
        wait_for(
            lambda: all(target["health"] == "up" for target in prometheus.targets().values()),
            seconds=PATIENCE_SECONDS,
            what="every target is up",
        )
        yield prometheus


def test_every_service_is_scraped(prometheus: Prometheus) -> None:
    assert {job: one["lastError"] for job, one in prometheus.targets().items()} == dict.fromkeys(
        JOBS.values(), ""
    )


def test_every_rule_is_loaded_and_evaluated_without_an_error(prometheus: Prometheus) -> None:
    def evaluated() -> bool:
        return all(rule["health"] != "unknown" for rule in prometheus.rules())

    wait_for(evaluated, seconds=PATIENCE_SECONDS, what="every rule is evaluated")
    assert [rule for rule in prometheus.rules() if rule["health"] != "ok"] == []
    names = {rule["name"] for rule in prometheus.rules()}
    assert names == {alert["alert"] for alert in alerts()} | recorded().keys()


def test_every_metric_of_rules_and_dashboards_is_there(prometheus: Prometheus) -> None:
    queries = [*rule_queries(), *dashboard_queries()]
    wanted = {name for query in queries for name in names_of(query.expression).metrics}
    wait_for(
        lambda: prometheus.found("signals:close_to_commit_seconds:p95_30m"),
        seconds=PATIENCE_SECONDS,
        what="figures are recorded",
    )
    running = set(prometheus.targets())
    elsewhere = {
        sample
        for metric in PROMISED
        if not running & set(metric.services)
        for sample in metric.sample_names
    }
    assert wanted - prometheus.metric_names() - elsewhere - {"ALERTS"} == set()


@pytest.mark.parametrize("query", dashboard_queries(), ids=lambda query: query.where)
def test_a_query_of_a_dashboard_has_an_answer(prometheus: Prometheus, query: Query) -> None:
    if query.where in EMPTY_FOR_A_REASON:
        prometheus.found(query.expression)
        return
    wait_for(
        lambda: prometheus.found(query.expression),
        seconds=PATIENCE_SECONDS,
        what=f"{query.where}: {query.expression}",
    )


def test_killing_a_service_fires_the_alert_until_it_is_back(
    prometheus: Prometheus, stack: RunningStack
) -> None:
    firing = f'ALERTS{{alertname="ServiceDown", alertstate="firing", job="{JOBS[VICTIM]}"}}'
    assert prometheus.found(firing) == []

    def fires() -> bool:
        """The supervisor brings it back, so it is killed as often as that takes."""
        if stack.pid_of(VICTIM) is not None:
            stack.kill(VICTIM)
        return bool(prometheus.found(f"max_over_time({firing}[1m])"))

    wait_for(fires, seconds=PATIENCE_SECONDS, what="ServiceDown fires")
    wait_for(
        lambda: (
            prometheus.found(f'up{{job="{JOBS[VICTIM]}"}} == 1') and not prometheus.found(firing)
        ),
        seconds=PATIENCE_SECONDS,
        what="ServiceDown is resolved",
    )

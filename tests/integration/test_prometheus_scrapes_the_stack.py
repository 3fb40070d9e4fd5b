"""A real Prometheus on a stack as `./eth up` starts it: targets, rules, queries, and an alert."""

import shutil
from collections.abc import Iterator
from contextlib import suppress

import pytest

from eth_cli.prometheus_configuration import JOBS
from eth_cli.temporary_servers import temporary_folder
from monitoring_files import alerts, dashboard_queries, recorded, rule_queries
from promised_metrics import PROMISED
from promql_names import names_of
from running_stack import RunningStack, free_stack_port, running_stack, wait_for
from watching_prometheus import Prometheus, watching_prometheus

pytestmark = pytest.mark.integration

OPTIONS = ("--speed", "60", "--seed", "7", "--symbols", "ETH/USDT", "--start", "2026-03-01T23:00Z")
VICTIM = "patterns"
PATIENCE_SECONDS = 120

OF_A_MODEL = {
    "ml_model_degraded",
    "ml_live_log_loss",
    "ml_live_log_loss_skill",
    "ml_live_calibration_error",
    "ml_feature_drift_psi",
}
"""Told of each model that serves; nothing is trained here."""
NONE_YET = {"backup_last_success_timestamp_seconds": "no backup was made"}
EMPTY_FOR_A_REASON = {
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
            lambda: (
                {job for job, one in prometheus.targets().items() if one["health"] == "up"}
                == set(JOBS.values())
            ),
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


def untold(prometheus: Prometheus) -> set[str]:
    """Metrics that this stack cannot tell: a model's, and those of services that it has not."""
    running = set(prometheus.targets())
    return OF_A_MODEL | {
        sample
        for metric in PROMISED
        if not running & set(metric.services)
        for sample in metric.sample_names
    }


def look_around(stack: RunningStack) -> None:
    """What people do, so that caches are asked."""
    for path in ("/api/market/price", "/api/market/ohlcv", "/api/signals/latest"):
        stack.data(path, symbol="ETHUSDT", timeframe="1h")


def test_every_metric_of_rules_and_dashboards_is_there(
    prometheus: Prometheus, stack: RunningStack
) -> None:
    queries = [*rule_queries(), *dashboard_queries()]
    wanted = {name for query in queries for name in names_of(query.expression).metrics}
    wanted -= untold(prometheus) | {"ALERTS"}

    def all_there() -> bool:
        look_around(stack)
        return wanted <= prometheus.metric_names()

    with suppress(AssertionError):
        wait_for(all_there, seconds=PATIENCE_SECONDS, what="every metric is there")
    assert wanted - prometheus.metric_names() == set()


def test_every_query_of_the_dashboards_has_an_answer(prometheus: Prometheus) -> None:
    untold_here = untold(prometheus) | NONE_YET.keys()
    unanswered = {
        query.where: query.expression
        for query in dashboard_queries()
        if query.where not in EMPTY_FOR_A_REASON
        and not names_of(query.expression).metrics.keys() & untold_here
    }

    def all_answered() -> bool:
        for where, expression in list(unanswered.items()):
            if prometheus.found(expression):
                del unanswered[where]
        return not unanswered

    with suppress(AssertionError):
        wait_for(all_answered, seconds=PATIENCE_SECONDS, what="every query has an answer")
    assert unanswered == {}


def test_no_query_of_the_dashboards_is_refused(prometheus: Prometheus) -> None:
    for query in dashboard_queries():
        prometheus.found(query.expression)


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

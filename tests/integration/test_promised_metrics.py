"""Every service exports what is promised in `tests/promised_metrics.py`, and nothing else."""

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

import promised_metrics
from eth_cli.free_port import free_port
from promised_metrics import PROMISED, PromisedMetric
from service_process import running_service

pytestmark = pytest.mark.integration

MODULES: Final = {
    promised_metrics.MARKET: "market_service",
    promised_metrics.ANALYSIS: "analysis_service",
    promised_metrics.PATTERNS: "patterns_service",
    promised_metrics.SIGNALS: "signals_service",
    promised_metrics.ML: "ml_service",
    promised_metrics.SCHEDULER: "scheduler_service",
    promised_metrics.GATEWAY: "api_gateway",
    promised_metrics.MAINTENANCE: "maintenance_service",
    promised_metrics.SIMULATOR: "exchange_simulator",
}
SEEN_WHEN_A_MODEL_SERVES: Final = frozenset(
    {
        "ml_live_log_loss",
        "ml_live_log_loss_skill",
        "ml_live_calibration_error",
        "ml_feature_drift_psi",
        "ml_model_degraded",
    }
)


@pytest.fixture(params=MODULES)
def service(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if importlib.util.find_spec(MODULES[name]) is None:
        pytest.skip(f"there is no {name} here")
    return name


@pytest.fixture
def told(service: str, database_url: str, redis_url: str, tmp_path: Path) -> Iterator[str]:
    """What a service says of itself when nobody has asked it for anything else yet."""
    nowhere = f"http://127.0.0.1:{free_port()}"
    settings = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SYMBOLS": "ETH/USDT",
        "AUTO_TRAIN": "false",
        "EXCHANGE_REST_URL": nowhere,
        "EXCHANGE_WS_URL": nowhere.replace("http", "ws"),
        "BACKUPS_DIR": str(tmp_path),
        **{f"{name}_SERVICE_URL": nowhere for name in ("MARKET", "ANALYSIS", "SIGNALS", "ML")},
    }
    with running_service(MODULES[service], settings, tmp_path) as process:
        httpx.get(process.url + "/livez")
        yield httpx.get(process.url + "/metrics").text


def promised(service: str) -> dict[str, PromisedMetric]:
    return {one.name: one for one in PROMISED if service in one.services}


def exported(text: str) -> dict[str, Metric]:
    families = text_string_to_metric_families(text)
    return {one.name + ("_total" if one.type == "counter" else ""): one for one in families}


def labels_of(family: Metric) -> set[frozenset[str]]:
    return {frozenset(sample.labels) - {"le"} for sample in family.samples}


def test_it_exports_what_is_promised_with_its_labels(service: str, told: str) -> None:
    wanted, found = promised(service), exported(told)
    assert set(found) == set(wanted)
    assert {name: one.type for name, one in found.items()} == {
        name: one.kind for name, one in wanted.items()
    }
    for name, family in found.items():
        if family.samples or name not in SEEN_WHEN_A_MODEL_SERVES:
            assert labels_of(family) == {frozenset(wanted[name].labels)}, name
    _check_conventions(told)


def _check_conventions(text: str) -> None:
    """By Prometheus' own judgement, where it is installed."""
    promtool = shutil.which("promtool")
    if promtool is None:
        return
    done = subprocess.run(
        [promtool, "check", "metrics"], input=text, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_promise_is_made_once() -> None:
    names = [one.name for one in PROMISED]
    assert sorted(names) == sorted(set(names))

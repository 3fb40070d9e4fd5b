"""k8s/: what must survive the loss of a node, and what may not be in production."""

from collections.abc import Callable
from importlib import import_module

import pytest
import yaml

from manifests import KUBECTL, OVERLAYS, ROOT, Manifests, overlay_manifests, selects

pytestmark = pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")

REPLICAS = {
    "api-gateway": 3,
    "analysis-service": 3,
    "patterns-service": 3,
    "signals-service": 3,
    "market-service": 2,
    "ml-service": 2,
    "scheduler": 2,
    "frontend": 2,
    "maintenance-service": 1,
    "postgres": 1,
    "redis": 1,
}
"""At the least. The databases are one here; more of them are an operator's business."""
SCALER = "HorizontalPodAutoscaler"
SCALED = {"api-gateway", "analysis-service", "patterns-service", "frontend"}
POOLS = {
    "market-service": "market_service.settings.MarketSettings",
    "analysis-service": "analysis_service.settings.AnalysisSettings",
    "patterns-service": "patterns_service.settings.PatternsSettings",
    "signals-service": "signals_service.settings.SignalsSettings",
    "ml-service": "ml_service.settings.MlSettings",
    "scheduler": "scheduler_service.settings.SchedulerSettings",
    "maintenance-service": "maintenance_service.settings.MaintenanceSettings",
    "api-gateway": "api_gateway.settings.GatewaySettings",
}
OVERFLOW = 2
"""`create_database` lets a pool grow to twice its size."""

Faults = Callable[[Manifests], list[str]]


def replicas(manifests: Manifests) -> dict[str, tuple[int, int]]:
    """Of each that serves, the fewest and the most."""
    found = {}
    scalers = {one["spec"]["scaleTargetRef"]["name"]: one for one in manifests.of(SCALER)}
    for one in manifests.workloads():
        if one.serves:
            scaler = scalers.get(one.name)
            fixed = one.manifest["spec"].get("replicas", 1)
            limits = scaler["spec"] if scaler else {"minReplicas": fixed, "maxReplicas": fixed}
            found[one.name] = (limits["minReplicas"], limits["maxReplicas"])
    return found


def wrong_scalers(manifests: Manifests) -> list[str]:
    found = []
    deployments = {one["metadata"]["name"]: one for one in manifests.of("Deployment")}
    for one in manifests.of(SCALER):
        target = one["spec"]["scaleTargetRef"]
        name = target["name"]
        if target["kind"] != "Deployment" or name not in deployments:
            found.append(f"the autoscaler scales {name}, which is not there")
        elif "replicas" in deployments[name]["spec"]:
            found.append(f"each time it is applied, {name} loses the replicas of its autoscaler")
        if one["spec"]["minReplicas"] > one["spec"]["maxReplicas"]:
            found.append(f"{name}: there are never enough")
    return found


def wrong_budgets(manifests: Manifests) -> list[str]:
    found = []
    least = replicas(manifests)
    guarded = []
    for one in manifests.of("PodDisruptionBudget"):
        spec, name = one["spec"], one["metadata"]["name"]
        targets = [pod for pod in manifests.workloads() if selects(spec["selector"], pod.labels)]
        guarded += [pod.name for pod in targets]
        if len(targets) != 1:
            found.append(f"the budget {name} is not for one workload")
        elif spec.get("maxUnavailable", 1) < 1 or spec.get("minAvailable", 0) >= least[name][0]:
            found.append(f"the budget {name} forbids every eviction")
    found += [
        f"{name} has no budget"
        for name, (few, _) in least.items()
        if few > 1 and name not in guarded
    ]
    return found


def wrong_rollouts(manifests: Manifests) -> list[str]:
    return [
        f"{one['metadata']['name']}: a rollout takes one away before the next is there"
        for one in manifests.of("Deployment")
        if replicas(manifests)[one["metadata"]["name"]][0] > 1
        and one["spec"]["strategy"].get("rollingUpdate", {}).get("maxUnavailable") != 0
    ]


def too_many_connections(manifests: Manifests) -> list[str]:
    """All pools full, everybody scaled out, one more of each during a rollout."""
    most = 0
    for name, (_, replicas_most) in replicas(manifests).items():
        if name in POOLS:
            module, _, settings = POOLS[name].rpartition(".")
            fields = getattr(import_module(module), settings).model_fields
            most += (replicas_most + 1) * fields["database_pool_size"].default * OVERFLOW
    arguments = manifests.workload("postgres").container["args"]
    (given,) = (int(one.split("=")[1]) for one in arguments if one.startswith("max_connections="))
    return [] if most < given else [f"{most} connections where PostgreSQL has {given}"]


def alone_on_a_node(manifests: Manifests) -> list[str]:
    """Replicas that nothing spreads, over nodes."""
    return [
        f"{one.name} may be on one node as a whole"
        for one in manifests.workloads()
        if one.serves
        and replicas(manifests)[one.name][0] > 1
        and not [
            rule
            for rule in one.spec.get("topologySpreadConstraints", [])
            if rule["topologyKey"] == "kubernetes.io/hostname"
            and selects(rule["labelSelector"], one.labels)
        ]
    ]


CHECKS: tuple[Faults, ...] = (
    wrong_scalers,
    wrong_budgets,
    wrong_rollouts,
    too_many_connections,
    alone_on_a_node,
)


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("faults", CHECKS, ids=lambda check: check.__name__)
def test_what_must_survive_survives(overlay: str, faults: Faults) -> None:
    assert faults(overlay_manifests(overlay)) == []


@pytest.mark.parametrize("overlay", ["staging", "production"])
def test_there_are_as_many_as_were_asked_for(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    found = {name: few for name, (few, _) in replicas(manifests).items()}
    found.pop("exchange-simulator", None)
    assert found == REPLICAS
    assert {one["metadata"]["name"] for one in manifests.of(SCALER)} == SCALED


def test_production_has_no_simulator_and_no_secret_of_its_own() -> None:
    manifests = overlay_manifests("production")
    told = [one for one in manifests.objects if one["kind"] not in {"PrometheusRule", "ConfigMap"}]
    assert "simulator" not in yaml.safe_dump(told)
    assert manifests.of("Secret") == []
    (feed,) = (
        one for one in manifests.of("ConfigMap") if one["metadata"]["name"].startswith("feed-")
    )
    assert feed["data"] == {"FEED_KIND": "live", "FEED_SOURCE": "binance"}
    market = manifests.workload("market-service").container
    assert not [one for one in market["env"] if one["name"].startswith("EXCHANGE_")]


@pytest.mark.parametrize("overlay", ["dev", "staging"])
def test_elsewhere_the_market_is_simulated_at_the_walls_time(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    (feed,) = (
        one for one in manifests.of("ConfigMap") if one["metadata"]["name"].startswith("feed-")
    )
    assert feed["data"]["FEED_KIND"] == "simulated"
    names = {
        entry["name"]
        for one in manifests.workloads()
        for container in one.containers
        for entry in container.get("env", [])
    }
    assert "EXCHANGE_REST_URL" in names
    assert "CLOCK_FILE" not in names


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_each_version_has_a_migration_job_of_its_own(overlay: str) -> None:
    """A Job cannot be changed, so nothing in it may come from elsewhere than its version."""
    (job,) = overlay_manifests(overlay).of("Job")
    (container,) = job["spec"]["template"]["spec"]["containers"]
    assert job["metadata"]["name"] == f"migrate-{container['image'].rpartition(':')[2]}"
    assert "envFrom" not in container
    assert all("valueFrom" not in one for one in container["env"])
    assert job["spec"]["ttlSecondsAfterFinished"] > 0


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_service_waits_for_the_schema_of_its_version(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    migration = manifests.workload("migrate").container["image"]
    for one in manifests.workloads():
        if one.name in POOLS:
            (waits,) = one.spec["initContainers"]
            assert waits["image"] == migration


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_jobs_of_the_calendar_never_overlap_and_end(overlay: str) -> None:
    crons = overlay_manifests(overlay).of("CronJob")
    assert {one["metadata"]["name"] for one in crons} == {"back-up", "retrain-models"}
    for one in crons:
        spec = one["spec"]
        assert spec["concurrencyPolicy"] == "Forbid"
        assert spec["startingDeadlineSeconds"] >= 600
        assert spec["jobTemplate"]["spec"]["activeDeadlineSeconds"] <= 6 * 3600
        assert spec["successfulJobsHistoryLimit"] <= 3
        assert spec["failedJobsHistoryLimit"] <= 3


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_is_a_cron_job_is_not_the_schedulers_as_well(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    (disabled,) = (
        one["value"].split(",")
        for one in manifests.workload("scheduler").container["env"]
        if one["name"] == "DISABLED_JOBS"
    )
    assert set(disabled) == {one["metadata"]["name"] for one in manifests.of("CronJob")}


def test_there_is_a_place_to_leave_the_databases_out() -> None:
    """Nothing else than the component names them."""
    base = "\n".join(path.read_text() for path in (ROOT / "k8s/base").rglob("*.yaml"))
    assert "docker.io/library" not in base
    assert "name: to-postgres" not in base


def _set(kind: str, name: str, **changes: object) -> Callable[[Manifests], None]:
    return lambda all_: all_.named(kind, name)["spec"].update(changes)


BROKEN: tuple[tuple[Faults, Callable[[Manifests], None], str], ...] = (
    (
        wrong_scalers,
        lambda all_: all_.objects.remove(all_.named("Deployment", "frontend")),
        "scales frontend, which is not there",
    ),
    (wrong_scalers, _set("Deployment", "api-gateway", replicas=3), "loses the replicas"),
    (
        wrong_budgets,
        _set("PodDisruptionBudget", "ml-service", maxUnavailable=0),
        "forbids every eviction",
    ),
    (
        wrong_budgets,
        _set("PodDisruptionBudget", "ml-service", minAvailable=2),
        "forbids every eviction",
    ),
    (
        wrong_budgets,
        lambda all_: all_.objects.remove(all_.named("PodDisruptionBudget", "scheduler")),
        "scheduler has no budget",
    ),
    (wrong_rollouts, _set("Deployment", "ml-service", strategy={}), "before the next is there"),
    (too_many_connections, _set(SCALER, "api-gateway", maxReplicas=60), "where PostgreSQL has 400"),
    (
        alone_on_a_node,
        lambda all_: all_.workload("scheduler").spec.pop("topologySpreadConstraints"),
        "scheduler may be on one node",
    ),
)


@pytest.mark.parametrize(("faults", "break_it", "sentence"), BROKEN)
def test_what_would_not_survive_is_found(
    faults: Faults, break_it: Callable[[Manifests], None], sentence: str
) -> None:
    manifests = overlay_manifests("production")
    break_it(manifests)
    assert sentence in " ".join(faults(manifests))

"""k8s/: no pod may do more than it has to, and each says how it is."""

import re
from collections.abc import Callable

import pytest

from manifests import BUILDS, KUBECTL, Manifest, Manifests, Workload, overlay_manifests
from service_kit.service import GRACEFUL_SHUTDOWN_SECONDS

pytestmark = pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")

USERS = {"postgres": 999, "redis": 999}
"""Of images that are not ours; ours run as 10001."""
UNITS = {"": 1, "m": 0.001, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")
READY_AT_LIVEZ = {"api-gateway"}
"""Its /readyz names every sibling: one that is away would take the front door with it."""
SPARE_SECONDS = 5.0

Faults = Callable[[Manifests], list[str]]


def amount(quantity: object) -> float:
    """`500m` → 0.5, `1Gi` → 1073741824."""
    found = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", str(quantity))
    assert found is not None, quantity
    return float(found[1]) * UNITS[found[2]]


def unrestricted(manifests: Manifests) -> list[str]:
    """Pods that "restricted" would refuse, or that could do with less all the same."""
    return [
        f"{one.name}: {fault}"
        for one in manifests.workloads()
        for fault in [*_pod_faults(one), *_container_faults(one)]
    ]


def _pod_faults(workload: Workload) -> list[str]:
    spec = workload.spec
    context = spec.get("securityContext", {})
    user = USERS.get(workload.name, 10001)
    wanted = {
        "runAsNonRoot": True,
        "runAsUser": user,
        "runAsGroup": user,
        "fsGroup": user,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    found = [
        f"{name} is not {value}" for name, value in wanted.items() if context.get(name) != value
    ]
    if spec.get("automountServiceAccountToken") is not False:
        found.append("has a token of the cluster's API")
    if spec.get("serviceAccountName") != "platform":
        found.append("is not of the account that has no rights")
    if spec.get("enableServiceLinks") is not False:
        found.append("every Service is in its environment")
    found += [
        f"{name} of the node's" for name in ("hostNetwork", "hostPID", "hostIPC") if spec.get(name)
    ]
    found += ["a folder of the node's" for one in spec.get("volumes", []) if "hostPath" in one]
    found += [
        "an emptyDir without a limit"
        for one in spec.get("volumes", [])
        if "emptyDir" in one and "sizeLimit" not in one["emptyDir"]
    ]
    return found


def _container_faults(workload: Workload) -> list[str]:
    wanted = {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    return [
        f"{container['name']}: {name} is not {value}"
        for container in workload.containers
        for name, value in wanted.items()
        if container.get("securityContext", {}).get(name) != value
    ]


def wrong_resources(manifests: Manifests) -> list[str]:
    found = []
    for one in manifests.workloads():
        for container in one.containers:
            where = f"{one.name}/{container['name']}"
            given = container.get("resources", {})
            for name in ("cpu", "memory"):
                asked, most = (given.get(part, {}).get(name) for part in ("requests", "limits"))
                if asked is None or most is None:
                    found.append(f"{where}: {name} has no request or no limit")
                elif amount(asked) > amount(most):
                    found.append(f"{where}: {name} asks for more than it may have")
    return found


def unpinned(manifests: Manifests) -> list[str]:
    found = []
    for one in manifests.workloads():
        for container in one.containers:
            name, _, tag = container["image"].rpartition(":")
            if not re.fullmatch(r"\d+\.\d+(\.\d+)?([.-][0-9A-Za-z.-]+)?", tag) or "." not in name:
                found.append(f"{one.name}: {container['image']} is not one version of one registry")
            if container.get("imagePullPolicy") != "IfNotPresent":
                found.append(f"{one.name}: {container['name']} says not when it is pulled")
    return found


def wrong_probes(manifests: Manifests) -> list[str]:
    found = []
    for one in manifests.workloads():
        missing = [name for name in PROBES if name not in one.container]
        if not one.serves:
            continue
        found += [f"{one.name} has no {name}" for name in missing]
        if "livenessProbe" in one.container and _asks(one, "livenessProbe") == "/readyz":
            found.append(f"{one.name} would be killed for what another system does")
        ours = one.labels["app.kubernetes.io/component"] == "service"
        wanted = "/livez" if one.name in READY_AT_LIVEZ else "/readyz"
        if ours and not missing and _asks(one, "readinessProbe") != wanted:
            found.append(f"{one.name} is not ready by {wanted}")
        ports = {port["name"] for port in one.container["ports"]}
        found += [
            f"{one.name}: {name} asks a port that is not there"
            for name in PROBES
            if "httpGet" in one.container.get(name, {})
            and one.container[name]["httpGet"]["port"] not in ports
        ]
    return found


def _asks(workload: Workload, probe: str) -> str | None:
    path: str | None = workload.container[probe].get("httpGet", {}).get("path")
    return path


def too_little_time_to_stop(manifests: Manifests) -> list[str]:
    """Kubernetes counts the pause before SIGTERM as part of the time that a pod has to stop."""
    return [
        f"{one.name} is killed {least - given:g} s too early"
        for one in manifests.workloads()
        if one.serves
        and (given := one.spec.get("terminationGracePeriodSeconds", 30))
        < (least := _pause(one.container) + GRACEFUL_SHUTDOWN_SECONDS + SPARE_SECONDS)
    ]


def _pause(container: Manifest) -> float:
    hook = container.get("lifecycle", {}).get("preStop", {})
    return float(hook.get("sleep", {}).get("seconds", 0))


CHECKS: tuple[Faults, ...] = (
    unrestricted,
    wrong_resources,
    unpinned,
    wrong_probes,
    too_little_time_to_stop,
)


@pytest.mark.parametrize("overlay", BUILDS)
@pytest.mark.parametrize("faults", CHECKS, ids=lambda check: check.__name__)
def test_no_pod_is_careless(overlay: str, faults: Faults) -> None:
    assert faults(overlay_manifests(overlay)) == []


@pytest.mark.parametrize("overlay", BUILDS)
def test_the_namespace_refuses_what_is_not_restricted(overlay: str) -> None:
    (namespace,) = overlay_manifests(overlay).of("Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


@pytest.mark.parametrize("overlay", BUILDS)
def test_nobody_has_rights_in_the_cluster(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    (account,) = manifests.of("ServiceAccount")
    assert account["automountServiceAccountToken"] is False
    kinds = {one["kind"] for one in manifests.objects}
    assert not kinds & {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}


def test_every_service_pauses_until_nobody_sends_it_anything() -> None:
    for one in overlay_manifests("production").workloads():
        if one.kind == "Deployment":
            assert _pause(one.container) >= 15, one.name


def _change(name: str, **changes: object) -> Callable[[Manifests], None]:
    return lambda all_: all_.workload(name).container.update(changes)


BROKEN: tuple[tuple[Faults, Callable[[Manifests], None], str], ...] = (
    (unrestricted, _change("scheduler", securityContext={}), "allowPrivilegeEscalation"),
    (
        unrestricted,
        lambda all_: all_.workload("redis").spec["securityContext"].update(runAsUser=0),
        "runAsUser is not 999",
    ),
    (
        unrestricted,
        lambda all_: all_.workload("back-up").spec["volumes"].append({"hostPath": {"path": "/"}}),
        "a folder of the node's",
    ),
    (
        unrestricted,
        lambda all_: all_.workload("migrate").pod["spec"].update(automountServiceAccountToken=True),
        "has a token",
    ),
    (
        wrong_resources,
        lambda all_: all_.workload("frontend").container["resources"]["requests"].update(cpu="2"),
        "asks for more",
    ),
    (wrong_resources, _change("ml-service", resources={}), "no request or no limit"),
    (
        unpinned,
        _change("frontend", image="ghcr.io/eth-trading-platform/frontend:latest"),
        "frontend:latest",
    ),
    (unpinned, _change("redis", image="docker.io/library/redis"), "is not one version"),
    (
        wrong_probes,
        _change("market-service", livenessProbe={"httpGet": {"path": "/readyz", "port": "http"}}),
        "would be killed",
    ),
    (
        wrong_probes,
        lambda all_: all_.workload("postgres").container.pop("startupProbe"),
        "postgres has no startupProbe",
    ),
    (
        too_little_time_to_stop,
        lambda all_: (
            all_.workload("api-gateway").pod["spec"].update(terminationGracePeriodSeconds=20)
        ),
        "api-gateway is killed 5 s too early",
    ),
)


@pytest.mark.parametrize(("faults", "break_it", "sentence"), BROKEN)
def test_a_careless_pod_is_found(
    faults: Faults, break_it: Callable[[Manifests], None], sentence: str
) -> None:
    manifests = overlay_manifests("production")
    break_it(manifests)
    assert sentence in " ".join(faults(manifests))

"""k8s/: who may speak to whom. What the architecture needs is allowed at both ends, and no more.

`ARROWS` is the architecture; a new sibling of a service is a line there and one in the policies.
"""

from typing import Any

import pytest

from manifests import KUBECTL, OVERLAYS, Manifests, overlay_manifests
from network_policies import (
    EVERY_PORT,
    INSIDE,
    INTERNET,
    Arrow,
    Peer,
    allowed_arrows,
    enters,
    half_open,
    leaves,
)

pytestmark = pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")


GATEWAY = {
    "market-service": 8101,
    "analysis-service": 8102,
    "patterns-service": 8103,
    "signals-service": 8104,
    "ml-service": 8001,
    "scheduler": 8105,
    "maintenance-service": 8106,
}
SIGNALS = {
    "market-service": 8101,
    "analysis-service": 8102,
    "patterns-service": 8103,
    "ml-service": 8001,
}
SCHEDULER = {
    "market-service": 8101,
    "signals-service": 8104,
    "ml-service": 8001,
    "api-gateway": 3001,
    "maintenance-service": 8106,
}
STORES = [*GATEWAY, "api-gateway", "migrate", "back-up", "retrain-models"]
REDIS = ["market-service", "analysis-service", "patterns-service", "signals-service"]
REDIS += ["api-gateway", "maintenance-service"]
ARROWS = {
    Arrow("frontend", "api-gateway", 3001),
    Arrow("maintenance-service", "api-gateway", 3001),
    *(Arrow("api-gateway", name, port) for name, port in GATEWAY.items()),
    *(Arrow("signals-service", name, port) for name, port in SIGNALS.items()),
    *(Arrow("scheduler", name, port) for name, port in SCHEDULER.items()),
    *(Arrow(name, "postgres", 5432) for name in STORES),
    *(Arrow(name, "redis", 6379) for name in REDIS),
}
SIMULATED = {Arrow("market-service", "exchange-simulator", 8110)}

OUTSIDE: dict[str, dict[str, Any]] = {
    "ingress": {"namespace": "ingress-nginx", "labels": {}},
    "prometheus": {"namespace": "monitoring", "labels": {}},
    "dns": {"namespace": "kube-system", "labels": {"k8s-app": "kube-dns"}},
    "stranger": {"namespace": "default", "labels": {}},
}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_the_architecture_needs_is_allowed_and_nothing_else(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    needed = ARROWS if overlay == "production" else ARROWS | SIMULATED
    assert allowed_arrows(manifests) == needed
    assert half_open(manifests) == set()


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_only_the_ingress_enters_and_only_at_the_front(overlay: str) -> None:
    assert entrances(overlay_manifests(overlay), "ingress") == {("frontend", 8080)}
    assert entrances(overlay_manifests(overlay), "stranger") == set()


@pytest.mark.parametrize("overlay", ["staging", "production"])
def test_prometheus_reaches_what_has_metrics_and_nothing_else(overlay: str) -> None:
    ports = {**GATEWAY, "api-gateway": 3001}
    if overlay == "staging":
        ports["exchange-simulator"] = 8110
    assert entrances(overlay_manifests(overlay), "prometheus") == set(ports.items())


def entrances(manifests: Manifests, who: str) -> set[tuple[str, int]]:
    peer = Peer(**OUTSIDE[who])
    return {
        (one.name, port)
        for one in manifests.workloads()
        for port in EVERY_PORT
        if enters(manifests, one, peer, port)
    }


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_names_are_the_only_thing_that_everybody_may_ask_for_outside(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    for pod in manifests.workloads():
        assert leaves(manifests, pod, Peer(**OUTSIDE["dns"]), 53, None), pod.name
        for who in ("ingress", "prometheus", "stranger"):
            peer = Peer(**OUTSIDE[who])
            assert not [
                port for port in (53, *EVERY_PORT) if leaves(manifests, pod, peer, port, None)
            ]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_only_market_service_leaves_for_the_exchange_where_there_is_one(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    for pod in manifests.workloads():
        outward = {
            port
            for address in INTERNET
            for port in (*EVERY_PORT, 9443)
            if leaves(manifests, pod, Peer({}, address=address), port, None)
        }
        live = overlay == "production" and pod.name == "market-service"
        assert outward == ({443, 9443} if live else set()), pod.name
        inward = [
            (address, port)
            for address in INSIDE
            for port in (*EVERY_PORT, 9443)
            if leaves(manifests, pod, Peer({}, address=address), port, None)
        ]
        assert inward == [], pod.name


def test_a_path_that_is_missing_or_too_much_is_found() -> None:
    manifests = overlay_manifests("production")
    manifests.named("NetworkPolicy", "ml-service")["spec"]["ingress"][0]["from"].pop()
    missing = ARROWS - allowed_arrows(manifests)
    assert len(missing) == 1
    assert half_open(manifests) == missing
    manifests = overlay_manifests("production")
    manifests.named("NetworkPolicy", "redis")["spec"]["ingress"].append({})
    assert Arrow("scheduler", "redis", 6379) in half_open(manifests)


def test_without_the_policy_that_denies_everything_what_is_unnamed_is_open() -> None:
    manifests = overlay_manifests("production")
    manifests.objects.remove(manifests.named("NetworkPolicy", "deny-everything"))
    assert half_open(manifests)
    assert entrances(manifests, "stranger")

"""k8s/: every overlay can be built, and every object is one that Kubernetes would take."""

from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from make_dev_secrets import make_secrets
from make_monitoring import made_files
from manifests import (
    BUILDS,
    COMPONENT,
    KUBECTL,
    ROOT,
    Manifest,
    Manifests,
    kustomize,
    mounted_secrets,
    overlay_manifests,
    read_manifests,
)

KUBERNETES = "1.34"
DEFINED_ELSEWHERE = {"PodMonitor", "PrometheusRule", "ExternalSecret"}
"""By operators: their schemas are not Kubernetes' own, so what we rely on is checked below."""

pytestmark = pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")


def schema_faults(manifests: Manifests) -> list[str]:
    found = []
    for one in manifests.objects:
        if one["kind"] in DEFINED_ELSEWHERE:
            continue
        name = f"{one['kind']} {one['metadata']['name']}"
        try:
            kubernetes_validate.validate(one, KUBERNETES, strict=True)
        except kubernetes_validate.ValidationError as error:
            found.append(f"{name}: {error.message}")
    return found


def repeated(manifests: Manifests) -> set[tuple[str, str]]:
    names = [(one["kind"], one["metadata"]["name"]) for one in manifests.objects]
    return {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize("overlay", BUILDS)
def test_every_object_is_one_that_kubernetes_takes(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    assert len(manifests.objects) > 50
    assert schema_faults(manifests) == []
    assert repeated(manifests) == set()


@pytest.mark.parametrize("overlay", BUILDS)
def test_everything_of_an_overlay_is_in_its_own_namespace(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    (namespace,) = manifests.of("Namespace")
    name = namespace["metadata"]["name"]
    assert name.startswith("eth-trading")
    others = [one for one in manifests.objects if one["kind"] != "Namespace"]
    assert {one["metadata"]["namespace"] for one in others} == {name}


def test_a_field_that_kubernetes_does_not_know_is_found() -> None:
    manifests = overlay_manifests("production")
    manifests.workload("api-gateway").spec["containers"][0]["livenesProbe"] = {}
    assert "livenesProbe" in " ".join(schema_faults(manifests))


@pytest.mark.parametrize("overlay", ["staging", "production"])
def test_the_operators_objects_are_what_they_read(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    (rule,) = manifests.of("PrometheusRule")
    assert rule["apiVersion"] == "monitoring.coreos.com/v1"
    for group in rule["spec"]["groups"]:
        assert set(group) <= {"name", "interval", "rules"}
        for one in group["rules"]:
            assert ("alert" in one) != ("record" in one)
            assert set(one) <= {"alert", "record", "expr", "for", "labels", "annotations"}
    (monitor,) = manifests.of("PodMonitor")
    selected = monitor["spec"]["selector"]["matchLabels"]
    (endpoint,) = monitor["spec"]["podMetricsEndpoints"]
    watched = [one for one in manifests.workloads() if selected.items() <= one.labels.items()]
    assert {one.name for one in watched} == {
        one.name for one in manifests.workloads() if one.labels[COMPONENT] == "service"
    }
    assert all(endpoint["port"] == one.container["ports"][0]["name"] for one in watched)
    assert monitor["spec"]["jobLabel"] in watched[0].labels


def test_what_is_made_of_the_alerts_and_dashboards_is_current() -> None:
    for path, text in made_files().items():
        assert path.read_text() == text, f"run: python k8s/make_monitoring.py ({path.name} is old)"


def test_every_dashboard_reaches_grafana() -> None:
    manifests = overlay_manifests("production")
    shown = [
        file
        for one in manifests.of("ConfigMap")
        if one["metadata"].get("labels", {}).get("grafana_dashboard") == "1"
        for file in one["data"]
    ]
    there = (file.name for file in (ROOT / "monitoring/grafana/dashboards").glob("*.json"))
    assert sorted(shown) == sorted(there)


def test_secrets_from_a_store_have_the_names_and_keys_that_pods_mount(tmp_path: Path) -> None:
    external = build_component("external-secrets", tmp_path)
    offered = {
        (one["spec"]["target"]["name"], entry["secretKey"])
        for one in external.of("ExternalSecret")
        for entry in one["spec"]["data"]
    }
    mounted = {
        (secret["name"], item["key"])
        for one in overlay_manifests("production").workloads()
        for volume in one.spec.get("volumes", [])
        for secret in mounted_secrets(volume)
        for item in secret["items"]
    }
    assert offered == mounted


def build_component(name: str, folder: Path) -> Manifests:
    """By itself, copied beside a kustomization that has nothing else."""
    source = ROOT / "k8s/components" / name
    for file in source.iterdir():
        (folder / file.name).write_text(file.read_text())
    component: Manifest = yaml.safe_load((folder / "kustomization.yaml").read_text())
    component |= {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(component))
    return read_manifests(kustomize(folder))


def test_a_secret_of_the_dev_overlay_is_its_owners_alone_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    make_secrets(folder)
    first = {file.name: file.read_text() for file in folder.iterdir()}
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert first["postgres_password"] in first["database_url"]
    assert first["redis_password"] in first["redis_url"]
    make_secrets(folder)
    assert {file.name: file.read_text() for file in folder.iterdir()} == first


def test_git_has_no_secret() -> None:
    assert [
        one
        for name in ("base", "overlays/staging", "overlays/production", "components")
        for path in (ROOT / "k8s" / name).rglob("*.yaml")
        for one in yaml.safe_load_all(path.read_text())
        if isinstance(one, dict) and (one.get("kind") == "Secret" or "secretGenerator" in one)
    ] == []

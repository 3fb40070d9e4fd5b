"""The Kubernetes manifests as they would be applied, and what their pods are."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from make_dev_secrets import make_secrets

Manifest = dict[str, Any]  # Any: YAML of a schema that is not ours

ROOT = Path(__file__).parents[1]
OVERLAYS = ("dev", "staging", "production")
BUILDS = (*OVERLAYS, "staging+telemetry", "production+telemetry")
"""The overlays, and some with a component that is switched on by a line in them."""
NAME = "app.kubernetes.io/name"
COMPONENT = "app.kubernetes.io/component"
KUBECTL = shutil.which("kubectl", path=Path(sys.executable).parent) or shutil.which("kubectl")
POD_OF = {
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}


@dataclass(frozen=True, slots=True)
class Workload:
    """Something that makes pods, and the pods that it makes."""

    manifest: Manifest
    pod: Manifest

    @property
    def kind(self) -> str:
        return str(self.manifest["kind"])

    @property
    def name(self) -> str:
        """Of a Job without its version."""
        return str(self.pod["metadata"]["labels"][NAME])

    @property
    def labels(self) -> dict[str, str]:
        return dict(self.pod["metadata"]["labels"])

    @property
    def spec(self) -> Manifest:
        spec: Manifest = self.pod["spec"]
        return spec

    @property
    def serves(self) -> bool:
        """It runs until it is stopped."""
        return self.kind in {"Deployment", "StatefulSet"}

    @property
    def container(self) -> Manifest:
        """The one that the pod is there for."""
        (container,) = self.spec["containers"]
        found: Manifest = container
        return found

    @property
    def containers(self) -> list[Manifest]:
        return [*self.spec.get("initContainers", []), *self.spec["containers"]]


@dataclass(frozen=True, slots=True)
class Manifests:
    objects: list[Manifest]

    def of(self, kind: str) -> list[Manifest]:
        return [one for one in self.objects if one["kind"] == kind]

    def named(self, kind: str, name: str) -> Manifest:
        """Raises KeyError."""
        for one in self.of(kind):
            if one["metadata"]["name"] == name:
                return one
        raise KeyError(f"{kind} {name}")

    def workloads(self) -> list[Workload]:
        return list(self._workloads())

    def workload(self, name: str) -> Workload:
        (found,) = (one for one in self._workloads() if one.name == name)
        return found

    def _workloads(self) -> Iterator[Workload]:
        for manifest in self.objects:
            if path := POD_OF.get(manifest["kind"]):
                pod = manifest
                for step in path:
                    pod = pod[step]
                yield Workload(manifest, pod)


def mounted_secrets(volume: Manifest) -> Iterator[Manifest]:
    """The Secrets that are files of a volume: `name`, `items`, and whether it is `optional`."""
    if "secret" in volume:
        yield {**volume["secret"], "name": volume["secret"]["secretName"]}
    for source in volume.get("projected", {}).get("sources", []):
        yield source["secret"]


def selects(selector: Manifest, labels: dict[str, str]) -> bool:
    """A label selector; an empty one selects everything."""
    wanted = selector.get("matchLabels", {}).items()
    expressions = selector.get("matchExpressions", [])
    assert all(one["operator"] == "In" for one in expressions), "no other operator is known here"
    return wanted <= labels.items() and all(
        labels.get(one["key"]) in one["values"] for one in expressions
    )


@cache
def kustomized(build: str) -> str:
    """What `kubectl apply -k k8s/overlays/…` would send, with the components that are named."""
    overlay, *components = build.split("+")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "k8s", copy / "k8s", ignore=shutil.ignore_patterns("secrets"))
        shutil.copytree(ROOT / "monitoring", copy / "monitoring")
        make_secrets(copy / "k8s/overlays/dev/secrets")
        for component in components:
            _switch_on(component, copy / "k8s/overlays" / overlay / "kustomization.yaml")
        return kustomize(copy / "k8s/overlays" / overlay)


def _switch_on(component: str, kustomization: Path) -> None:
    """As people do it, after all others."""
    text = kustomization.read_text()
    assert text.count("\nimages:\n") == 1
    line = f"  - ../../components/{component}\nimages:\n"
    kustomization.write_text(text.replace("images:\n", line, 1))


def kustomize(folder: Path) -> str:
    assert KUBECTL is not None, "kubectl is not there"
    built = subprocess.run(
        [KUBECTL, "kustomize", str(folder)], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    return built.stdout


def read_manifests(text: str) -> Manifests:
    return Manifests([one for one in yaml.load_all(text, yaml.CSafeLoader) if one])


def overlay_manifests(build: str) -> Manifests:
    """Anew each time, so that a test may break them. Of `overlay` or `overlay+component`."""
    return read_manifests(kustomized(build))

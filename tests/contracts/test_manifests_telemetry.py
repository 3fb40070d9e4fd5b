"""k8s/: what tells others of a deployment, and what `components/telemetry` adds where it is on."""

import pytest

from manifest_settings import environment, ours, secret_files
from manifests import (
    BUILDS,
    COMPONENT,
    KUBECTL,
    OVERLAYS,
    ROOT,
    Manifests,
    Workload,
    mounted_secrets,
    overlay_manifests,
)
from network_policies import (
    EVERY_PORT,
    INSIDE,
    INTERNET,
    Peer,
    allowed_arrows,
    half_open,
    leaves,
)

pytestmark = pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")

TELEMETRY = ("staging+telemetry", "production+telemetry")
TOLD = {"TRACES_ENDPOINT", "SENTRY_DSN", "ELASTICSEARCH_URL"}
COLLECTOR = Peer({"app.kubernetes.io/name": "opentelemetry-collector"}, namespace="monitoring")
PORTS = (*EVERY_PORT, 4317, 4318, 9200, 9443)


def services(manifests: Manifests) -> list[Workload]:
    return [one for one in manifests.workloads() if one.labels[COMPONENT] == "service"]


def told(manifests: Manifests, workload: Workload) -> set[str]:
    """Names of everything that its container is told, by its environment and by files."""
    files = {name.upper() for name in secret_files(workload, workload.container)}
    return environment(manifests, workload.container).keys() | files


@pytest.mark.parametrize("build", BUILDS)
def test_every_service_says_which_deployment_it_is_of(build: str) -> None:
    manifests = overlay_manifests(build)
    assert len(services(manifests)) >= 8
    for one in services(manifests):
        given = environment(manifests, one.container)
        assert given["DEPLOYMENT"] == build.partition("+")[0], one.name


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_nobody_is_told_of_anything_where_it_is_off(overlay: str) -> None:
    manifests = overlay_manifests(overlay)
    for one, _container in ours(manifests):
        assert not TOLD & told(manifests, one), one.name


@pytest.mark.parametrize("build", TELEMETRY)
def test_where_it_is_on_every_service_is_told_and_no_job(build: str) -> None:
    manifests = overlay_manifests(build)
    for one, _container in ours(manifests):
        wanted = TOLD if one.labels[COMPONENT] == "service" else set()
        assert TOLD & told(manifests, one) == wanted, one.name


@pytest.mark.parametrize("build", TELEMETRY)
def test_a_service_starts_without_what_only_telemetry_needs(build: str) -> None:
    manifests = overlay_manifests(build)
    for one in services(manifests):
        (volume,) = (each for each in one.spec["volumes"] if each["name"] == "secrets")
        needed = {each["name"]: not each.get("optional") for each in mounted_secrets(volume)}
        assert needed == {"platform-secrets": True, "telemetry-secrets": False}, one.name


@pytest.mark.parametrize("build", TELEMETRY)
def test_the_collector_is_where_the_policy_lets_services_go(build: str) -> None:
    manifests = overlay_manifests(build)
    for pod in manifests.workloads():
        reached = {port for port in PORTS if leaves(manifests, pod, COLLECTOR, port, None)}
        assert reached == ({4318} if pod.labels[COMPONENT] == "service" else set()), pod.name
        neighbour = Peer({}, namespace=COLLECTOR.namespace)
        assert not [port for port in PORTS if leaves(manifests, pod, neighbour, port, None)]
    address = environment(manifests, manifests.workload("scheduler").container)["TRACES_ENDPOINT"]
    (name,) = COLLECTOR.labels.values()
    assert address == f"http://{name}.{COLLECTOR.namespace}:4318"


@pytest.mark.parametrize("build", TELEMETRY)
def test_sentry_and_elasticsearch_are_addresses_of_the_internet(build: str) -> None:
    manifests = overlay_manifests(build)
    for pod in manifests.workloads():
        outward = {
            port
            for address in INTERNET
            for port in PORTS
            if leaves(manifests, pod, Peer({}, address=address), port, None)
        }
        wanted = {443, 9200} if pod.labels[COMPONENT] == "service" else set()
        live = build.startswith("production") and pod.name == "market-service"
        assert outward == wanted | ({443, 9443} if live else set()), pod.name
        assert not [
            (address, port)
            for address in INSIDE
            for port in PORTS
            if leaves(manifests, pod, Peer({}, address=address), port, None)
        ]


@pytest.mark.parametrize("build", TELEMETRY)
def test_between_our_own_pods_nothing_is_opened(build: str) -> None:
    manifests = overlay_manifests(build)
    without = overlay_manifests(build.partition("+")[0])
    assert allowed_arrows(manifests) == allowed_arrows(without)
    assert half_open(manifests) == set()


def test_the_store_s_secret_is_the_one_that_services_mount() -> None:
    external = overlay_manifests("production+telemetry+external-telemetry-secrets")
    (made,) = external.of("ExternalSecret")
    mounted = {
        secret["name"]
        for one in services(external)
        for volume in one.spec["volumes"]
        for secret in mounted_secrets(volume)
        if secret.get("optional")
    }
    assert {made["spec"]["target"]["name"]} == mounted
    assert made["spec"]["secretStoreRef"]["name"] == "platform"


def test_one_line_that_the_readme_names_switches_it_on() -> None:
    text = (ROOT / "k8s/README.md").read_text()
    for component in ("telemetry", "external-telemetry-secrets"):
        assert (ROOT / "k8s/components" / component / "kustomization.yaml").is_file()
        assert f"`../../components/{component}`" in text

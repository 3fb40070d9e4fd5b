"""What schemas of manifests cannot see: whether names, ports, keys and settings fit one another."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import pytest
from pydantic import ValidationError

from manifest_settings import (
    OURS,
    POD_FACTS,
    SETTINGS,
    USED,
    environment,
    image_name,
    ours,
    secret_files,
    settings_of,
)
from manifests import (
    BUILDS,
    COMPONENT,
    KUBECTL,
    OVERLAYS,
    ROOT,
    Manifest,
    Manifests,
    mounted_secrets,
    overlay_manifests,
    selects,
)

pytestmark = pytest.mark.skipif(KUBECTL is None, reason="kubectl is not installed")

Faults = Callable[[Manifests], list[str]]


def wrong_selectors(manifests: Manifests) -> list[str]:
    found = []
    pods = [one.labels for one in manifests.workloads()]
    for one in manifests.workloads():
        if one.serves and not selects(one.manifest["spec"]["selector"], one.labels):
            found.append(f"{one.kind} {one.name} does not select its own pods")
        if one.serves and sum(selects(one.manifest["spec"]["selector"], pod) for pod in pods) > 1:
            found.append(f"{one.kind} {one.name} selects pods of another, too")
    for service in manifests.of("Service"):
        selector = {"matchLabels": service["spec"]["selector"]}
        if sum(selects(selector, labels) for labels in pods) != 1:
            found.append(f"Service {service['metadata']['name']} does not select one workload")
    return found


def wrong_ports(manifests: Manifests) -> list[str]:
    found = []
    for service in manifests.of("Service"):
        selector = {"matchLabels": service["spec"]["selector"]}
        (target,) = (one for one in manifests.workloads() if selects(selector, one.labels))
        names = {one["name"]: one["containerPort"] for one in target.container["ports"]}
        name = service["metadata"]["name"]
        for port in service["spec"]["ports"]:
            if port["targetPort"] not in names:
                found.append(f"Service {name}: no port is called {port['targetPort']}")
            elif name != "frontend" and port["port"] != names[port["targetPort"]]:
                found.append(f"Service {name}: {port['port']} is not the container's port")
    for one in manifests.workloads():
        image = image_name(one.container)
        if one.kind != "Deployment" or image not in SETTINGS:
            continue
        default = settings_of(one.container).model_fields["port"].default
        listens = environment(manifests, one.container).get("PORT", default)
        if [port["containerPort"] for port in one.container["ports"]] != [int(listens)]:
            found.append(f"{one.name} listens on {listens}")
    return found


def wrong_environment(manifests: Manifests) -> list[str]:
    """Names that no setting has, and references that lead nowhere."""
    found = []
    for one, container in ours(manifests):
        where = f"{one.name}/{container['name']}"
        try:
            told = environment(manifests, container)
        except KeyError as error:
            found.append(f"{where}: {error} is not there")
            continue
        used = {
            name
            for entry in container.get("env", [])
            for name in USED.findall(entry.get("value", ""))
        }
        fields = {name.upper() for name in settings_of(container).model_fields}
        found += [
            f"{where}: {name} is no setting"
            for name in sorted(told.keys() - fields - used - {"SECRETS_DIR"})
        ]
        files = {name.upper() for name in secret_files(one, container)}
        found += [f"{where}: {name} is no secret setting" for name in sorted(files - fields)]
    return found


def refused_settings(manifests: Manifests, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the settings themselves say of these values."""
    found = []
    secrets = {
        "database_url": "postgresql+asyncpg://a:b@postgres:5432/c",
        "redis_url": "redis://:a@redis:6379/0",
        "admin_token": "token",
        "sentry_dsn": "https://key@sentry.example/1",
        "elasticsearch_url": "https://a:b@elastic.example:9200",
    }
    for one, container in ours(manifests):
        with monkeypatch.context() as patch:
            for name, value in environment(manifests, container).items():
                if name != "SECRETS_DIR":
                    patch.setenv(name, value)
            given: Any = {name: secrets[name] for name in secret_files(one, container)}
            try:
                settings_of(container)(**given)
            except ValidationError as error:
                found.append(f"{one.name}/{container['name']}: {error}")
    return found


def missing_siblings(manifests: Manifests) -> list[str]:
    """Addresses of our own in the environment that are no Service's."""
    known = {
        f"{one['metadata']['name']}:{port['port']}"
        for one in manifests.of("Service")
        for port in one["spec"]["ports"]
    }
    found = []
    for one, container in ours(manifests):
        for name, value in environment(manifests, container).items():
            address = re.fullmatch(r"(?:https?|ws)://([a-z-]+:\d+)", value)
            if address and address[1] not in known:
                found.append(f"{one.name}: {name} leads to {address[1]}, which is nobody's")
    return found


def missing_mounts(manifests: Manifests) -> list[str]:
    """Volumes that are not there, and files that a setting names outside of what can be written."""
    found = []
    claims = {one["metadata"]["name"] for one in manifests.of("PersistentVolumeClaim")}
    for one in manifests.workloads():
        templates = one.manifest["spec"].get("volumeClaimTemplates", [])
        volumes = {volume["name"]: volume for volume in one.spec.get("volumes", [])}
        names = volumes.keys() | {template["metadata"]["name"] for template in templates}
        for container in one.containers:
            mounts = container.get("volumeMounts", [])
            found += [
                f"{one.name}: there is no volume {mount['name']}"
                for mount in mounts
                if mount["name"] not in names
            ]
            folders = {PurePosixPath(mount["mountPath"]) for mount in mounts}
            for name, value in environment(manifests, container).items():
                path = PurePosixPath(value)
                there = [one for one in folders if path in {one, *one.parents}]
                is_folder = name.endswith(("_DIR", "_FOLDERS"))
                if is_folder and not there and not folders & set(path.parents):
                    found.append(f"{one.name}: {name} is on no volume")
        found += [
            f"{one.name}: nobody claims {volume['persistentVolumeClaim']['claimName']}"
            for volume in volumes.values()
            if "persistentVolumeClaim" in volume
            and volume["persistentVolumeClaim"]["claimName"] not in claims
        ]
    return found


CHECKS: tuple[Faults, ...] = (
    wrong_selectors,
    wrong_ports,
    wrong_environment,
    missing_siblings,
    missing_mounts,
)


@pytest.mark.parametrize("overlay", BUILDS)
@pytest.mark.parametrize("faults", CHECKS, ids=lambda check: check.__name__)
def test_everything_fits(overlay: str, faults: Faults) -> None:
    assert faults(overlay_manifests(overlay)) == []


@pytest.mark.parametrize("overlay", BUILDS)
def test_every_service_takes_its_settings(overlay: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused_settings(overlay_manifests(overlay), monkeypatch) == []


def test_every_image_of_ours_has_its_settings_compared() -> None:
    images = {
        image_name(container)
        for one in overlay_manifests("staging").workloads()
        for container in one.containers
        if container["image"].startswith(OURS)
    }
    assert images == SETTINGS.keys() | {"frontend"}


def test_the_frontend_is_told_what_its_start_asks_for() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+):-", (ROOT / "frontend/nginx/start.sh").read_text()))
    told = environment(*_frontend("production"))
    assert told.keys() - {"POD_NAMESPACE"} <= asked
    assert told["GATEWAY"] == "api-gateway-pods.eth-trading.svc.cluster.local:3001"


def _frontend(overlay: str) -> tuple[Manifests, Manifest]:
    manifests = overlay_manifests(overlay)
    return manifests, manifests.workload("frontend").container


def test_what_waits_for_the_schema_reads_what_its_image_has() -> None:
    (waits,) = overlay_manifests("production").workload("ml-service").spec["initContainers"]
    (named,) = re.findall(r"alembic -c (\S+)", " ".join(waits["args"]))
    assert f'"{named}"' in (ROOT / "migrations/Dockerfile").read_text()


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_name_of_the_gateway_is_one_that_it_answers_to(overlay: str) -> None:
    """The page's, the scheduler's, and the address by which probes and Prometheus come."""
    manifests = overlay_manifests(overlay)
    (ingress,) = manifests.of("Ingress")
    (rule,) = ingress["spec"]["rules"]
    told = environment(manifests, manifests.workload("api-gateway").container)
    scheduler = environment(manifests, manifests.workload("scheduler").container)
    caller = scheduler["GATEWAY_SERVICE_URL"].split("/")[2].split(":")[0]
    assert told["ALLOWED_HOSTS"].split(",") == [rule["host"], caller, POD_FACTS["status.podIP"]]
    assert told["CORS_ORIGINS"] == f"https://{rule['host']}"
    assert ingress["spec"]["tls"] == [{"hosts": [rule["host"]], "secretName": "platform-tls"}]
    assert environment(*_frontend(overlay))["NGINX_HOSTS"] == rule["host"]
    assert rule["host"] != "PUBLIC_HOST"


def test_sessions_name_the_gateway_as_nginx_does() -> None:
    """By the address and port of the headless Service, whose pods Nginx looks up."""
    manifests = overlay_manifests("production")
    gateway = manifests.workload("api-gateway").container
    port = gateway["ports"][0]["containerPort"]
    told = environment(manifests, gateway)["ADVERTISED_ADDRESS"]
    assert told == f"{POD_FACTS['status.podIP']}:{port}"
    pods = manifests.named("Service", "api-gateway-pods")
    assert pods["spec"]["clusterIP"] == "None"
    assert environment(*_frontend("production"))["GATEWAY"].endswith(f":{port}")


def test_what_reads_a_config_map_is_rolled_out_when_it_changes() -> None:
    """Its name is made of what it says."""
    for one in overlay_manifests("production").of("ConfigMap"):
        if "grafana_dashboard" not in one["metadata"].get("labels", {}):
            assert re.search(r"-[a-z0-9]{10}$", one["metadata"]["name"])


BROKEN: tuple[tuple[Faults, Callable[[Manifests], None], str], ...] = (
    (
        wrong_selectors,
        lambda all_: all_.named("Service", "redis")["spec"].update(selector={"a": "b"}),
        "Service redis",
    ),
    (
        wrong_selectors,
        lambda all_: all_.named("Deployment", "scheduler")["spec"].update(
            selector={"matchLabels": {COMPONENT: "service"}}
        ),
        "selects pods of another",
    ),
    (
        wrong_ports,
        lambda all_: all_.named("Service", "ml-service")["spec"]["ports"][0].update(
            targetPort="web"
        ),
        "no port is called web",
    ),
    (
        wrong_ports,
        lambda all_: all_.workload("ml-service").container["ports"][0].update(containerPort=8002),
        "ml-service listens on 8001",
    ),
    (
        wrong_environment,
        lambda all_: (
            all_.workload("scheduler")
            .container["env"]
            .append({"name": "REDIS_URL", "value": "redis://redis"})
        ),
        "REDIS_URL is no setting",
    ),
    (
        wrong_environment,
        lambda all_: (
            all_.workload("signals-service")
            .container["envFrom"]
            .append({"configMapRef": {"name": "none"}})
        ),
        "ConfigMap none",
    ),
    (
        wrong_environment,
        lambda all_: _secret_items(all_, "ml-service").append(
            {"key": "redis_url", "path": "redis_url"}
        ),
        "REDIS_URL is no secret setting",
    ),
    (
        missing_siblings,
        lambda all_: all_.objects.remove(all_.named("Service", "patterns-service")),
        "leads to patterns-service:8103",
    ),
    (
        missing_mounts,
        lambda all_: all_.objects.remove(all_.named("PersistentVolumeClaim", "backups")),
        "nobody claims backups",
    ),
    (
        missing_mounts,
        lambda all_: (
            all_.workload("ml-service")
            .container["env"]
            .append({"name": "MODELS_DIR", "value": "/models"})
        ),
        "MODELS_DIR is on no volume",
    ),
)


def _secret_items(manifests: Manifests, name: str) -> list[Manifest]:
    volumes = manifests.workload(name).spec["volumes"]
    (secret,) = (secret for volume in volumes for secret in mounted_secrets(volume))
    items: list[Manifest] = secret["items"]
    return items


@pytest.mark.parametrize(("faults", "break_it", "sentence"), BROKEN)
def test_what_does_not_fit_is_found(
    faults: Faults, break_it: Callable[[Manifests], None], sentence: str
) -> None:
    manifests = overlay_manifests("production")
    break_it(manifests)
    assert sentence in " ".join(faults(manifests))

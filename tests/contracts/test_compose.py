"""docker-compose.yml: what its schema cannot see."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from composed_platform import compose_config, composed, with_profiles
from deployed_services import ROOT, deployed_services, settings_classes
from service_kit.settings import EnvironmentSettings

SIMULATOR = ("--env-file", str(ROOT / "compose" / "simulator.env"))
OURS = "ghcr.io/eth-trading-platform/"
PORTS = {service.folder: service.port for service in deployed_services()}
ENDS = "migrations"
PLAYER = "exchange-simulator"
DATABASE_URL = "postgresql+asyncpg://eth:secret@postgres:5432/eth"
SECRETS = {
    "admin_token": "secret",
    "database_url": DATABASE_URL,
    "redis_url": "redis://:secret@redis:6379/0",
    "sentry_dsn": "",
    "elasticsearch_url": "",
}

Service = Mapping[str, Any]  # Any: JSON


@pytest.fixture(scope="module")
def services() -> Mapping[str, Service]:
    found: Mapping[str, Service] = composed(*with_profiles("*"))["services"]
    return found


@pytest.fixture(scope="module")
def played() -> Mapping[str, Service]:
    found: Mapping[str, Service] = composed(*SIMULATOR)["services"]
    return found


def test_without_secrets_it_says_what_to_do() -> None:
    done = compose_config(secrets_folder=None)
    assert done.returncode != 0
    assert "first run `sh compose/make-secrets.sh`" in done.stderr


def test_binance_is_watched_unless_the_simulator_is_asked_for() -> None:
    live = composed()["services"]
    assert live["market-service"]["environment"]["FEED_KIND"] == "live"
    assert not {"clock", PLAYER, "prometheus", "grafana"} & set(live)
    assert not any(one.get("environment", {}).get("CLOCK_FILE") for one in live.values())


def test_the_simulator_is_a_stack_of_its_own(played: Mapping[str, Service]) -> None:
    assert composed(*SIMULATOR)["name"] != composed()["name"]
    assert {"clock", PLAYER} <= set(played)
    for name in settings_classes():
        assert played[name]["environment"]["CLOCK_FILE"] == "/clock/clock.json"


def test_every_part_is_confined(services: Mapping[str, Service]) -> None:
    for name, service in services.items():
        limits = service["deploy"]["resources"]["limits"]
        assert {"cpus", "memory", "pids"} <= set(limits), name
        assert service["read_only"], name
        assert service["init"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"max-size", "max-file"} <= set(service["logging"]["options"]), name
        assert service["restart"] == ("no" if name == ENDS else "unless-stopped"), name
        assert not {"privileged", "cap_add", "network_mode", "pid"} & set(service), name


def test_every_part_that_stays_says_whether_it_is_well(services: Mapping[str, Service]) -> None:
    for name, service in services.items():
        if name != ENDS and "healthcheck" not in service:
            folder = Path(service["build"]["context"])
            dockerfile = folder / service["build"].get("dockerfile", "Dockerfile")
            assert "HEALTHCHECK --interval" in dockerfile.read_text(), name


def test_every_image_of_ours_is_built_here_and_every_other_pinned(
    services: Mapping[str, Service],
) -> None:
    for name, service in services.items():
        image = service["image"]
        assert image.startswith(OURS) == ("build" in service), name
        assert re.search(r":v?\d+[\w.-]*$", image), name


def test_only_the_front_is_published_and_only_to_this_machine(
    services: Mapping[str, Service],
) -> None:
    published = {
        (name, port["host_ip"])
        for name, service in services.items()
        for port in service.get("ports", ())
    }
    assert published == {("frontend", "127.0.0.1"), ("grafana", "127.0.0.1")}
    assert services["grafana"]["profiles"] == ["monitoring"]


def test_who_knows_a_server_s_address_reaches_it_and_nobody_else(
    services: Mapping[str, Service],
) -> None:
    for network, server, secret in (
        ("database", "postgres", "database_url"),
        ("cache", "redis", "redis_url"),
    ):
        members = {name for name, one in services.items() if network in one["networks"]}
        knowing = {name for name, one in services.items() if secret in secrets_of(one)}
        assert members == knowing | {server}
        assert list(services[server]["networks"]) == [network]
        assert composed()["networks"][network]["internal"]


def test_no_environment_holds_a_secret(services: Mapping[str, Service]) -> None:
    for name, service in services.items():
        for variable, value in (service.get("environment") or {}).items():
            if not variable.endswith("_FILE"):
                assert not re.search("PASSWORD|SECRET(?!S_DIR)", variable), (name, variable)
                assert "@" not in str(value), (name, variable)
    for name, settings in settings_classes().items():
        given = {variable.lower() for variable in services[name]["environment"]}
        assert not given & secret_fields(settings), name


def test_every_secret_is_given_to_those_who_read_it(services: Mapping[str, Service]) -> None:
    for name, settings in settings_classes().items():
        assert secrets_of(services[name]) == secret_fields(settings), name


def test_every_variable_is_a_setting_of_its_service(services: Mapping[str, Service]) -> None:
    for name, settings in settings_classes().items():
        given = {variable.lower() for variable in services[name]["environment"]}
        assert given - set(settings.model_fields) <= {"secrets_dir"}, name


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        *((service.folder, "live") for service in deployed_services() if service.folder != PLAYER),
        *((name, "simulator") for name in settings_classes()),
    ],
)
def test_services_accept_what_they_are_told(
    name: str,
    profile: str,
    services: Mapping[str, Service],
    played: Mapping[str, Service],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for secret in secrets_of(services[name]):
        (tmp_path / secret).write_text(SECRETS[secret])
    told = (services if profile == "live" else played)[name]["environment"]
    for variable, value in told.items():
        monkeypatch.setenv(variable, str(value))
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104 - as in every image
    assert settings_classes()[name]()


def test_siblings_are_looked_for_where_they_listen(services: Mapping[str, Service]) -> None:
    told = [
        urlsplit(address)
        for service in services.values()
        for value in (service.get("environment") or {}).values()
        for address in re.findall(r"http://[^,\s]+", str(value))
    ]
    assert {url.hostname for url in told} == set(PORTS)
    assert all(url.port == PORTS[str(url.hostname)] for url in told)


def test_the_clock_waits_for_every_service(played: Mapping[str, Service]) -> None:
    awaited = played["clock"]["environment"]["CLOCK_WAITS_FOR"]
    hosts = {urlsplit(address).hostname for address in awaited.split(",")}
    assert hosts == set(PORTS)


def secrets_of(service: Service) -> set[str]:
    return {secret["source"] for secret in service.get("secrets") or ()}


def secret_fields(settings: type[EnvironmentSettings]) -> set[str]:
    fields = settings.model_fields.items()
    return {name for name, field in fields if "SecretStr" in repr(field)}

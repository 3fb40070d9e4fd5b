"""The Dockerfiles: clean, alike, and true to the services that they hold."""

import platform
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from deployed_services import ROOT, DeployedService, deployed_services
from installed_program import installed_program

DOCKERFILES = sorted(ROOT.glob("*/Dockerfile"))
SERVICES = deployed_services()
MODEL = "market-service"
"""What the others are compared with."""


def text_of(folder: str) -> str:
    return (ROOT / folder / "Dockerfile").read_text().replace("\\\n", " ")


def neutral(service: DeployedService) -> list[str]:
    """Its lines with one name for everything that is the service's own."""
    text = (ROOT / service.folder / "Dockerfile").read_text()
    text = re.sub(r'image\.description="[^"]*"', "", text)
    for own, name in ((service.module, "MODULE"), (service.folder, "NAME")):
        text = text.replace(own, name)
    return text.replace(str(service.port), "PORT").splitlines()


def project(folder: str) -> dict[str, str]:
    found: dict[str, str] = tomllib.loads((ROOT / folder / "pyproject.toml").read_text())["project"]
    return found


def test_every_service_the_page_and_the_schema_have_one() -> None:
    folders = {path.parent.name for path in DOCKERFILES}
    assert folders == {service.folder for service in SERVICES} | {"frontend", "migrations"}


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.parent.name)
def test_hadolint_has_nothing_to_say(path: Path) -> None:
    command = [installed_program("hadolint"), "--no-color", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stdout + said.stderr == ""
    assert "hadolint ignore" not in path.read_text()


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.folder)
def test_services_are_built_alike(service: DeployedService) -> None:
    [model] = [neutral(one) for one in SERVICES if one.folder == MODEL]
    lines = iter(neutral(service))
    assert [line for line in model if line not in lines] == []


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.folder)
def test_an_image_holds_what_it_says(service: DeployedService) -> None:
    text = text_of(service.folder)
    assert f"EXPOSE {service.port}\n" in text
    assert f"http://127.0.0.1:{service.port}/livez" in text
    assert f'CMD ["python", "-m", "{service.module}"]\n' in text
    assert (ROOT / service.folder / "src" / service.module / "__main__.py").exists()
    packaged = project(service.folder)
    assert f'image.title="{packaged["name"]}"' in text
    assert f'image.description="{packaged["description"]}"' in text
    assert f"--package {packaged['name']} " in text


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.parent.name)
def test_the_final_image_is_pinned_labelled_and_nobody_s(path: Path) -> None:
    text = text_of(path.parent.name)
    final = text.rpartition("\nFROM ")[2]
    stages = re.findall(r"^FROM \S+ AS (\S+)", text, re.MULTILINE)
    bases = [base for base in re.findall(r"^FROM (\S+)", text, re.MULTILINE) if base not in stages]
    assert bases
    assert all(re.fullmatch(r"[a-z]+:\d[\w.]*-[\w-]+", base) for base in bases)
    assert "USER 10001:10001\n" in final
    assert re.search(r'^HEALTHCHECK (NONE$|.* CMD \[")', final, re.MULTILINE)
    for label in ("title", "description", "source", "licenses", "version", "revision"):
        assert f"org.opencontainers.image.{label}=" in final
    assert "ARG VERSION=0.1.0\n" in final
    assert "ARG REVISION=unknown\n" in final


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.parent.name)
def test_packages_are_installed_before_a_source_is_copied(path: Path) -> None:
    text = text_of(path.parent.name)
    installs = "npm ci" if path.parent.name == "frontend" else "--no-install-workspace"
    sources = re.search(r"^COPY (?!--)(trading-core|src) ", text, re.MULTILINE)
    assert sources
    assert text.rindex(installs) < sources.start()


def test_every_copied_folder_is_let_into_the_build() -> None:
    let_in = set((ROOT / ".dockerignore").read_text().split("\n"))
    for path in DOCKERFILES:
        if path.parent.name != "frontend":
            copied = re.findall(
                r"^COPY (?:--chmod=\d+ )?([a-z].*) \S+$", path.read_text(), re.MULTILINE
            )
            folders = {source.split("/")[0] for line in copied for source in line.split()}
            assert {f"!{folder}" for folder in folders} <= let_in, path


def test_one_version_of_uv_builds_all() -> None:
    found = {one for path in DOCKERFILES for one in re.findall(r"uv==(\S+)", path.read_text())}
    assert len(found) == 1


def test_one_version_of_postgresql_is_run_and_backed_up_with() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    [run] = re.findall(r"image: (postgres:\S+)", compose)
    assert f"FROM {run} AS postgres" in text_of("maintenance-service")


@pytest.mark.parametrize(
    "path", ["compose/make-secrets.sh", "maintenance-service/run-with-its-libraries.sh"]
)
def test_shellcheck_has_nothing_to_say(path: str) -> None:
    if platform.machine() != "x86_64" and sys.platform != "darwin":
        pytest.skip("shellcheck has no wheel for this machine")
    command = [installed_program("shellcheck"), str(ROOT / path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stdout + said.stderr == ""

"""What `.ci/deploy` would apply: everything of ours in one version, and nothing of another."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from eth_cli.repository import REPOSITORY

PROGRAMS = Path(sys.executable).parent
OURS = re.compile(r"ghcr\.io/eth-trading-platform/([a-z-]+):([^\s\"]+)")
VERSION = "9.8.7"


CLUSTER = """#!/bin/bash
case "$*" in
    kustomize*) exec "$KUBECTL" "$@" ;;
    *"get statefulsets"*) printf '%s\\n' statefulset.apps/postgres deployment.apps/{a,b} ;;
    *"rollout status"*"/a "*) echo "$*" && exit "$ENDS" ;;
    *) echo "$*" ;;
esac
"""
"""A kubectl that renders as the real one does, and only says what it would do to a cluster."""


def deploy(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [REPOSITORY / ".ci" / "deploy", *arguments],
        env={"PATH": f"{PROGRAMS}:/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_every_image_of_ours_is_of_the_version_that_was_asked_for(environment: str) -> None:
    rendered = deploy(environment, VERSION, "--render")
    assert rendered.returncode == 0, rendered.stderr
    found = OURS.findall(rendered.stdout)
    assert {version for _name, version in found} == {VERSION}
    assert {"api-gateway", "frontend", "migrations", "ml-service"} <= {name for name, _ in found}


def test_each_version_migrates_by_a_job_of_its_own() -> None:
    manifests = yaml.safe_load_all(deploy("production", VERSION, "--render").stdout)
    jobs = [one["metadata"]["name"] for one in manifests if one["kind"] == "Job"]
    assert jobs == [f"migrate-{VERSION}"]


@pytest.mark.parametrize("ends", [0, 1])
def test_where_one_is_not_rolled_out_the_version_before_comes_back(
    ends: int, tmp_path: Path
) -> None:
    program = tmp_path / "kubectl"
    program.write_text(CLUSTER)
    program.chmod(0o755)
    real = shutil.which("kubectl", path=f"{PROGRAMS}:/usr/bin:/bin")
    done = deploy(
        "staging",
        VERSION,
        PATH=f"{tmp_path}:/usr/bin:/bin",
        KUBECTL=str(real),
        ENDS=str(ends),
    )
    assert done.returncode == ends
    asked = re.findall(r"rollout status (\S+) --timeout (\d+)s", done.stdout)
    assert [name for name, _ in asked] == [
        "statefulset.apps/postgres",
        "deployment.apps/a",
        "deployment.apps/b",
    ]
    assert all(880 < int(seconds) <= 900 for _, seconds in asked)
    undone = re.findall(r"--namespace eth-trading-staging rollout undo (\S+)", done.stdout)
    assert undone == (["deployment.apps/a", "deployment.apps/b"] if ends else [])


@pytest.mark.parametrize(
    "arguments",
    [(), ("production",), ("dev", VERSION), ("production", "latest"), ("staging", VERSION, "-f")],
)
def test_what_is_no_deployment_is_refused(arguments: tuple[str, ...]) -> None:
    refused = deploy(*arguments)
    assert refused.returncode == 2
    assert refused.stderr.startswith("usage:")

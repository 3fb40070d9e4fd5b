"""docker-compose.yml as Docker Compose reads it."""

import json
import os
import subprocess
from collections.abc import Sequence
from typing import Any

from deployed_services import ROOT
from installed_program import installed_program

FILE = ROOT / "docker-compose.yml"
SECRETS_FOLDER = "/secrets"


def compose_config(
    *options: str, secrets_folder: str | None = SECRETS_FOLDER
) -> subprocess.CompletedProcess[str]:
    """Without whatever a developer's shell or .env sets; `options` come before `config`."""
    environment = {"PATH": os.defpath, "COMPOSE_DISABLE_ENV_FILE": "1"}
    if secrets_folder:
        environment["SECRETS_FOLDER"] = secrets_folder
    command = [installed_program("docker-compose"), "--file", str(FILE), *options]
    return subprocess.run(
        [*command, "config", "--format", "json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def composed(*options: str) -> dict[str, Any]:
    """Everything filled in."""
    done = compose_config(*options)
    assert done.returncode == 0, done.stderr
    project: dict[str, Any] = json.loads(done.stdout)
    return project


def with_profiles(*profiles: str) -> Sequence[str]:
    return [word for profile in profiles for word in ("--profile", profile)]

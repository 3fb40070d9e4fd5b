"""The platform of docker-compose.yml, in a project of its own, playing a market."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from container_tools import BUILD_SECONDS, ROOT, ContainerTools

PROJECT = f"eth-test-{os.getpid()}"
OURS = "ghcr.io/eth-trading-platform/"
BARS = "1m=3000,5m=3000,15m=3000,30m=3000,1h=3000,4h=2000,1d=500"
"""Of history: enough to decide every bar, and little to fetch."""
START_SECONDS = 600
RECORDINGS = ("1m-2024-07", "5m-2024", "15m-2023-2024", "1h-2017-2024")


@dataclass(frozen=True, slots=True)
class ContainerStack:
    tools: ContainerTools
    settings: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings['PUBLIC_PORT']}"

    def compose(self, *arguments: str, check: bool = True, seconds: float = START_SECONDS) -> str:
        """As compose/simulator.env tells people to; `settings` come before its own."""
        files = (ROOT / "compose" / "simulator.env", Path(self.settings["TEST_SETTINGS"]))
        options = [option for file in files for option in ("--env-file", str(file))]
        command = (*self.tools.compose, *options, *arguments)
        return self.tools.run(*command, check=check, seconds=seconds)

    def described(self) -> dict[str, Any]:
        """The file with everything filled in."""
        project: dict[str, Any] = json.loads(self.compose("config", "--format", "json"))
        return project

    def parts(self) -> dict[str, dict[str, Any]]:
        """What is told of each container, by its service."""
        lines = self.compose("ps", "--all", "--format", "json").splitlines()
        return {one["Service"]: one for one in map(json.loads, lines)}

    def inside(self, service: str, script: str) -> str:
        """What a shell in the container says to it, however it ends."""
        return self.compose("exec", "-T", service, "sh", "-c", f"{script}; true").strip()

    def container(self, service: str) -> Any:  # noqa: ANN401 - the engine's JSON
        return self.tools.inspect("inspect", self.parts()[service]["ID"])[0]

    def data(self, path: str, **params: str | int) -> Any:  # noqa: ANN401 - each route's own JSON
        """The `data` of an answer of the public API; None where there is none now."""
        try:
            answer = httpx.get(self.url + path, params=params, timeout=10)
        except httpx.HTTPError:
            return None
        return answer.json()["data"] if answer.status_code == httpx.codes.OK else None

    def is_whole(self) -> bool:
        """Whether every service says that it is ready, and the feed that it is live."""
        status = self.data("/api/status") or {"feed": {}, "services": [{"state": "none"}]}
        states = {one["state"] for one in status["services"]}
        return status["feed"].get("state") == "live" and states == {"ready"}

    def left(self) -> list[str]:
        """Containers, volumes and networks of this project."""
        label = f"--filter=label=com.docker.compose.project={PROJECT}"
        kinds = (("ps", "--all", "--quiet"), ("volume", "ls", "--quiet"), ("network", "ls", "-q"))
        engine = self.tools.engine
        return [one for kind in kinds for one in self.tools.run(engine, *kind, label).split()]


def written_settings(folder: Path, port: int, recordings: Path | None) -> Mapping[str, str]:
    """Secrets made as people make them, and the settings of a stack in one file."""
    shutil.copytree(ROOT / "compose", folder / "compose")
    subprocess.run(["sh", folder / "compose" / "make-secrets.sh"], check=True, capture_output=True)
    settings = {
        "COMPOSE_PROJECT_NAME": PROJECT,
        "SECRETS_FOLDER": str(folder / ".secrets"),
        "PUBLIC_PORT": str(port),
        "CLOCK_SPEED": "60",
        "BACKFILL_BARS": BARS,
        "AUTO_TRAIN": "false",
        **(_replay(recordings) if recordings else {"SIMULATOR_START_MS": "1772406000000"}),
    }
    file = folder / "test.env"
    file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    return {**settings, "TEST_SETTINGS": str(file)}


def _replay(recordings: Path) -> Mapping[str, str]:
    """The crash of August 2024."""
    files = (f"/recordings/ETHUSDT-{name}.parquet" for name in RECORDINGS)
    return {
        "FEED_KIND": "replay",
        "FEED_SOURCE": "replay:ETHUSDT-1m-2024-07",
        "RECORDINGS_FOLDER": str(recordings.resolve()),
        "SIMULATOR_RECORDINGS": ":".join(files),
        "SIMULATOR_START_MS": "1722812400000",
    }


def build_images(stack: ContainerStack) -> Sequence[str]:
    """Every image that the file names a Dockerfile of, with the same arguments; their names."""
    builds = {
        one["image"]: one["build"]
        for one in stack.described()["services"].values()
        if one["image"].startswith(OURS)
    }
    for image, build in builds.items():
        context = Path(build["context"])
        arguments = [f"--build-arg={name}={value}" for name, value in build["args"].items()]
        file = str(context / build.get("dockerfile", "Dockerfile"))
        command = (*stack.tools.build, *arguments, "-t", image, "-f", file, str(context))
        stack.tools.run(*command, seconds=BUILD_SECONDS)
    return sorted(builds)

"""What builds and runs containers here: Docker, or buildah and podman with Docker Compose."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILDERS = {
    "docker": ["docker", "build"],
    "buildah": ["buildah", "bud", "--layers", "--format=docker"],
}
BUILD_SECONDS = 1800
COMMAND_SECONDS = 600
CHECK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class ContainerTools:
    """`engine` is `docker` or `podman`; a command's words, each."""

    engine: str
    build: Sequence[str]
    compose: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)

    def run(self, *command: str, check: bool = True, seconds: float = COMMAND_SECONDS) -> str:
        """Its standard output. Fails the test with what it said last."""
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if check and done.returncode:
            said = (done.stdout + done.stderr)[-2000:]
            pytest.fail(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
        return done.stdout

    def has_image(self, image: str) -> bool:
        """Here, or after it was pulled."""
        if not self._knows(image):
            self.run(self.engine, "pull", "--quiet", image, check=False)
        return self._knows(image)

    def _knows(self, image: str) -> bool:
        """Docker lists no image by a name with `docker.io/` in it, but looks it up by that."""
        look = ("image", "inspect", "--format={{.Id}}", image)
        return bool(self.run(self.engine, *look, check=False).strip())

    def inspect(self, *what: str) -> Any:  # noqa: ANN401 - the engine's JSON
        return json.loads(self.run(self.engine, *what))


def missing_tool() -> str | None:
    """Why nothing can be tried here; looks for programs only, in milliseconds."""
    if _engine() is None:
        return "neither a Docker daemon nor podman is here"
    if _compose() is None:
        return "Docker Compose is not here (docker-compose, or Docker's plugin)"
    if _builder() is None:
        return "nothing to build images with: set CONTAINER_BUILD_COMMAND, or install buildah"
    if _engine() == "podman" and not shutil.which("catatonit", path=_with_libexec()):
        return "podman needs catatonit for `init: true`"
    return None


@contextmanager
def container_tools(folder: Path) -> Iterator[ContainerTools]:
    """With podman, its API on a socket in `folder`, and the health checks that it does not run."""
    engine, build, compose = _engine(), _builder(), _compose()
    assert engine, missing_tool()
    assert build, missing_tool()
    assert compose, missing_tool()
    if engine == "docker":
        yield ContainerTools(engine, build, compose, os.environ)
        return
    socket = folder / "podman.sock"
    environment = {**os.environ, "DOCKER_HOST": f"unix://{socket}"}
    tools = ContainerTools(engine, build, compose, environment)
    with _podman_service(socket), _health_checks(tools):
        yield tools


def _engine() -> str | None:
    if shutil.which("podman") and not Path("/var/run/docker.sock").exists():
        return "podman"
    return "docker" if shutil.which("docker") else None


def _builder() -> Sequence[str] | None:
    if given := os.environ.get("CONTAINER_BUILD_COMMAND"):
        return given.split()
    name = "docker" if _engine() == "docker" else "buildah"
    return BUILDERS[name] if shutil.which(name) else None


def _compose() -> Sequence[str] | None:
    beside = Path(sys.executable).with_name("docker-compose")
    if beside.exists():
        return [str(beside)]
    if found := shutil.which("docker-compose"):
        return [found]
    return ["docker", "compose"] if _engine() == "docker" else None


def _with_libexec() -> str:
    return os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/libexec/podman"))


@contextmanager
def _podman_service(socket: Path) -> Iterator[None]:
    command = ["podman", "system", "service", "--time=0", f"unix://{socket}"]
    service = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not socket.exists():
            assert time.monotonic() < deadline, "podman does not serve its API"
            time.sleep(0.1)
        yield
    finally:
        service.terminate()
        service.wait(30)


@contextmanager
def _health_checks(tools: ContainerTools) -> Iterator[None]:
    """Podman leaves them to systemd's timers; where there is none, they are run from here."""
    if Path("/run/systemd/system").exists():
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_check_health, args=(tools, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _check_health(tools: ContainerTools, stop: threading.Event) -> None:
    while not stop.wait(CHECK_SECONDS):
        for state in ("starting", "unhealthy"):
            waiting = tools.run("podman", "ps", "-q", f"--filter=health={state}", check=False)
            for container in waiting.split():
                tools.run("podman", "healthcheck", "run", container, check=False)

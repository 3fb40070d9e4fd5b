"""A Node.js that can build the frontend: the machine's, else one from a package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from eth_cli.repository import REPOSITORY, TOOLS
from eth_cli.stack_errors import MissingProgramError

OLDEST = (20, 19)


def node_environment() -> Mapping[str, str]:
    """Our environment, with a suitable `node` and `npm` first on PATH; installs them if need be.

    Raises MissingProgramError when there is none and none can be installed.
    """
    own = Path(sys.executable).parent
    path = os.environ.get("PATH", os.defpath)
    if not (is_suitable(shutil.which("node")) and shutil.which("npm")):
        if not is_suitable(shutil.which("node", path=str(own))):
            _install()
        path = f"{own}{os.pathsep}{path}"
    return {**os.environ, "PATH": path}


def is_suitable(program: str | None) -> bool:
    if program is None:
        return False
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return node_version(answer.stdout) >= OLDEST


def node_version(text: str) -> tuple[int, int]:
    """`v20.20.2` → (20, 20); what is no version is (0, 0)."""
    found = re.match(r"v(\d+)\.(\d+)\.", text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _install() -> None:
    uv = shutil.which("uv", path=f"{TOOLS / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    command = [uv or "uv", "sync", "--frozen", "--inexact", "--no-dev", "--group", "node"]
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    result = uv and subprocess.run(
        [*command, "--python", sys.executable], cwd=REPOSITORY, env=environment, check=False
    )
    if not result or result.returncode != 0:
        raise MissingProgramError(
            f"Node.js {OLDEST[0]}.{OLDEST[1]} or newer is needed to build the frontend, "
            "and the package with it could not be installed; please install Node.js."
        )

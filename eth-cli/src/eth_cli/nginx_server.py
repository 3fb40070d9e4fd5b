"""The Nginx in front: the dashboard's files, and the way to the gateway."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eth_cli.account import can_enter, open_to_all, own, reachable, server_account
from eth_cli.child_process import Program
from eth_cli.free_port import LOOPBACK
from eth_cli.repository import FRONTEND
from eth_cli.server_binaries import nginx_program
from eth_cli.stack_errors import StackError

HOSTS = "localhost 127.0.0.1 [::1]"
TEMPLATE = FRONTEND / "nginx" / "nginx.conf.template"


@dataclass(frozen=True, slots=True)
class Front:
    """What Nginx is told of its surroundings; here all clients have one address, so no limits."""

    gateway: str
    """Host and port."""
    resolver: str = LOOPBACK
    """Knows the gateway's host; never asked where that is an address."""
    trusted_proxies: tuple[str, ...] = (LOOPBACK,)
    access_log: str = os.devnull
    requests_per_second: int = 100_000
    request_burst: int = 100_000
    sockets_per_client: int = 65_535
    """The most that Nginx can count."""

    def values(self) -> dict[str, str]:
        """By the names of the template."""
        trusted = (f"set_real_ip_from {proxy};" for proxy in self.trusted_proxies)
        return {
            "GATEWAY": self.gateway,
            "NGINX_RESOLVER": self.resolver,
            "NGINX_TRUST": " ".join(trusted),
            "NGINX_ACCESS_LOG": self.access_log,
            "NGINX_REQUESTS_PER_SECOND": str(self.requests_per_second),
            "NGINX_REQUEST_BURST": str(self.request_burst),
            "NGINX_SOCKETS_PER_CLIENT": str(self.sockets_per_client),
        }


class NginxServer:
    """One Nginx on one folder, which holds its configuration and temporary files.

    Started by root, it runs as "nobody", on a copy of the site where that account cannot read it.
    """

    def __init__(self, folder: Path, log_path: Path, *, port: int, front: Front) -> None:
        self._log_path = log_path
        self._port = port
        self._front = front
        self._account = server_account()
        self._data = reachable(folder / "data", self._account)

    def prepare(self, site: Path) -> None:
        """Write the configuration that serves the built frontend in `site`."""
        self._data.mkdir(mode=0o755, exist_ok=True)
        own(self._data, self._account)
        values = {
            "NGINX_LISTEN": f"{LOOPBACK}:{self._port}",
            "NGINX_HOSTS": HOSTS,
            "NGINX_ROOT": quotable(self._readable(site)),
            "NGINX_STATE": quotable(self._data),
            **self._front.values(),
        }
        self._configuration.write_text(filled_in(TEMPLATE.read_text(), values))
        self._configuration.chmod(0o644)

    def program(self) -> Program:
        """How to run it; `prepare` comes first."""
        nginx = str(nginx_program(self._account))
        return Program(
            name="nginx",
            command=(nginx, "-p", str(self._data), "-e", "stderr", "-c", str(self._configuration)),
            environment={"PATH": os.defpath},
            log_path=self._log_path,
            account=self._account,
        )

    @property
    def _configuration(self) -> Path:
        return self._data / "nginx.conf"

    def _readable(self, site: Path) -> Path:
        if can_enter(site.resolve(), self._account):
            return site.resolve()
        copy = self._data / "site"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(site, copy)
        open_to_all(copy)
        return copy


def filled_in(template: str, values: Mapping[str, str]) -> str:
    """`${NAME}` replaced as envsubst does; Nginx's own `$variables` stay."""
    for name, value in values.items():
        template = template.replace(f"${{{name}}}", value)
    return template


def quotable(path: Path) -> str:
    """A path as it may stand between quotes in Nginx's configuration. Raises StackError."""
    if set(str(path)) & set('"\\$\n'):
        raise StackError(f"Nginx cannot work in {path}: its name has a quote, a backslash or a $.")
    return str(path)

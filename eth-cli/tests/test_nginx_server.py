import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from eth_cli.child_process import ChildProcess
from eth_cli.free_port import LOOPBACK, free_port
from eth_cli.nginx_server import TEMPLATE, Front, NginxServer, filled_in, quotable
from eth_cli.ready_check import http_ready
from eth_cli.stack_errors import StackError
from eth_cli.temporary_servers import temporary_folder

NAME = re.compile(r"\$\{[A-Z_]+\}")


def test_names_are_filled_in_and_variables_of_nginx_stay() -> None:
    text = "listen ${LISTEN}; set $host; ${OTHER}"
    assert filled_in(text, {"LISTEN": "80"}) == "listen 80; set $host; ${OTHER}"


def test_every_name_of_the_template_is_filled_in_here_and_in_a_container() -> None:
    named = set(NAME.findall(TEMPLATE.read_text()))
    assert set(NAME.findall(TEMPLATE.with_name("start.sh").read_text())) == named
    with temporary_folder() as home:
        (home / "site").mkdir()
        front = Front(gateway="127.0.0.1:1")
        NginxServer(home / "n", home / "log", port=1, front=front).prepare(home / "site")
        assert NAME.findall((home / "n" / "data" / "nginx.conf").read_text()) == []


@pytest.mark.parametrize("name", ['a"b', "a$b", "a\\b"])
def test_a_folder_that_nginx_could_not_read_is_refused(name: str) -> None:
    with pytest.raises(StackError, match="Nginx cannot work"):
        quotable(Path(name))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of an Nginx in a folder with a space, before a gateway that does not run."""
    with temporary_folder() as home:
        site = home / "the site"
        site.mkdir()
        (site / "index.html").write_text("<h1>page</h1>")
        port = free_port()
        front = Front(gateway=f"{LOOPBACK}:{free_port()}")
        server = NginxServer(home / "n g", home / "log", port=port, front=front)
        server.prepare(site)
        child = ChildProcess(server.program())
        while not http_ready(port, "/"):
            assert child.exit_status() is None, (home / "log").read_text()
        yield port
        child.stop()


@pytest.mark.integration
@pytest.mark.enable_socket
def test_a_page_is_served_out_of_a_folder_whose_name_has_a_space(port: int) -> None:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    connection.request("GET", "/some/view")
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"<h1>page</h1>")
    connection.close()

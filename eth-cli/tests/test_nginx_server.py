import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from eth_cli.child_process import ChildProcess
from eth_cli.free_port import LOOPBACK, free_port
from eth_cli.nginx_server import Front, NginxServer, filled_in, quotable
from eth_cli.ready_check import http_ready
from eth_cli.stack_errors import StackError
from eth_cli.temporary_servers import temporary_folder


def test_names_are_filled_in_and_variables_of_nginx_stay() -> None:
    text = "listen ${LISTEN}; set $host; ${OTHER}"
    assert filled_in(text, {"LISTEN": "80"}) == "listen 80; set $host; ${OTHER}"


@pytest.mark.parametrize("name", ['a"b', "a$b", "a\\b"])
def test_a_folder_that_nginx_could_not_read_is_refused(name: str) -> None:
    with pytest.raises(StackError, match="Nginx cannot work"):
        quotable(Path(name))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of an Nginx in a folder with a space, before a gateway that does not run."""
    with temporary_folder() as home:
        site = home / "the site"
        (site / "assets").mkdir(parents=True)
        (site / "index.html").write_text("<h1>page</h1>")
        (site / "assets" / "app.js").write_text("//" + "x" * 2000)
        port = free_port()
        front = Front(gateway=f"{LOOPBACK}:{free_port()}")
        server = NginxServer(home / "n g", home / "log", port=port, front=front)
        server.prepare(site)
        child = ChildProcess(server.program())
        while not http_ready(port, "/"):
            assert child.exit_status() is None, (home / "log").read_text()
        yield port
        child.stop()


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.integration
@pytest.mark.enable_socket
class TestNginx:
    def test_every_view_of_the_page_is_the_page_asked_for_anew(self, port: int) -> None:
        answer = ask(port, "/some/view")
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")

    def test_the_page_may_load_only_its_own_scripts(self, port: int) -> None:
        policy = ask(port, "/").headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy

    def test_hashed_files_are_kept_for_good_and_sent_small(self, port: int) -> None:
        answer = ask(port, "/assets/app.js", **{"Accept-Encoding": "gzip"})
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "gzip"

    def test_a_missing_hashed_file_is_not_the_page(self, port: int) -> None:
        assert ask(port, "/assets/old.js").status == 404

    def test_metrics_are_not_public(self, port: int) -> None:
        assert ask(port, "/metrics").status == 404

    @pytest.mark.parametrize("path", ["/api/x", "/udf/x", "/health", "/docs", "/openapi.json"])
    def test_what_is_the_gateways_goes_to_the_gateway(self, port: int, path: str) -> None:
        assert ask(port, path).status == 502

    @pytest.mark.parametrize("path", ["/api/x/../../collect", "/api/%2e%2e/collect"])
    def test_a_way_out_of_the_api_leads_nowhere(self, port: int, path: str) -> None:
        answer = ask(port, path)
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/json")

    def test_a_path_that_only_begins_alike_is_a_view_of_the_page(self, port: int) -> None:
        assert ask(port, "/healthy").status == 200

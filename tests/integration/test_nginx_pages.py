"""The dashboard's files and Nginx's own answers, asked for for real."""

import json
from collections.abc import Iterator

import httpx
import pytest

from eth_cli.free_port import free_port
from eth_cli.nginx_server import Front
from raw_request import raw_answer, raw_status
from running_nginx import PAGE, SCRIPT, TINY_SCRIPT, RunningNginx, logged_access, running_nginx

pytestmark = pytest.mark.integration

ASSET, TINY_ASSET, NO_ASSET = "/assets/index-d1e5.js", "/assets/tiny-a0b1.js", "/assets/old.js"
NOBODY = "default-src 'none'; frame-ancestors 'none'"
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "server": "nginx",
}


@pytest.fixture(scope="module")
def nginx() -> Iterator[RunningNginx]:
    """Before a gateway that does not run."""
    with running_nginx(Front(gateway=f"127.0.0.1:{free_port()}")) as nginx:
        yield nginx


@pytest.fixture
def client(nginx: RunningNginx) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=nginx.url) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/signals/some-id?s=ETH-USDT", "/index.html", "/a/b/c.d"])
def test_every_view_is_the_page_and_asked_for_anew_each_time(
    client: httpx.Client, path: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    unchanged = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_a_file_of_the_build_is_kept_for_good(client: httpx.Client) -> None:
    answer = client.get(ASSET)
    assert (answer.status_code, answer.text) == (200, SCRIPT)
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", [NO_ASSET, "/assets/"])
def test_a_file_that_the_build_lacks_is_not_the_page_and_is_not_kept(
    client: httpx.Client, path: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert "dashboard" not in answer.text


def test_what_is_worth_it_is_sent_small(client: httpx.Client) -> None:
    for path in (ASSET, "/"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert int(answer.num_bytes_downloaded) < len(answer.content) / 2
    tiny = client.get(TINY_ASSET, headers={"Accept-Encoding": "gzip"})
    assert (tiny.text, tiny.headers.get("content-encoding")) == (TINY_SCRIPT, None)
    plain = client.get(ASSET, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("path", ["/", ASSET, NO_ASSET, "/metrics", "/nginx-health"])
def test_pages_and_files_run_only_what_is_ours(client: httpx.Client, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["script-src"] == rules["connect-src"] == "'self'"
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", ASSET, 200),
        ("GET", NO_ASSET, 404),
        ("GET", "/metrics", 404),
        ("GET", "/api/market/price", 502),
        ("GET", "/socket.io/?EIO=4&transport=polling", 502),
        ("POST", "/", 405),
        ("FOO", "/", 405),
    ],
)
def test_every_answer_has_each_header_once(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get_list(name) for name in EVERYWHERE} == {
        name: [value] for name, value in EVERYWHERE.items()
    }
    for name in ("content-security-policy", "cache-control", "x-request-id"):
        assert len(answer.headers.get_list(name)) == 1, name
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    ("request_line", "headers", "status", "kind"),
    [
        ("GET /x HTTP/1.1", ("Host: evil.example",), 400, "bad_request"),
        ("GET /api/x HTTP/1.1", ("Host: localhost.evil.example",), 400, "bad_request"),
        ("GET / HTTP/1.1", ("X-No-Host: 1",), 400, "bad_request"),
        ("GET / HTTP/1.1", ("Host: a", "Host: b"), 400, "bad_request"),
        ("nonsense", ("Host: localhost",), 400, "bad_request"),
        ("GET /api/%00 HTTP/1.1", ("Host: localhost",), 400, "bad_request"),
        (f"GET /{'x' * 20_000} HTTP/1.1", ("Host: localhost",), 414, "bad_request"),
        ("GET / HTTP/1.1", ("Host: localhost", f"X-Large: {'x' * 20_000}"), 431, "too_large"),
        ("TRACE / HTTP/1.1", ("Host: localhost",), 405, "method_not_allowed"),
        ("CONNECT localhost:1 HTTP/1.1", ("Host: localhost",), 405, "method_not_allowed"),
        ("DELETE / HTTP/1.1", ("Host: localhost",), 405, "method_not_allowed"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_the_envelope(
    nginx: RunningNginx, request_line: str, headers: tuple[str, ...], status: int, kind: str
) -> None:
    head, _, body = raw_answer(nginx.url, request_line, *headers).partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    assert int(lines[0].split()[1]) == status
    assert f"content-security-policy: {NOBODY}" in lines
    assert "cache-control: no-store" in lines
    assert "content-type: application/json" in lines
    answer = json.loads(body)
    assert (answer["success"], answer["error"]["type"]) == (False, kind)
    assert answer["error"]["message"]
    assert f"x-request-id: {answer['error']['requestId']}" in lines


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/metrics/",
        "//metrics",
        "/./metrics",
        "/%6detrics",
        "/api/../metrics",
        "/livez",
        "/readyz",
        "/api/x/../../collect",
        "/api/%2e%2e/collect",
        "/assets/../metrics",
        "/assets/../../../etc/passwd",
    ],
)
def test_no_spelling_of_a_path_finds_what_is_the_operators(nginx: RunningNginx, path: str) -> None:
    assert raw_status(nginx.url, f"GET {path} HTTP/1.1") in {400, 404}


@pytest.mark.parametrize("host", ["localhost", "10.1.2.3:8080"])
def test_a_probe_finds_nginx_there_by_any_name_while_the_gateway_is_away(
    client: httpx.Client, host: str
) -> None:
    answer = client.get("/nginx-health", headers={"Host": host})
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_path_that_only_begins_alike_is_a_view_of_the_page(client: httpx.Client) -> None:
    assert [client.get(path).text for path in ("/healthy", "/apis", "/docsx")] == [PAGE] * 3


def test_only_a_browser_that_came_by_tls_is_told_to_stay_with_it(client: httpx.Client) -> None:
    by_tls = {"X-Forwarded-For": "10.0.0.7", "X-Forwarded-Proto": "https"}
    answer = client.get("/", headers=by_tls)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert (
        "strict-transport-security"
        not in client.get("/", headers=by_tls | {"X-Forwarded-Proto": "http"}).headers
    )


def test_a_request_is_a_line_of_json_where_a_log_is_wished(
    nginx: RunningNginx, client: httpx.Client
) -> None:
    client.get('/signals?a="b"', headers={"X-Request-ID": "logged-0001", "User-Agent": 'a "b" \\'})
    line = logged_access(nginx.accesses, "logged-0001")
    assert (line["status"], line["method"], line["client"]) == (200, "GET", "127.0.0.1")
    assert line["target"].startswith("/signals?a=")
    assert line["user_agent"] == 'a "b" \\'
    assert line["seconds"] >= 0
    assert "/nginx-health" not in nginx.accesses.read_text()

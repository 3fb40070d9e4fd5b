import pytest

from api_gateway.guard_origin import OriginRules, Refusal, Visit

RULES = OriginRules(
    frozenset({"localhost", "127.0.0.1", "[::1]"}), frozenset({"http://localhost:3000"})
)


def visit(
    host: str = "localhost:3001",
    origin: str | None = None,
    fetch_site: str | None = None,
    *,
    reads_only: bool = False,
) -> Visit:
    return Visit(host, origin, fetch_site, reads_only)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1:3000", "[::1]:99", "[::1]"]
)
def test_our_own_names_are_known_on_any_port(host: str) -> None:
    assert RULES.refuse(visit(host, reads_only=True)) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.com",
        "localhost.evil.com",
        "localhost:1:2",
        "localhost, evil.com",
        "evil.com#localhost",
        "localhost@evil.com",
        "127.0.0.1.nip.io",
        "[::1",
        "localhost:port",
        "localhost\n",
    ],
)
def test_another_host_is_refused_even_to_a_reader(host: str) -> None:
    assert RULES.refuse(visit(host, reads_only=True)) is Refusal.HOST


@pytest.mark.parametrize(
    "origin", [None, "http://localhost:3000", "http://localhost:3001", "https://localhost:3001"]
)
def test_native_clients_our_own_page_and_trusted_pages_may_change_things(
    origin: str | None,
) -> None:
    assert RULES.refuse(visit(origin=origin)) is None


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.com",
        "null",
        "",
        "http://localhost",
        "http://localhost:3002",
        "http://localhost:3000, http://evil.com",
        "http://localhost:3000.evil.com",
    ],
)
def test_other_pages_may_read_but_not_change_anything(origin: str) -> None:
    assert RULES.refuse(visit(origin=origin)) is Refusal.ORIGIN
    assert RULES.refuse(visit(origin=origin, reads_only=True)) is None


def test_a_browser_that_says_cross_site_is_believed() -> None:
    assert RULES.refuse(visit(fetch_site="cross-site")) is Refusal.ORIGIN
    assert RULES.refuse(visit(fetch_site="same-origin")) is None
    same_name = visit(origin="http://localhost:3001", fetch_site="cross-site")
    assert RULES.refuse(same_name) is Refusal.ORIGIN


def test_a_trusted_page_may_be_of_another_site() -> None:
    trusted = visit(origin="http://localhost:3000", fetch_site="cross-site")
    assert RULES.refuse(trusted) is None

"""docker-compose.yml, built and run: `./eth test containers`."""

import json
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from container_stack import OURS, ContainerStack

RECOVERY_SECONDS = 60
PATIENCE_SECONDS = 120
OUR_ACCOUNT, SERVERS_ACCOUNT = "10001", "999"
BUILD_TOOLS = "gcc g++ cc c++ make ld cargo rustc pip pip3 uv npm node"
GRACEFUL = {0, 128 + 15}
"""Under an init, a process that ended by itself after SIGTERM says that it had one."""
SIDES = re.compile("BUY|SELL|HOLD")


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> float:
    """How many seconds it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.5)
    return time.monotonic() - began


def services_of(stack: ContainerStack) -> list[str]:
    return sorted(set(stack.described()["services"]) - {"migrations"})


def test_images_are_built_and_hold_nothing_to_build_with(
    images: Sequence[str], stopped_stack: ContainerStack, told: list[str]
) -> None:
    engine = stopped_stack.tools.engine
    look = f"for tool in {BUILD_TOOLS}; do command -v $tool; done; true"
    for image in images:
        run = (engine, "run", "--rm", "--network=none", "--entrypoint=sh", image, "-c")
        assert stopped_stack.tools.run(*run, look) == "", image
        if not image.startswith(f"{OURS}frontend:"):
            imports = "python -c 'import pip' 2>&1 | tail -n 1"
            assert "No module named 'pip'" in stopped_stack.tools.run(*run, imports), image
        size = stopped_stack.tools.inspect("image", "inspect", image)[0]["Size"]
        told.append(f"{image.removeprefix(OURS)}: {size / 1e6:.0f} MB")


def test_everything_is_healthy(stack: ContainerStack) -> None:
    parts = stack.parts()
    ended = parts.pop("migrations")
    assert (ended["State"], ended["ExitCode"]) == ("exited", 0)
    assert {name: part["Health"] for name, part in parts.items()} == dict.fromkeys(
        services_of(stack), "healthy"
    )


def test_nobody_is_root_and_no_root_folder_can_be_written(stack: ContainerStack) -> None:
    for service in services_of(stack):
        account = SERVERS_ACCOUNT if service in {"postgres", "redis"} else OUR_ACCOUNT
        assert stack.inside(service, "id -u") == account, service
        said = stack.inside(service, "touch /written 2>&1; touch /usr/written 2>&1")
        assert said.count("Read-only file system") == 2, (service, said)


def test_no_container_can_gain_a_privilege(stack: ContainerStack) -> None:
    for service in services_of(stack):
        held = stack.inside(service, "grep -E '^(CapEff|CapPrm|CapBnd|NoNewPrivs)' /proc/1/status")
        assert dict(line.split(":\t") for line in held.splitlines()) == {
            "CapEff": "0000000000000000",
            "CapPrm": "0000000000000000",
            "CapBnd": "0000000000000000",
            "NoNewPrivs": "1",
        }, service


def test_no_secret_is_told_by_what_describes_a_container(stack: ContainerStack) -> None:
    files = (Path(one["file"]) for one in stack.described()["secrets"].values())
    secrets = {file.name: secret for file in files if (secret := file.read_text())}
    assert secrets
    for service in stack.parts():
        described = str(stack.container(service))
        assert not [name for name, secret in secrets.items() if secret in described], service


def test_only_the_front_is_published(stack: ContainerStack) -> None:
    published = {
        name: {port["PublishedPort"] for port in part["Publishers"] or () if port["PublishedPort"]}
        for name, part in stack.parts().items()
    }
    ports = {name: ports for name, ports in published.items() if ports}
    assert ports == {"frontend": {int(stack.settings["PUBLIC_PORT"])}}


def test_the_database_answers_only_those_who_need_it(stack: ContainerStack) -> None:
    ask = (
        "python -c \"import socket; socket.create_connection(('postgres', 5432), 3); "
        "print('answers')\" 2>&1 | tail -n 1"
    )
    assert stack.inside("market-service", ask) == "answers"
    assert "Error" in stack.inside("exchange-simulator", ask) or "gaierror" in stack.inside(
        "exchange-simulator", ask
    )


def test_the_dashboard_shows_the_market_moving_and_signals(
    stack: ContainerStack, page: Page, told: list[str]
) -> None:
    wait_for(stack.is_whole, PATIENCE_SECONDS, "a feed that is live")
    page.goto("/?s=ETH-USDT&tf=1m")
    chart = page.get_by_test_id("chart")
    expect(page.get_by_test_id("feed-state")).to_have_attribute(
        "data-state", "live", timeout=PATIENCE_SECONDS * 1000
    )

    def last_bar() -> int:
        page.wait_for_timeout(200)
        return int(float(chart.get_attribute("data-last-bar") or 0))

    wait_for(lambda: last_bar() > 0, PATIENCE_SECONDS, "a chart with bars")
    first, prices = last_bar(), {page.title()}

    def moves() -> bool:
        prices.add(page.title())
        return last_bar() >= first + 3 * 60_000 and len(prices) > 2

    seconds = wait_for(moves, PATIENCE_SECONDS, "three more bars, and other prices")
    told.append(f"three more bars and {len(prices)} prices on the page in {seconds:.0f} s")

    signal = page.get_by_test_id("signal-card").first
    expect(signal).to_contain_text(SIDES, timeout=PATIENCE_SECONDS * 1000)


def test_a_backup_is_made_and_read_back_with_the_servers_own_programs(
    stack: ContainerStack,
) -> None:
    said = stack.inside("maintenance-service", "python -m maintenance_service.back_up 2>&1")
    made = json.loads(said.splitlines()[-1])
    assert (made["event"], made["verified"], made["error"]) == ("made", "contents", None)
    assert made["row_count"] > 0
    assert stack.inside("maintenance-service", f"test -s {made['path']} && echo there") == "there"


def test_a_service_that_is_asked_to_stop_ends_by_itself(
    stack: ContainerStack, told: list[str]
) -> None:
    for service in ("patterns-service", "frontend", "scheduler"):
        began = time.monotonic()
        stack.compose("stop", service)
        code = stack.parts()[service]["ExitCode"]
        told.append(f"{service} stopped in {time.monotonic() - began:.1f} s, exit code {code}")
        assert code in GRACEFUL, service
    stack.compose("up", "--detach", "--no-build", "--wait")


@pytest.mark.parametrize("server", ["postgres", "redis"])
def test_it_recovers_when_a_server_was_away(
    stack: ContainerStack, server: str, told: list[str]
) -> None:
    wait_for(stack.is_whole, PATIENCE_SECONDS, "a whole platform")
    stack.compose("stop", server)
    wait_for(lambda: not stack.is_whole(), PATIENCE_SECONDS, f"a platform that misses {server}")
    stack.compose("start", server)
    recovers(stack, f"{server} stopped and started", told)


def test_it_recovers_when_the_gateway_was_made_anew(stack: ContainerStack, told: list[str]) -> None:
    wait_for(stack.is_whole, PATIENCE_SECONDS, "a whole platform")
    before = stack.parts()["api-gateway"]["ID"]
    stack.compose("up", "--detach", "--no-build", "--no-deps", "--force-recreate", "api-gateway")
    assert stack.parts()["api-gateway"]["ID"] != before
    recovers(stack, "the gateway made anew", told)


def recovers(stack: ContainerStack, what: str, told: list[str]) -> None:
    """All ready and live, and the market goes on, on the page's own way through Nginx."""
    seconds = wait_for(stack.is_whole, RECOVERY_SECONDS, f"a whole platform: {what}")
    told.append(f"{what}: whole again after {seconds:.0f} s")
    closed = newest_close(stack)
    wait_for(lambda: newest_close(stack) > closed, RECOVERY_SECONDS, "the next bar")
    assert httpx.get(f"{stack.url}/signals", timeout=10).status_code == httpx.codes.OK


def newest_close(stack: ContainerStack) -> int:
    page = stack.data("/api/market/candles", symbol="ETH/USDT", timeframe="1m", limit=1)
    return int(page["closedUntil"]) if page else 0


def test_a_stopped_clock_stands_still_and_goes_on(stack: ContainerStack) -> None:
    read = "cat /clock/clock.json"
    stack.compose("stop", "clock")
    stood = stack.inside("market-service", read)
    assert '"wall_epoch_ms": null' in stood
    stack.compose("up", "--detach", "--no-build", "--wait", "clock")
    wait_for(
        lambda: '"wall_epoch_ms": null' not in stack.inside("market-service", read),
        RECOVERY_SECONDS,
        "a clock that runs again",
    )


def test_nothing_is_left_after_down(stack: ContainerStack) -> None:
    stack.compose("down", "--volumes", "--timeout=20")
    assert stack.left() == []

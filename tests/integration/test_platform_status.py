"""`GET /api/status` of the whole platform, with real siblings that are killed and frozen."""

import time
from collections.abc import Callable, Iterator

import pytest

from market_stack import EPOCH, SPEED, wait_until
from platform_stack import PlatformStack, platform_stack
from trading_core.timeframe import Timeframe

pytestmark = pytest.mark.integration

SERVICES = [
    "market",
    "analysis",
    "patterns",
    "signals",
    "ml",
    "scheduler",
    "maintenance",
    "gateway",
]


@pytest.fixture(scope="module")
def stack(
    migrate: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PlatformStack]:
    with platform_stack(migrate, tmp_path_factory.mktemp("platform")) as stack:
        yield stack


def test_the_feed_is_told_with_its_name_and_the_stacks_clock(stack: PlatformStack) -> None:
    wait_until(lambda: stack.status()["feed"]["state"] == "live", "the feed is live")
    feed = stack.status()["feed"]
    assert (feed["kind"], feed["source"]) == ("simulated", "simulated:seed-42")
    assert feed["speed"] == SPEED
    assert feed["ageMs"] <= 10_000
    assert isinstance(feed["faults"], list)
    time.sleep(1.1)
    assert stack.status()["feed"]["eventTimeMs"] - feed["eventTimeMs"] >= 1_000 * SPEED > 0
    assert feed["eventTimeMs"] > EPOCH


def test_every_service_says_what_it_needs(stack: PlatformStack) -> None:
    services = stack.status()["services"]
    assert [one["name"] for one in services] == SERVICES
    for one in services:
        assert (one["state"], one["version"]) == ("ready", "0.1.0")
        assert one["checks"]["database"] == "ok"
        assert set(one["checks"].values()) == {"ok"}
        assert 0 < one["latencyMs"] < 2_500


def test_every_watched_series_shows_its_candles_and_its_decisions(stack: PlatformStack) -> None:
    def settled() -> bool:
        minute = stack.status()["series"][0]
        decisions = minute["decisions"] or {"lastDecidedMs": None}
        is_decided = decisions["lastDecidedMs"] is not None and decisions["undecided"] <= 2
        return is_decided and minute["candles"] is not None

    wait_until(settled, "1m bars are decided as they close")
    series = stack.status()["series"]
    assert [one["timeframe"] for one in series] == list(Timeframe)
    for one in series:
        candles = one["candles"]
        assert one["symbol"] == "ETHUSDT"
        assert candles["stored"] > 0
        assert candles["firstMs"] < candles["lastClosedMs"] < candles["liveSinceMs"] + 10**9
        assert candles["outages"] == {"count": 0, "bars": 0, "newest": []}
    minute = series[0]["decisions"]
    assert minute["decidedUntilMs"] > minute["lastDecidedMs"] >= EPOCH - 60_000


def test_every_series_says_that_it_has_no_model(stack: PlatformStack) -> None:
    models = stack.status()["models"]
    assert [one["timeframe"] for one in models] == list(Timeframe)
    assert {one["abstainsFor"] for one in models} == {"no_model"}
    assert {one["modelId"] for one in models} == {None}


def test_each_job_says_what_it_is_for_and_how_its_last_run_went(stack: PlatformStack) -> None:
    def minute() -> dict[str, object]:
        jobs: list[dict[str, object]] = stack.status()["jobs"]
        return next(one for one in jobs if one["name"] == "collect-1m")

    wait_until(lambda: minute()["lastState"] == "ok", "a minute was collected")
    job = minute()
    assert (job["periodMs"], job["lastError"], job["failuresInARow"]) == (60_000, None, 0)
    assert "1m candles" in str(job["purpose"])
    assert isinstance(job["lastRunMs"], int)
    assert isinstance(job["nextRunMs"], int)
    assert job["nextRunMs"] > job["lastRunMs"] > EPOCH


def test_a_dead_sibling_is_a_row_and_all_else_is_there(stack: PlatformStack) -> None:
    with stack.without("ml"):
        time.sleep(1.1)
        status = stack.status()
        dead = stack.service("ml")
        assert (dead["state"], dead["checks"], dead["latencyMs"]) == ("unreachable", {}, None)
        assert status["models"] is None
        assert status["series"][0]["candles"]["stored"] > 0
        others = [one for one in status["services"] if one["name"] != "ml"]
        assert {one["state"] for one in others} == {"ready"}
    assert stack.status()["models"] is not None


def test_without_the_market_the_feed_goes_offline_and_series_keep_their_rows(
    stack: PlatformStack,
) -> None:
    with stack.without("market"):
        wait_until(lambda: stack.status()["feed"]["state"] == "offline", "the feed is offline")
        status = stack.status()
        assert status["feed"]["source"] == "simulated:seed-42"
        assert status["feed"]["faults"] is None
        assert [one["candles"] for one in status["series"]] == [None] * len(Timeframe)
        assert status["series"][0]["decisions"] is not None
        wait_until(
            lambda: "cannot be reached" in str(stack.status()["jobs"][0]["lastError"]),
            "a failed job says why",
        )


def test_without_the_scheduler_and_signals_only_their_parts_are_unknown(
    stack: PlatformStack,
) -> None:
    with stack.without("scheduler"), stack.without("signals"):
        time.sleep(1.1)
        status = stack.status()
        assert status["jobs"] is None
        assert {one["decisions"] for one in status["series"]} == {None}
        assert status["models"] is not None


def test_a_frozen_sibling_keeps_nobody_waiting_for_long(stack: PlatformStack) -> None:
    with stack.frozen("analysis"):
        time.sleep(1.1)
        began = time.monotonic()
        frozen = stack.service("analysis")
        assert time.monotonic() - began < 4
        assert frozen["state"] == "unreachable"


def test_nothing_internal_is_told_when_the_database_dies(stack: PlatformStack) -> None:
    stack.market.postgres.kill()
    try:
        wait_until(lambda: stack.service("gateway")["state"] == "not_ready", "it is noticed")
        told = stack.ask()
        assert told.status_code == 200
        for service in told.json()["data"]["services"]:
            assert service["state"] == "not_ready"
            assert service["checks"]["database"] == "the database cannot be reached"
        for secret in ("127.0.0.1", "postgres", "Error:", "Traceback", "asyncpg", "/tmp", "://"):  # noqa: S108 - what must not be in it
            assert secret not in told.text
    finally:
        stack.market.postgres.start()
        wait_until(stack.is_all_ready, "the database is back")


@pytest.mark.parametrize("query", ["?symbol=%00", "?symbol=XX&limit=-1", "?" + "x=1&" * 500])
def test_parameters_that_mean_nothing_change_nothing(stack: PlatformStack, query: str) -> None:
    assert stack.ask(path=f"/api/status{query}").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_it_is_only_read(stack: PlatformStack, method: str) -> None:
    assert stack.ask(method).status_code == 405


@pytest.mark.parametrize("path", ["/api/status/", "/api/status/market", "/api/ml/status"])
def test_what_is_below_it_is_not_there(stack: PlatformStack, path: str) -> None:
    assert stack.ask(path=path).status_code == 404


def test_nothing_crashed_on_the_way(stack: PlatformStack) -> None:
    gateway = stack.services["gateway"].log.read_text()
    assert "Traceback" not in gateway

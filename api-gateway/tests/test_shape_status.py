"""From what siblings say, spelt as they spell it, to what the platform says."""

from dataclasses import replace
from typing import Any

from api_gateway.shape_status import Gathered, Readiness, shape_status
from api_gateway.sibling_reports import (
    DecisionsReport,
    JobsReport,
    MarketReport,
    ModelsReport,
    ReadinessReport,
)
from service_kit.events import FeedState, FeedStatus
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe

NOW_MS = 1_722_807_030_000
HOUR = Series(Symbol("ETH", "USDT"), Timeframe.H1)
DAY = Series(Symbol("ETH", "USDT"), Timeframe.D1)
HOLE = {"fromMs": 1_722_790_800_000, "untilMs": 1_722_798_000_000, "bars": 2}
MARKET: dict[str, Any] = {
    "feed": {
        "state": "delayed",
        "ageMs": 12_000,
        "source": "replay:x",
        "kind": "replay",
        "faults": {
            "not_json": {"count": 14, "lastMs": 1_000},
            "half_open": {"count": 1, "lastMs": 61_000},
        },
    },
    "candles": {
        "ETHUSDT": {
            "1h": {
                "stored": 500,
                "first": 1_700_000_000_000,
                "last": 1_722_801_600_000,
                "liveSince": 1_722_700_000_000,
                "holes": 2,
                "newestHoles": [HOLE],
                "outages": 1,
                "outageBars": 8,
                "newestOutages": [],
                "backfill": {"fromMs": 1_700_000_000_000, "remaining": None, "done": False},
            }
        }
    },
}
DECISIONS: dict[str, Any] = {
    "engineVersion": "e1",
    "series": [
        {
            "symbol": "ETHUSDT",
            "timeframe": "1h",
            "decidedUntil": 1_722_801_600_000,
            "lastDecided": 1_722_798_000_000,
            "undecided": 3,
            "skipped": 1,
            "waitingFor": "analysis cannot be reached",
            "waitingSeconds": 4.5,
        }
    ],
}
NO_MODEL: dict[str, Any] = {
    "symbol": "ETHUSDT",
    "timeframe": "1d",
    "model_id": None,
    "abstains_for": "no_model",
    "feature_set": None,
    "trained_at": None,
    "verdict": None,
    "log_loss_skill": None,
    "skill_interval": None,
    "degraded": False,
    "degraded_reason": None,
    "live": None,
    "drift": None,
}
MODEL: dict[str, Any] = NO_MODEL | {
    "timeframe": "1h",
    "model_id": "ETHUSDT-1h-wide-1",
    "abstains_for": None,
    "trained_at": 1_722_000_000_000,
    "verdict": "it has skill",
    "log_loss_skill": 0.02,
    "skill_interval": [0.01, 0.03],
    "degraded": True,
    "degraded_reason": "what it sees has drifted",
    "live": {"scored": 120, "verdict": "undecided"},
    "drift": {
        "bars": 250,
        "weighted_psi": 0.4,
        "usual_weighted_psi": 0.2,
        "extent": "large",
        "is_unusual": True,
    },
}
JOB: dict[str, Any] = {
    "name": "collect-1h",
    "purpose": "Fetches candles.",
    "schedule": "1.5 s after each 1h bar closes",
    "periodMs": 3_600_000,
    "running": False,
    "nextRun": {"eventMs": NOW_MS + 1, "wallMs": 7},
    "lastRun": {"began": {"eventMs": NOW_MS - 9, "wallMs": 5}, "durationMs": 31, "error": "away"},
    "consecutiveFailures": 2,
}
NEVER_RUN = JOB | {"name": "retrain-models", "lastRun": None, "nextRun": None}
READY = ReadinessReport(ready=True, checks={"database": "ok"}, version="0.1.0")
GATHERED = Gathered(
    event_time_ms=NOW_MS,
    wall_ms=62_000,
    speed=60.0,
    heard=FeedState(state=FeedStatus.OFFLINE, age_ms=None, source="replay:x", kind="replay"),
    services={"market": Readiness(READY, 1.26), "ml": Readiness(None, 2_500.0)},
    market=MarketReport.model_validate(MARKET),
    decisions=DecisionsReport.model_validate(DECISIONS),
    models=ModelsReport.model_validate({"models": [MODEL, NO_MODEL]}),
    jobs=JobsReport.model_validate({"jobs": [JOB, NEVER_RUN]}),
)


def told(gathered: Gathered, *watched: Series) -> dict[str, Any]:
    return shape_status(gathered, watched or (HOUR,)).model_dump(mode="json", by_alias=True)


def test_the_feed_is_as_the_market_tells_it_with_the_stacks_clock() -> None:
    assert told(GATHERED)["feed"] == {
        "kind": "replay",
        "source": "replay:x",
        "state": "delayed",
        "ageMs": 12_000,
        "eventTimeMs": NOW_MS,
        "speed": 60.0,
        "faults": [
            {"kind": "half_open", "count": 1, "agoMs": 1_000},
            {"kind": "not_json", "count": 14, "agoMs": 61_000},
        ],
    }


def test_of_a_market_that_is_away_the_feed_is_what_was_last_heard() -> None:
    feed = told(replace(GATHERED, market=None))["feed"]
    assert (feed["state"], feed["ageMs"], feed["faults"]) == ("offline", None, None)


def test_faults_that_the_markets_leader_does_not_tell_are_not_none_at_all() -> None:
    unheard = MARKET | {"feed": MARKET["feed"] | {"state": "offline", "faults": None}}
    assert (
        told(replace(GATHERED, market=MarketReport.model_validate(unheard)))["feed"]["faults"]
        is None
    )


def test_a_service_is_ready_not_ready_or_unreachable() -> None:
    waiting = ReadinessReport(
        ready=False, checks={"feed": "connecting to the exchange"}, version="2"
    )
    services = {**GATHERED.services, "signals": Readiness(waiting, 3.0)}
    market, ml, signals = told(replace(GATHERED, services=services))["services"]
    assert market == {
        "name": "market",
        "state": "ready",
        "checks": {"database": "ok"},
        "latencyMs": 1.3,
        "version": "0.1.0",
    }
    assert (ml["state"], ml["checks"], ml["latencyMs"], ml["version"]) == (
        "unreachable",
        {},
        None,
        None,
    )
    assert (signals["state"], signals["checks"]) == (
        "not_ready",
        {"feed": "connecting to the exchange"},
    )


def test_what_an_exception_said_is_not_told() -> None:
    secret = "OSError: Connect call failed ('10.0.0.7', 5432)"
    broken = ReadinessReport(ready=False, checks={"database": secret}, version="1")
    (service,) = told(replace(GATHERED, services={"market": Readiness(broken, 1)}))["services"]
    assert "10.0.0.7" not in str(service)


def test_a_series_has_its_candles_and_how_far_it_is_decided() -> None:
    (series,) = told(GATHERED)["series"]
    assert (series["symbol"], series["timeframe"]) == ("ETHUSDT", "1h")
    assert series["candles"] == {
        "stored": 500,
        "firstMs": 1_700_000_000_000,
        "lastClosedMs": 1_722_801_600_000,
        "liveSinceMs": 1_722_700_000_000,
        "holes": {"bars": 2, "newest": [HOLE]},
        "outages": {"count": 1, "bars": 8, "newest": []},
        "history": {"fromMs": 1_700_000_000_000, "remaining": None, "done": False},
    }
    assert series["decisions"]["undecided"] == 3
    assert series["decisions"]["waitingFor"] == "analysis cannot be reached"


def test_every_watched_series_is_shown_whoever_is_away() -> None:
    alone = replace(GATHERED, market=None, decisions=None)
    assert told(alone, HOUR, DAY)["series"] == [
        {"symbol": "ETHUSDT", "timeframe": timeframe, "candles": None, "decisions": None}
        for timeframe in ("1h", "1d")
    ]
    assert told(GATHERED, DAY)["series"][0]["candles"] is None


def test_a_model_that_serves_and_a_series_without_one() -> None:
    serving, none = told(GATHERED)["models"]
    assert (serving["modelId"], serving["abstainsFor"]) == ("ETHUSDT-1h-wide-1", None)
    assert (serving["skill"], serving["skillInterval"]) == (0.02, [0.01, 0.03])
    assert serving["drift"] == {
        "bars": 250,
        "psi": 0.4,
        "usualPsi": 0.2,
        "extent": "large",
        "isUnusual": True,
    }
    assert (none["modelId"], none["abstainsFor"], none["live"]) == (None, "no_model", None)


def test_a_job_that_failed_and_one_that_never_ran() -> None:
    failed, never = told(GATHERED)["jobs"]
    assert (failed["lastState"], failed["lastError"]) == ("failed", "away")
    assert (failed["lastRunMs"], failed["nextRunMs"]) == (NOW_MS - 9, NOW_MS + 1)
    assert (never["lastState"], never["lastRunMs"], never["nextRunMs"]) == (None, None, None)


def test_models_and_jobs_are_null_while_nobody_tells_of_them() -> None:
    nothing = told(replace(GATHERED, models=None, jobs=None))
    assert (nothing["models"], nothing["jobs"]) == (None, None)


def test_what_a_sibling_says_beside_it_is_not_told() -> None:
    chatty = MarketReport.model_validate(MARKET | {"databaseUrl": "postgresql://secret"})
    assert "secret" not in str(told(replace(GATHERED, market=chatty)))

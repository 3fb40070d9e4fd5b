"""Every metric that the platform promises: what alerts and dashboards may ask for.

The contract test holds each service to this list, and the rules and dashboards are checked against
it. `docs/metrics.md` says what each one means.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["counter", "gauge", "histogram"]

MARKET: Final = "market-service"
ANALYSIS: Final = "analysis-service"
PATTERNS: Final = "patterns-service"
SIGNALS: Final = "signals-service"
ML: Final = "ml-service"
SCHEDULER: Final = "scheduler"
GATEWAY: Final = "api-gateway"
MAINTENANCE: Final = "maintenance-service"
SIMULATOR: Final = "exchange-simulator"

WITH_DATABASE: Final = (
    MARKET,
    ANALYSIS,
    PATTERNS,
    SIGNALS,
    ML,
    SCHEDULER,
    GATEWAY,
    MAINTENANCE,
)
EVERYBODY: Final = (*WITH_DATABASE, SIMULATOR)
WITH_CACHE: Final = (MARKET, ANALYSIS, PATTERNS, SIGNALS, GATEWAY)
WITH_SIBLINGS: Final = (SIGNALS, SCHEDULER, GATEWAY, MAINTENANCE)

_SERIES: Final = ("symbol", "timeframe")


@dataclass(frozen=True, slots=True)
class PromisedMetric:
    """As it stands in `/metrics`: a histogram's samples add `_bucket`, `_sum` and `_count`."""

    name: str
    kind: Kind
    services: tuple[str, ...]
    labels: tuple[str, ...] = ()
    """A histogram's `le` left out."""

    @property
    def sample_names(self) -> tuple[str, ...]:
        """What a query may name."""
        if self.kind != "histogram":
            return (self.name,)
        return tuple(self.name + end for end in ("_bucket", "_sum", "_count"))


def _of(
    services: tuple[str, ...] | str, kind: Kind, promised: dict[str, tuple[str, ...]]
) -> Iterable[PromisedMetric]:
    names = (services,) if isinstance(services, str) else services
    return [PromisedMetric(name, kind, names, labels) for name, labels in promised.items()]


PROMISED: Final = (
    *_of(EVERYBODY, "counter", {"http_requests_total": ("method", "route", "status")}),
    *_of(EVERYBODY, "histogram", {"http_request_duration_seconds": ("method", "route")}),
    *_of(EVERYBODY, "counter", {"process_cpu_seconds_total": ()}),
    *_of(
        EVERYBODY,
        "gauge",
        {
            "process_virtual_memory_bytes": (),
            "process_resident_memory_bytes": (),
            "process_start_time_seconds": (),
            "process_open_fds": (),
            "process_max_fds": (),
            "event_loop_lag_seconds": (),
            "service_info": ("service", "version"),
        },
    ),
    *_of(WITH_DATABASE, "gauge", {"dependency_up": ("dependency",)}),
    *_of(WITH_DATABASE, "histogram", {"database_query_duration_seconds": ("operation",)}),
    *_of(WITH_DATABASE, "counter", {"database_failures_total": ()}),
    *_of(
        WITH_DATABASE,
        "gauge",
        {"database_pool_connections": ("state",), "database_pool_limit": ()},
    ),
    *_of(WITH_CACHE, "counter", {"cache_requests_total": ("cache", "result")}),
    *_of(WITH_SIBLINGS, "counter", {"sibling_requests_total": ("sibling", "outcome")}),
    *_of(WITH_SIBLINGS, "histogram", {"sibling_request_duration_seconds": ("sibling",)}),
    *_of(
        MARKET,
        "counter",
        {
            "market_frames_total": ("kind",),
            "market_feed_faults_total": ("kind",),
            "market_feed_reconnects_total": (),
            "market_candles_stored_total": ("origin",),
            "market_candles_revised_total": (),
            "market_candles_overflowed_total": (),
            "exchange_requests_total": ("outcome",),
        },
    ),
    *_of(
        MARKET,
        "gauge",
        {
            "market_feed_age_seconds": (),
            "market_feed_state": ("state",),
            "market_candles_unwritten": (),
            "market_holes": _SERIES,
            "market_candle_lag_seconds": _SERIES,
            "exchange_weight_used": (),
            "exchange_weight_limit": (),
        },
    ),
    *_of(
        GATEWAY,
        "gauge",
        {
            "sockets_connected": ("transport",),
            "sockets_waiting_bytes": (),
            "socket_waiting_bytes_max": (),
            "rooms_open": (),
        },
    ),
    *_of(
        GATEWAY,
        "counter",
        {
            "socket_messages_total": ("event",),
            "pictures_dropped_total": ("reason",),
            "sockets_cut_off_total": ("reason",),
            "unreadable_input_total": ("origin",),
            "forwarded_requests_total": ("sibling", "outcome"),
            "refused_requests_total": ("reason",),
        },
    ),
    *_of(
        ANALYSIS,
        "counter",
        {
            "analysis_bars_computed_total": ("timeframe",),
            "analysis_bars_announced_total": (),
            "analysis_bars_held_up_total": ("timeframe",),
        },
    ),
    *_of(
        PATTERNS,
        "counter",
        {
            "patterns_bars_scanned_total": ("timeframe",),
            "patterns_bars_held_up_total": ("timeframe",),
        },
    ),
    *_of(
        SIGNALS,
        "counter",
        {
            "signals_decided_total": ("type", "timeframe", "origin"),
            "signals_degraded_total": ("source",),
            "signals_waits_total": _SERIES,
            "signals_skipped_total": _SERIES,
            "signals_failures_total": ("timeframe",),
        },
    ),
    *_of(SIGNALS, "gauge", {"signals_waiting": _SERIES}),
    *_of(
        SIGNALS,
        "histogram",
        {
            "signals_close_to_commit_seconds": ("timeframe",),
            "signals_hop_seconds": ("hop",),
        },
    ),
    *_of(
        ML,
        "counter",
        {
            "ml_predictions_total": (*_SERIES, "outcome"),
            "ml_predictions_lost_total": _SERIES,
            "ml_model_files_refused_total": ("reason",),
            "ml_trainings_total": ("state",),
        },
    ),
    *_of(
        ML,
        "gauge",
        {
            "ml_live_log_loss": _SERIES,
            "ml_live_log_loss_skill": _SERIES,
            "ml_live_calibration_error": _SERIES,
            "ml_feature_drift_psi": _SERIES,
            "ml_model_degraded": _SERIES,
            "ml_models_loaded": (),
            "ml_trainings_running": (),
        },
    ),
    *_of(
        ML,
        "histogram",
        {"ml_prediction_duration_seconds": (), "ml_training_duration_seconds": ()},
    ),
    *_of(
        SCHEDULER,
        "counter",
        {"job_runs_total": ("job", "outcome"), "job_misfires_total": ("job",)},
    ),
    *_of(SCHEDULER, "histogram", {"job_duration_seconds": ("job",)}),
    *_of(
        SCHEDULER,
        "gauge",
        {"job_last_success_timestamp_seconds": ("job",), "scheduler_leader": ()},
    ),
    *_of(MAINTENANCE, "counter", {"backup_failures_total": ()}),
    *_of(
        MAINTENANCE,
        "gauge",
        {
            "backup_last_success_timestamp_seconds": (),
            "backup_last_duration_seconds": (),
            "backup_last_size_bytes": (),
            "disk_free_bytes": ("folder",),
            "disk_size_bytes": ("folder",),
            "database_size_bytes": (),
            "database_connections": (),
            "database_connections_limit": (),
            "redis_used_memory_bytes": (),
            "redis_max_memory_bytes": (),
            "redis_connected_clients": (),
            "redis_evicted_keys": (),
        },
    ),
)

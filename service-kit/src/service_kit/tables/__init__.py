"""Every table of the platform, as SQLAlchemy Core describes it; Alembic owns the schema itself.

Times named `*_ms` and `timestamp` are integer milliseconds UTC. `timestamp` is a bar's open.
"""

from service_kit.tables.analysis import indicators, pattern_scans, patterns
from service_kit.tables.candles import (
    exchange_budget,
    feed_coverage,
    ohlcv_data,
    ohlcv_revisions,
    outages,
)
from service_kit.tables.columns import metadata
from service_kit.tables.jobs import job_runs
from service_kit.tables.maintenance import backups, health_reports
from service_kit.tables.models import (
    model_files,
    model_promotions,
    models,
    predictions,
    trainings,
)
from service_kit.tables.rooms import room_events, room_heads, room_log
from service_kit.tables.signals import (
    confidence_maps,
    decision_cursors,
    engines,
    signal_events,
    signal_skips,
    signals,
)

__all__ = [
    "backups",
    "confidence_maps",
    "decision_cursors",
    "engines",
    "exchange_budget",
    "feed_coverage",
    "health_reports",
    "indicators",
    "job_runs",
    "metadata",
    "model_files",
    "model_promotions",
    "models",
    "ohlcv_data",
    "ohlcv_revisions",
    "outages",
    "pattern_scans",
    "patterns",
    "predictions",
    "room_events",
    "room_heads",
    "room_log",
    "signal_events",
    "signal_skips",
    "signals",
    "trainings",
]

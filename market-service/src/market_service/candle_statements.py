"""The SQL by which candles are stored; `candle_store` runs it."""

from typing import Final

COLUMNS: Final = (
    "symbol", "timeframe", "timestamp", "open", "high", "low", "close", "volume", "origin",
    "seen_at_ms",
)  # fmt: skip

# Two writers of one series must not both keep the same version, nor lose one between them.
LOCK: Final = """
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name
"""
CREATE_INCOMING: Final = """
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_candles (
        symbol text, timeframe text, timestamp bigint, open numeric, high numeric, low numeric,
        close numeric, volume numeric, origin text, seen_at_ms bigint
    ) ON COMMIT DELETE ROWS
"""
ARRAYS: Final = """
    unnest(
        $1::text[], $2::text[], $3::bigint[], $4::numeric[], $5::numeric[], $6::numeric[],
        $7::numeric[], $8::numeric[], $9::text[], $10::bigint[]
    ) AS incoming_candles (
        symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms
    )
"""
INCOMING: Final = """
    incoming AS (
        SELECT symbol, timeframe::timeframe AS timeframe, timestamp, open, high, low, close,
               volume, origin::candle_origin AS origin, seen_at_ms
        FROM {source}
    )
"""
FILLED: Final = """
    filled AS (
        DELETE FROM outages USING stored
        WHERE stored.is_new
          AND outages.symbol = stored.symbol AND outages.timeframe = stored.timeframe
          AND stored.timestamp >= outages.start_ms AND stored.timestamp < outages.end_ms
    )
"""
# A version is the current one in [seen_at_ms, replaced_at_ms): no two of a candle may overlap,
# not even while the clock stands still.
MERGE: Final = f"""
    WITH {INCOMING}, replaced AS (
        INSERT INTO ohlcv_revisions (
            symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms,
            replaced_at_ms
        )
        SELECT old.symbol, old.timeframe, old.timestamp, old.open, old.high, old.low, old.close,
               old.volume, old.origin, old.seen_at_ms, greatest(new.seen_at_ms, old.seen_at_ms + 1)
        FROM ohlcv_data AS old JOIN incoming AS new USING (symbol, timeframe, timestamp)
        WHERE (old.open, old.high, old.low, old.close, old.volume)
              IS DISTINCT FROM (new.open, new.high, new.low, new.close, new.volume)
    ), stored AS (
        INSERT INTO ohlcv_data AS kept (
            symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms
        )
        SELECT * FROM incoming ORDER BY symbol, timeframe, timestamp
        ON CONFLICT (symbol, timeframe, timestamp) DO UPDATE SET
            open = excluded.open, high = excluded.high, low = excluded.low,
            close = excluded.close, volume = excluded.volume,
            seen_at_ms = greatest(excluded.seen_at_ms, kept.seen_at_ms + 1), updated_at = now()
        WHERE (kept.open, kept.high, kept.low, kept.close, kept.volume) IS DISTINCT FROM
              (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume)
        RETURNING symbol, timeframe, timestamp, origin, kept.xmax = 0 AS is_new
    ), {FILLED}
    SELECT {{answer}} FROM stored
"""  # noqa: S608 - our own texts
STORED: Final = "symbol, timeframe::text, timestamp, origin::text, is_new"
COUNTS: Final = "count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)"
ADD: Final = f"""
    WITH {INCOMING.format(source=ARRAYS)}, stored AS (
        INSERT INTO ohlcv_data (
            symbol, timeframe, timestamp, open, high, low, close, volume, origin, seen_at_ms
        )
        SELECT * FROM incoming ORDER BY symbol, timeframe, timestamp
        ON CONFLICT (symbol, timeframe, timestamp) DO NOTHING
        RETURNING symbol, timeframe, timestamp, origin, true AS is_new
    ), {FILLED}
    SELECT {STORED} FROM stored
    UNION ALL
    SELECT old.symbol, old.timeframe::text, old.timestamp, old.origin::text, false
    FROM ohlcv_data AS old JOIN incoming AS new USING (symbol, timeframe, timestamp)
    WHERE (old.open, old.high, old.low, old.close, old.volume)
          IS DISTINCT FROM (new.open, new.high, new.low, new.close, new.volume)
"""  # noqa: S608 - our own texts
MERGE_ARRAYS: Final = MERGE.format(source=ARRAYS, answer=STORED)
MERGE_COPIED: Final = MERGE.format(source="incoming_candles", answer=STORED)
MERGE_FILE: Final = MERGE.format(source="incoming_candles", answer=COUNTS)
DIFFERENCES: Final = """
    SELECT count(*) OVER (), new.timestamp,
           ARRAY[trim_scale(old.open), trim_scale(old.high), trim_scale(old.low),
                 trim_scale(old.close), trim_scale(old.volume)]::text[],
           ARRAY[trim_scale(new.open), trim_scale(new.high), trim_scale(new.low),
                 trim_scale(new.close), trim_scale(new.volume)]::text[]
    FROM incoming_candles AS new
    JOIN ohlcv_data AS old ON old.symbol = new.symbol
         AND old.timeframe = new.timeframe::timeframe AND old.timestamp = new.timestamp
    WHERE (old.open, old.high, old.low, old.close, old.volume)
          IS DISTINCT FROM (new.open, new.high, new.low, new.close, new.volume)
    ORDER BY new.timestamp LIMIT $1
"""

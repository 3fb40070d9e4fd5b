"""Every way in which the exchange fails us, by the name under which it is counted and told."""

from enum import StrEnum


class FaultKind(StrEnum):
    # the stream's connection
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_LOST = "connection_lost"
    CONNECTION_EXPIRED = "connection_expired"
    SERVER_SHUTDOWN = "server_shutdown"
    HALF_OPEN = "half_open"
    """Silent, and our ping is not answered either."""
    SILENT_STREAM = "silent_stream"
    """Our ping is answered, but no good frame comes."""

    # what a frame, or a row over REST, is not
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_EVENT = "unknown_event"
    MISSING_FIELD = "missing_field"
    UNKNOWN_SERIES = "unknown_series"
    BAD_TIME = "bad_time"
    BAD_NUMBER = "bad_number"
    BAD_RANGE = "bad_range"
    BAD_FLAG = "bad_flag"

    # good candles at the wrong moment
    FUTURE_CANDLE = "future_candle"
    LATE_CANDLE = "late_candle"
    OUT_OF_ORDER_CANDLE = "out_of_order_candle"
    DUPLICATE_CANDLE = "duplicate_candle"
    CONTRADICTED_CANDLE = "contradicted_candle"
    """A closing frame tells other values than are stored; REST is asked which ones hold."""
    MISSED_CLOSE = "missed_close"
    """REST had a candle whose closing frame never came."""

    # answers over REST
    REST_UNREACHABLE = "rest_unreachable"
    REST_TIMEOUT = "rest_timeout"
    REST_SERVER_ERROR = "rest_server_error"
    REST_NOT_JSON = "rest_not_json"
    REST_NOT_CANDLES = "rest_not_candles"
    REST_EMPTY = "rest_empty"
    REST_BAD_ROW = "rest_bad_row"
    REST_RATE_LIMITED = "rest_rate_limited"
    REST_BANNED = "rest_banned"
    REST_REFUSED = "rest_refused"
    REST_WRONG_REQUEST = "rest_wrong_request"

    # the market itself
    CLOCK_SKEW = "clock_skew"
    OUTAGE = "outage"
    REVISION = "revision"

    @property
    def is_answer(self) -> bool:
        """It is what came of a request over REST."""
        return self.value.startswith("rest_")

"""Which market a data folder holds: asked for, stored, compared.

A run must never find its own future in the database, so a folder belongs to one feed: kind, source
material, seed, symbols, speed and first moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from eth_cli.json_file import read_json, write_json
from eth_cli.stack_errors import FeedMismatchError, StackError, WrongOptionError

FeedKind = Literal["live", "replay", "simulated"]
DEFAULT_SPEED = 1.0
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class FeedRequest:
    """What was asked for; None and empty where nothing was."""

    kind: FeedKind
    recordings: tuple[Path, ...] = ()
    start_ms: int | None = None
    speed: float | None = None
    seed: int | None = None
    symbols: tuple[str, ...] = ()
    faults: Path | None = None
    """A script by which the exchange misbehaves."""

    def checked(self) -> FeedRequest:
        """Raises WrongOptionError for options that this kind of feed does not have."""
        asked = {
            "--recording": self.recordings,
            "--start": self.start_ms,
            "--speed": self.speed,
            "--seed": self.seed,
            "--faults": self.faults,
        }
        has = {
            "live": set[str](),
            "replay": {"--recording", "--start", "--speed", "--faults"},
            "simulated": {"--start", "--speed", "--seed", "--faults"},
        }
        for option, value in asked.items():
            if value not in (None, ()) and option not in has[self.kind]:
                raise WrongOptionError(f"A {self.kind} feed has no {option}.")
        return self


@dataclass(frozen=True, slots=True)
class FeedDescription:
    """What the exchange simulator says of a feed that it can play."""

    source: str
    symbols: tuple[str, ...]
    start_ms: int
    end_ms: int | None
    identity: Mapping[str, Any]  # Any: JSON, compared whole

    @property
    def seed(self) -> int | None:
        return self.identity.get("seed")


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed that a data folder belongs to. `epoch_ms` is the event time of its first start."""

    kind: FeedKind
    source: str
    symbols: tuple[str, ...]
    recordings: tuple[str, ...] = ()
    seed: int | None = None
    speed: float = DEFAULT_SPEED
    epoch_ms: int = 0
    end_ms: int | None = None
    identity: Mapping[str, Any] | None = None  # Any: JSON, compared whole

    @property
    def has_own_clock(self) -> bool:
        return self.kind != "live"


def read_feed(path: Path) -> Feed | None:
    """None when there is no such file. Raises StackError when there is, and is not ours."""
    if not path.exists():
        return None
    try:
        return feed_of(read_json(path) or {})
    except TypeError:
        raise StackError(f"{path} is damaged; --fresh begins this feed's data again.") from None


def feed_of(fields: Mapping[str, Any]) -> Feed:  # Any: JSON
    """Raises TypeError for what `write_feed` did not write."""
    feed = Feed(**fields)
    return replace(feed, symbols=tuple(feed.symbols), recordings=tuple(feed.recordings))


def write_feed(path: Path, feed: Feed) -> None:
    write_json(path, asdict(feed))


def completed(request: FeedRequest, stored: Feed | None) -> FeedRequest:
    """The request, with what it leaves open taken from the folder's feed."""
    if stored is None:
        return request
    return replace(
        request,
        recordings=request.recordings or tuple(Path(path) for path in stored.recordings),
        speed=stored.speed if request.speed is None else request.speed,
        seed=stored.seed if request.seed is None else request.seed,
        symbols=request.symbols or stored.symbols,
    )


def described_feed(request: FeedRequest, description: FeedDescription) -> Feed:
    return Feed(
        kind=request.kind,
        source=description.source,
        symbols=description.symbols,
        recordings=tuple(str(path) for path in request.recordings),
        seed=description.seed,
        speed=DEFAULT_SPEED if request.speed is None else request.speed,
        epoch_ms=description.start_ms,
        end_ms=description.end_ms,
        identity=description.identity,
    )


def settled(request: FeedRequest, asked: Feed, stored: Feed | None) -> Feed:
    """The feed to run: `asked`, from the stored first moment on unless one was asked for.

    Raises FeedMismatchError when the folder belongs to another feed.
    """
    if stored is None or not asked.has_own_clock:
        return asked
    if request.start_ms is None:
        asked = replace(asked, epoch_ms=stored.epoch_ms)
    differences = feed_differences(asked, stored)
    if differences:
        raise FeedMismatchError(
            f"The data of the {stored.kind} feed have {', '.join(differences)}; "
            "leave the options out to go on with them, or add --fresh to begin again."
        )
    return asked


def feed_differences(asked: Feed, stored: Feed) -> list[str]:
    """What makes them two feeds, for people."""
    pairs = {
        "symbols": (",".join(stored.symbols), ",".join(asked.symbols)),
        "seed": (stored.seed, asked.seed),
        "speed": (stored.speed, asked.speed),
        "start": (utc_text(stored.epoch_ms), utc_text(asked.epoch_ms)),
    }
    named = [f"{name} {old}, not {new}" for name, (old, new) in pairs.items() if old != new]
    if not named and stored.identity != asked.identity:
        named = [f"other recordings ({stored.source})"]
    return named


def utc_text(event_ms: int) -> str:
    return datetime.fromtimestamp(event_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_start(text: str, option: str = "--start") -> int:
    """ISO 8601, UTC unless it names an offset → milliseconds. Raises WrongOptionError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongOptionError(
            f"{option} must be a time such as 2024-08-04T21:30Z, not {text!r}."
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment.year not in YEARS:
        raise WrongOptionError(
            f"{option} must lie between {YEARS[0]} and {YEARS[-1]}, not {text!r}."
        )
    return round(moment.timestamp() * 1000)

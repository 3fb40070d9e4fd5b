"""What `/jobs` shows. Each moment is given in event time and in wall time, milliseconds UTC."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Moment(Answer):
    event_ms: int
    wall_ms: int


class LastRun(Answer):
    began: Moment
    duration_ms: int
    result: Any  # Any: the sibling's JSON
    error: str | None


class JobStatus(Answer):
    name: str
    purpose: str
    schedule: str
    period_ms: int
    running: bool
    next_run: Moment | None
    last_run: LastRun | None
    runs: int
    failures: int
    consecutive_failures: int
    misfires: int


class Leader(Answer):
    held: bool


class JobList(Answer):
    leader: Leader
    jobs: list[JobStatus]

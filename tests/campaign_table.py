"""The outcomes of a campaign as a table, a row for each kind of fault."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from campaign_faults import FaultOutcome

HEAD = (
    "| fault | times | bites | noticed, median s | worst | healed, median s | worst | counted |",
    "|---|---:|---:|---:|---:|---:|---:|---|",
)


def table(outcomes: Iterable[FaultOutcome]) -> str:
    by_kind: defaultdict[str, list[FaultOutcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.fault.kind.name].append(outcome)
    return "\n".join((*HEAD, *(_row(kind, found) for kind, found in sorted(by_kind.items()))))


def _row(kind: str, found: Sequence[FaultOutcome]) -> str:
    bites = sum(outcome.bites for outcome in found)
    noticed = _figures([outcome.noticed_seconds for outcome in found])
    healed = _figures([outcome.healed_seconds for outcome in found])
    names = sorted(set().union(*(set(o.named) & o.fault.kind.told_as for o in found)))
    return f"| {kind} | {len(found)} | {bites} | {noticed} | {healed} | {', '.join(names)} |"


def _figures(times: Sequence[float | None]) -> str:
    known = sorted(time for time in times if time is not None)
    if len(known) < len(times):
        return f"{len(times) - len(known)} never | "
    return f"{median(known):.1f} | {known[-1]:.1f}"

"""What outlives the simulator: the scripts that were armed, and what the armed one has done."""

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from exchange_simulator.faults.arming import Arming
from exchange_simulator.faults.fault import Tally
from exchange_simulator.faults.script import ScriptError


@dataclass(frozen=True, slots=True)
class FaultState:
    """`tallies` are of the arming that has not ended, the last one; by the fault's index."""

    armings: tuple[Arming, ...] = ()
    tallies: tuple[Tally, ...] = ()

    def write(self, path: Path) -> None:
        """Replaces the file in one step, so that a reader never sees half of it."""
        content = {
            "armings": [arming.json() for arming in self.armings],
            "tallies": [asdict(tally) for tally in self.tallies],
        }
        draft = path.with_name(path.name + ".new")
        draft.write_bytes(orjson.dumps(content))
        draft.replace(path)


def read_state(path: Path) -> FaultState:
    """Nothing where there is no file yet.

    Raises:
        ScriptError: the file is not what `FaultState.write` writes.

    """
    if not path.exists():
        return FaultState()
    try:
        content = orjson.loads(path.read_bytes())
        return FaultState(
            tuple(Arming.read(arming) for arming in content["armings"]),
            tuple(Tally(**tally) for tally in content["tallies"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ScriptError(f"the fault state {path} cannot be read: {error}") from error

"""What became of the clients of a gateway that was killed again and again."""

from dataclasses import dataclass, field

from room_follower import RoomFollower, Said
from service_kit.room import Room


@dataclass
class KillOutcome:
    followers: list[RoomFollower]
    said: dict[Room, Said]
    logged: dict[Room, Said] = field(default_factory=dict)
    """What the log says when all is over."""
    heads: dict[Room, int] = field(default_factory=dict)
    lives: list[float] = field(default_factory=list)
    """Seconds from a gateway's first answer to its death."""
    settled_seconds: float = 0.0
    """From the last append until the last client had everything."""

    @property
    def strangers(self) -> int:
        """How many clients were never let into their room."""
        return sum(one.first is None for one in self.followers)

    @property
    def behind(self) -> int:
        """How many clients have not heard the newest event of their room."""
        return sum(one.last != self.heads[one.room] for one in self.followers)

    def faults(self) -> list[str]:
        """What a client missed, had twice, out of order, or other than the log has it."""
        found = []
        for number, one in enumerate(self.followers):
            name = f"client {number} in {one.room.name}"
            if one.gap is not None:
                found.append(f"{name}: {one.gap[1]} after {one.gap[0]}")
            if one.last != self.heads[one.room]:
                found.append(f"{name}: ends at {one.last} of {self.heads[one.room]}")
            if one.different:
                found.append(f"{name}: others heard otherwise at {one.different[:5]}")
        found += [
            f"{room.name}: what was heard is not what the log says"
            for room, said in self.said.items()
            if not said.items() <= self.logged[room].items()
        ]
        return found

    def summary(self) -> str:
        events = sum(self.heads.values())
        heard = sum(len(one.heard) for one in self.followers)
        resumes = sum(one.resumed for one in self.followers)
        snapshots = sum(one.snapshots for one in self.followers)
        refusals = sum(len(one.refusals) for one in self.followers)
        return (
            f"{len(self.followers):,} clients in {len(self.heads)} rooms, {len(self.lives)} kills"
            f" ({min(self.lives):.1f} to {max(self.lives):.1f} s after a start)\n"
            f"{events:,} events in the log, {heard:,} heard; {resumes:,} resumes, {snapshots:,}"
            f" snapshots, {refusals:,} refusals\n"
            f"all had everything {self.settled_seconds:.1f} s after the last event\n"
            f"clients with a fault: {len(self.faults())}"
        )

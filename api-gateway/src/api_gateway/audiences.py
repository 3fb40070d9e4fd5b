"""Who hears what: members by the name of what is said to them, in no order."""

from collections.abc import Collection
from typing import Generic, TypeVar

Member = TypeVar("Member")


class Audiences(Generic[Member]):
    """Asked at every delivery, so that it is one look into a dict; told of every coming and going.

    A member is known by the id under which it enters.
    """

    def __init__(self) -> None:
        self._members: dict[str, dict[str, Member]] = {}
        self._entered: dict[str, set[str]] = {}

    def enter(self, name: str, member_id: str, member: Member) -> None:
        self._members.setdefault(name, {})[member_id] = member
        self._entered.setdefault(member_id, set()).add(name)

    def leave(self, name: str, member_id: str) -> None:
        members = self._members.get(name, {})
        members.pop(member_id, None)
        if not members:
            self._members.pop(name, None)
        self._entered.get(member_id, set()).discard(name)

    def forget(self, member_id: str) -> None:
        for name in list(self._entered.get(member_id, ())):
            self.leave(name, member_id)
        self._entered.pop(member_id, None)

    def members(self, name: str) -> Collection[Member]:
        """A view: nobody may come or go while it is walked through."""
        return self._members.get(name, {}).values()

    def ids(self, name: str) -> list[str]:
        return list(self._members.get(name, ()))

"""Run a program that ends when the process that started it ends, however that one ends.

Usage: python -I -S die_with_parent.py PARENT_PID DEATH_SIGNAL UID GID PROGRAM ARGUMENT…

A UID of -1 keeps the account. On Linux the kernel sends DEATH_SIGNAL when the parent dies;
elsewhere the next start clears what was left. A program of its own and not a `preexec_fn`, because
Python code between fork and exec can deadlock in a parent with threads. The order matters: changing
the account clears the death signal, so the account comes first.
"""

from __future__ import annotations

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def take_account(uid: int, gid: int) -> None:
    if uid < 0:
        return
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def follow_parent(parent_pid: int, death_signal: int) -> None:
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent_pid:  # it died before the kernel was told
        sys.exit(1)


def main(arguments: list[str]) -> None:
    parent_pid, death_signal, uid, gid = (int(argument) for argument in arguments[:4])
    command = arguments[4:]
    take_account(uid, gid)
    follow_parent(parent_pid, death_signal)
    os.execv(command[0], command)  # noqa: S606  # no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])

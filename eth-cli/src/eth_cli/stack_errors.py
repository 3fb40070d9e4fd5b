"""Everything that can stop the local stack, as one family.

StackError                  a sentence for the person at the keyboard; `exit_code` for the shell
├── WrongOptionError        what was asked for cannot be (exit code 2)
├── FeedMismatchError       the data folder belongs to another feed
├── AlreadyRunningError     a stack runs on this data folder
├── PortInUseError          another program listens where a part of ours should
├── NoSpaceError            too little room on the disk
├── MissingProgramError     a server, Node or a browser cannot be found
└── PartFailedError         a part did not start, or did not become ready
"""

from __future__ import annotations


class StackError(Exception):
    exit_code = 1


class WrongOptionError(StackError):
    exit_code = 2


class FeedMismatchError(StackError):
    pass


class AlreadyRunningError(StackError):
    pass


class PortInUseError(StackError):
    pass


class NoSpaceError(StackError):
    pass


class MissingProgramError(StackError):
    pass


class PartFailedError(StackError):
    pass

"""Why a rebuild cannot be done; the sentence is for the person who asked for it.

RebuildError
├── RebuildRunningError     the series is being rebuilt already
└── UnknownSeriesError      the market is not watched here
"""


class RebuildError(Exception):
    pass


class RebuildRunningError(RebuildError):
    pass


class UnknownSeriesError(RebuildError):
    pass

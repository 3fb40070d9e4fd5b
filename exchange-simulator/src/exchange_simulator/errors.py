"""What can be wrong with a feed, each said in one sentence to the person who chose it.

FeedError
├── RecordingError    a file that is missing, unreadable, or holds something other than candles
├── CombinationError  recordings that contradict each other or miss a wanted symbol
├── StartError        a start that the feed cannot begin at
└── OtherFeedError    a stack that has lived through another feed, whose future is in its database
"""


class FeedError(ValueError):
    """The feed cannot be played as asked."""


class RecordingError(FeedError):
    pass


class CombinationError(FeedError):
    pass


class StartError(FeedError):
    pass


class OtherFeedError(FeedError):
    pass

"""How many files and sockets may be open at once."""

import resource


def raise_file_limit() -> int:
    """To the highest that is allowed to this process and those that it starts."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard

"""What a command's work comes to: an exit code, and one sentence where something stopped it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from eth_cli.stack_errors import StackError

INTERRUPTED = 130


def told(work: Callable[[], None]) -> int:
    """Do it; what stops it becomes one sentence and an exit code."""
    try:
        work()
    except StackError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except OSError as error:
        sys.stderr.write(f"{error.filename or 'The system'}: {error.strerror or error}.\n")
        return StackError.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0
